import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { type ActionInputs, readActionInputs } from './command/action-inputs.ts';
import { linkTemplateOf, ruleUrlOf } from './command/link-template.ts';
import { optimizeLater } from './optimize-later.ts';
import { type ChangedLines, readDiff } from './report/finding/changed-lines.ts';
import { type PlaceUrl, placeUrls } from './report/finding/place-url.ts';
import { htmlReport } from './report/html/html.ts';
import type { PageOptions } from './report/html/page-options.ts';
import { githubReport } from './report/machine/github.ts';
import { jsonReport } from './report/machine/json.ts';
import { junitReport } from './report/machine/junit.ts';
import { sarifReport } from './report/machine/sarif.ts';
import { markdownReport } from './report/markdown/markdown.ts';
import type { Report } from './report/report.ts';
import { jobLog } from './report/terminal/job-log.ts';
import type { AcknowledgingText } from './run/acknowledge.ts';
import { lint } from './run/judge.ts';
import { judgePlan } from './run/judge-plan.ts';
import type { LintOptions } from './run/request.ts';
import { ruleFacts } from './run/rule-facts.ts';
import { rulePages } from './run/rule-pages.ts';
import { createFile, createFolder } from './source/create-file.ts';
import { diskFileSystem } from './source/disk.ts';
import { errorText } from './source/error-text.ts';
import { diffSince } from './source/git-tree.ts';
import { openBase } from './source/open-base.ts';
import { ownOf } from './source/own.ts';

/** The GitHub Action: judges the checked-out repository, and says so in every place where GitHub shows it. */
async function main(): Promise<void> {
  const inputs = readActionInputs(core.getInput);
  if ('problem' in inputs) return unusable(inputs.problem);
  if (inputs.token !== '') core.setSecret(inputs.token);
  const root = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
  const event = readEvent();
  const base = baseOf(inputs, event);
  const before = base === undefined ? undefined : openBase(root, base);
  if (before !== undefined && 'problem' in before) return unusable(`${before.problem}: ${before.help}`);
  const options = optionsFor(root, inputs);
  const report = before === undefined ? lint(options) : judgePlan(options, before, textsOf(event)).report;
  const changed = changedLines(root, event);
  process.stdout.write(jobLog(report, { changed }));
  annotate(report, inputs, changed);
  writeFiles(report, inputs, root);
  setOutputs(report, inputs);
  if (inputs.summary) await writeSummary(report, changed);
  if (inputs.comment !== 'never') await comment(report, inputs, event, changed);
  process.exitCode = report.exitCode;
}

/** A gate that cannot do what it was asked to is not open. */
function unusable(problem: string): void {
  core.error(problem, { title: 'cdb-lint' });
  core.setOutput('result', 'unchecked');
  process.exitCode = 2;
}

/** What a change is compared with: as the inputs say, else as the event does. Anything else is judged as a whole. */
function baseOf({ base }: ActionInputs, event: Event): string | undefined {
  if (base !== undefined) return base === 'none' ? undefined : base;
  const { GITHUB_EVENT_NAME: name } = process.env;
  if (name === 'pull_request' && isMergeRef()) return 'HEAD^1';
  return name === 'pull_request' || name === 'merge_group' ? (event.base ?? 'HEAD^1') : undefined;
}

function textsOf({ text }: Event): AcknowledgingText[] {
  return text === undefined ? [] : [{ where: 'the pull request', text }];
}

// Of a pull request GitHub checks out the merge with its base, whose first parent may be newer than the event.
function isMergeRef(): boolean {
  return /^refs\/pull\/\d+\/merge$/u.test(process.env['GITHUB_REF'] ?? '');
}

function optionsFor(root: string, inputs: ActionInputs): LintOptions {
  const { config, profile, kubernetesVersion, baseline, minCoverage } = inputs;
  return {
    fileSystem: diskFileSystem(root),
    paths: inputs.paths.map((path) => inside(root, path)),
    environments: inputs.environments,
    only: inputs.only,
    skip: inputs.skip,
    ...(profile === undefined ? {} : { profile }),
    now: new Date(),
    failOn: inputs.failOn,
    ...(config === undefined ? {} : { configuration: inside(root, config) }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersions: [kubernetesVersion] }),
    ...(baseline === undefined ? {} : { baseline: inside(root, baseline) }),
    ...(minCoverage === undefined ? {} : { minCoverage }),
  };
}

function inside(root: string, path: string): string {
  return relative(root, resolve(root, path)).split(sep).join('/');
}

function annotate(report: Report, { annotations }: ActionInputs, changed: ChangedLines | undefined): void {
  if (annotations === 'none') return;
  process.stdout.write(
    githubReport(report, {
      onlyChanged: annotations === 'changed',
      ...(changed === undefined ? {} : { changed }),
      ...runLink(),
    }),
  );
}

function runLink(): { link?: string } {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  if (GITHUB_SERVER_URL === undefined || GITHUB_REPOSITORY === undefined || GITHUB_RUN_ID === undefined)
    return {};
  return { link: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` };
}

function writeFiles(report: Report, { sarifFile, junitFile, htmlFile }: ActionInputs, root: string): void {
  if (sarifFile !== undefined)
    writeFile(root, sarifFile, sarifReport(report, rulePages(), ruleFacts(), ruleUrlOf(process.env, true)));
  if (junitFile !== undefined) writeFile(root, junitFile, junitReport(report));
  if (htmlFile !== undefined) writeFile(root, htmlFile, htmlReport(report, pageOf()));
}

function writeFile(root: string, path: string, text: string): void {
  const file = resolve(root, path);
  const problem = createFolder(root, dirname(file)) ?? createFile(root, file, text);
  if (problem !== undefined) throw new Error(`cannot write ${path}: ${problem}`);
}

const results = { 0: 'clean', 1: 'findings', 2: 'unchecked' } as const;

function setOutputs(report: Report, { sarifFile }: ActionInputs): void {
  const { summary, environments, coverage, change, exitCode } = report;
  const folder = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'cdb-lint-'));
  const json = join(folder, 'report.json');
  writeFileSync(json, jsonReport(report));
  core.setOutput('result', results[exitCode]);
  for (const severity of ['error', 'warning', 'note'] as const) {
    core.setOutput(`${severity}s`, summary[severity]);
    core.setOutput(`${severity}-places`, summary.places[severity]);
  }
  core.setOutput('suppressed', summary.suppressed);
  core.setOutput('entry-points', coverage.builds);
  core.setOutput('objects', coverage.objects);
  core.setOutput('unrendered', environments.filter(({ complete }) => !complete).length);
  for (const severity of ['destroys', 'breaks', 'disrupts'] as const)
    core.setOutput(severity, change?.summary[severity] ?? 0);
  core.setOutput('report-json', json);
  core.setOutput('sarif-file', sarifFile ?? '');
}

/** What the page is of, as the workflow says. */
function pageOf(): PageOptions {
  const { GITHUB_REPOSITORY: repository, GITHUB_SHA: commit, GITHUB_HEAD_REF, GITHUB_REF_NAME } = process.env;
  const branch = GITHUB_HEAD_REF === '' ? GITHUB_REF_NAME : (GITHUB_HEAD_REF ?? GITHUB_REF_NAME);
  const date = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const facts = {
    date,
    ...(repository === undefined ? {} : { repository }),
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
  };
  return { ...urls(), ruleUrl: ruleUrlOf(process.env, true), facts };
}

function urls(): { readonly urlOf: PlaceUrl } {
  return { urlOf: placeUrls(linkTemplateOf(process.env)) };
}

async function writeSummary(report: Report, changed: ChangedLines | undefined): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return;
  await core.summary
    .addRaw(markdownReport(report, { ...urls(), ...(changed === undefined ? {} : { changed }) }))
    .write();
}

interface Event {
  readonly pullRequest?: number;
  /** What stands in the pull request, which may acknowledge what it does. */
  readonly text?: string;
  /** The commit to compare with. */
  readonly base?: string;
}

/** What the event says, of which nothing is believed: a branch or a fork may have written it. */
function readEvent(): Event {
  const file = process.env['GITHUB_EVENT_PATH'];
  if (file === undefined || !existsSync(file)) return {};
  const payload = readPayload(file);
  const number = at(payload, 'pull_request', 'number');
  const bases = [
    at(payload, 'pull_request', 'base', 'sha'),
    at(payload, 'merge_group', 'base_sha'),
    at(payload, 'before'),
  ];
  const base = bases.find((one): one is string => typeof one === 'string' && /^[0-9a-f]{40,64}$/u.test(one));
  const text = at(payload, 'pull_request', 'body');
  return {
    ...(typeof number === 'number' && Number.isSafeInteger(number) ? { pullRequest: number } : {}),
    ...(typeof text === 'string' ? { text } : {}),
    ...(base === undefined ? {} : { base }),
  };
}

/** A parser's own words would show what stands there. */
function readPayload(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error('the file of the event (GITHUB_EVENT_PATH) cannot be read as JSON');
  }
}

function startsWith(value: unknown, marker: string): boolean {
  return typeof value === 'string' && value.startsWith(marker);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = ownOf(current as Record<string, unknown>, key);
  }
  return current;
}

/** The lines of the change where its base was checked out too (`fetch-depth: 2`), else not known. */
function changedLines(root: string, { pullRequest, base }: Event): ChangedLines | undefined {
  const isMerge = pullRequest !== undefined && isMergeRef();
  const revisions = [...(isMerge ? ['HEAD^1'] : []), ...(base === undefined ? [] : [base])];
  for (const revision of revisions) {
    const diff = diffSince(root, revision);
    if (diff !== undefined) return readDiff(diff);
  }
  return undefined;
}

// GitHub takes 65,536 characters.
const longestComment = 60_000;

/** Writes the summary as a comment, or over the one of an earlier run. Whether that works decides nothing. */
async function comment(
  report: Report,
  inputs: ActionInputs,
  { pullRequest }: Event,
  changed: ChangedLines | undefined,
): Promise<void> {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_JOB: job = '' } = process.env;
  if (pullRequest === undefined) return;
  if (inputs.token === '') return core.warning('comment needs github-token', { title: 'cdb-lint' });
  const marker = `<!-- cdb-lint ${job.replaceAll(/[^\w-]/gu, '')} -->`;
  const summary = markdownReport(report, {
    limit: longestComment,
    ...urls(),
    ...(changed === undefined ? {} : { changed }),
  });
  const body = JSON.stringify({ body: `${marker}\n${summary}` });
  try {
    const comments = `/repos/${repository}/issues/${pullRequest}/comments`;
    const earlier = await earlierComment(comments, marker, inputs.token);
    if (earlier !== undefined)
      await request('PATCH', `/repos/${repository}/issues/comments/${earlier}`, inputs.token, body);
    else if (inputs.comment === 'always' || report.exitCode !== 0)
      await request('POST', comments, inputs.token, body);
  } catch (error) {
    const why = errorText(error);
    core.warning(`the comment could not be written: ${why}`, { title: 'cdb-lint' });
  }
}

const mostPages = 10;

async function earlierComment(path: string, marker: string, token: string): Promise<number | undefined> {
  for (let page = 1; page <= mostPages; page++) {
    const comments = await request('GET', `${path}?per_page=100&page=${page}`, token);
    if (!Array.isArray(comments)) return undefined;
    // Anybody can write the marker; only a bot's comment is written over.
    const own = comments.find(
      (one) => at(one, 'user', 'type') === 'Bot' && startsWith(at(one, 'body'), marker),
    );
    const id = at(own, 'id');
    if (typeof id === 'number') return id;
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

async function request(method: string, path: string, token: string, body?: string): Promise<unknown> {
  const response = await fetch(`${process.env['GITHUB_API_URL'] ?? 'https://api.github.com'}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body }),
  });
  if (response.status === 403 || response.status === 404)
    throw new Error(
      `the token is not allowed to write here (${response.status}); see .github/workflows/comment.yml`,
    );
  if (!response.ok) throw new Error(`GitHub answered ${response.status}`);
  return response.json();
}

optimizeLater(process.versions.v8);

main().catch((error: unknown) => {
  core.setFailed(`cdb-lint could not finish: ${errorText(error)}`);
  process.exitCode = 2;
  // Where the outputs themselves cannot be written, the exit code is all there is.
  if (existsSync(process.env['GITHUB_OUTPUT'] ?? '')) core.setOutput('result', 'unchecked');
});
