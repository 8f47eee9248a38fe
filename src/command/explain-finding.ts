import { blamedField } from '../build/blame.ts';
import type { ObjectReference } from '../diagnostic/diagnostic.ts';
import { listSome } from '../diagnostic/list-some.ts';
import { objectKey } from '../diagnostic/suppression.ts';
import type { Judgement } from '../fix/judgement.ts';
import type { Build } from '../object/build.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import { lineColumn } from '../report/finding/line-column.ts';
import type { Finding, Report } from '../report/report.ts';
import { readRulePage } from '../report/rule-page.ts';
import { layersReport } from '../report/terminal/blame.ts';
import { terminalFinding } from '../report/terminal/terminal.ts';
import { visible } from '../report/visible.ts';
import { judge, type RunJudgement } from '../run/judge.ts';
import { rulePages } from '../run/rule-pages.ts';
import type { Repository } from '../source/working-directory.ts';
import { lineReport, silentLineReport } from './explain-line.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { terminalOptions } from './terminal-options.ts';

/** Whether a word names findings: by the first digits of a fingerprint, or by `FILE:LINE`. */
export function isFinding(word: string): boolean {
  return /^[0-9a-f]{6,64}$/u.test(word) || /.:\d+(?::\d+)?$/u.test(word);
}

/** Prints what a run finds by that name, and in each environment the history of the value through all layers. */
export function explainFindings(invocation: Invocation, io: Io): ExitCode {
  const [name = '', path = '.'] = invocation.operands;
  const repository = io.files.repository(path, invocation.option('root'));
  const judgement = judge({
    fileSystem: repository.fileSystem,
    paths: [repository.inside(path)],
    now: io.now(),
  });
  const { report } = judgement;
  const found = everyFinding(report).filter(({ finding }) => isMeant(finding, name, repository));
  const asked = found.length === 0 ? lineAsked(name, judgement, repository) : undefined;
  if (asked !== undefined) return say(io, asked);
  if (found.length === 0)
    return complain(io, `a run over ${path} has no finding ${name}`, helpFor(name, report, repository));
  const pages = rulePages();
  const options = terminalOptions(io, io.stdout, repository.url);
  const parts = found.flatMap(({ finding, standing }) => {
    const { why } = readRulePage(pages.get(finding.rule) ?? '');
    return [
      terminalFinding(finding, report, options),
      `fingerprint ${finding.fingerprint}${visible(standing)}\n`,
      ...histories(finding, judgement),
      ...(why === '' ? [] : [`why: ${visible(why)}\n`]),
      `more: cdb-lint explain ${finding.rule}\n`,
    ];
  });
  return say(io, parts.join('\n'));
}

/** What a line becomes in which nothing is found. */
function lineAsked(name: string, judgement: RunJudgement, { inside }: Repository): string | undefined {
  const [, file, line] = placePattern.exec(name) ?? [];
  if (file === undefined) return undefined;
  const { sources } = judgement;
  const places = [inside(file), file].map((path) => ({ path, line: Number(line) }));
  const answers = [lineReport, silentLineReport].flatMap((answer) =>
    places.map((place) => () => answer(judgement, sources, place)),
  );
  return firstOf(answers);
}

function firstOf(answers: readonly (() => string | undefined)[]): string | undefined {
  for (const answer of answers) {
    const text = answer();
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Where else in the file something is found, for a line of it. */
function helpFor(name: string, report: Report, { inside, fileSystem }: Repository): string {
  const elsewhere = 'it is fixed, or outside this path: cdb-lint explain FINGERPRINT PATH';
  const [, file] = placePattern.exec(name) ?? [];
  if (file === undefined) return elsewhere;
  const paths = [file, inside(file)];
  if (paths.every((path) => fileSystem.kind(path) !== 'file')) return `there is no file ${file}`;
  const lines = everyFinding(report)
    .filter(({ finding: { span } }) => paths.includes(span.file.path))
    .map(({ finding: { span } }) => lineColumn(span.file, span.start).line);
  const sorted = [...new Set(lines)].sort((a, b) => a - b);
  return sorted.length === 0
    ? `there is no finding in ${file}, or it is used outside this path: cdb-lint explain FILE:LINE PATH`
    : `${file} has findings at line ${listSome(sorted.map(String))}`;
}

const placePattern = /^(.+?):(\d+)(?::\d+)?$/u;

function isMeant({ fingerprint, span }: Finding, name: string, { inside }: Repository): boolean {
  const [, file, line] = placePattern.exec(name) ?? [];
  if (file === undefined) return fingerprint.startsWith(name);
  const isFile = span.file.path === file || span.file.path === inside(file);
  return isFile && lineColumn(span.file, span.start).line === Number(line);
}

function everyFinding(report: Report): { finding: Finding; standing: string }[] {
  return [
    ...report.findings.map((finding) => ({ finding, standing: '' })),
    ...(report.baseline?.known ?? []).map(({ finding, since }) => ({
      finding,
      standing: `, known since ${since}`,
    })),
    ...report.suppressed.map(({ finding, reason }) => ({ finding, standing: `, suppressed: ${reason}` })),
  ];
}

/** The layers of the field in every build that renders the object; equal ones are told once. */
function histories(finding: Finding, { report, builds }: Judgement): string[] {
  const { field } = finding;
  if (field === undefined || field === '') return [];
  const placesOf = new Map<string, Set<string>>();
  for (const { entryPoint, object } of finding.occurrences) {
    if (entryPoint === undefined || object === undefined) continue;
    const name = report.environments.find((one) => one.entryPoint === entryPoint)?.name ?? entryPoint;
    const applied = report.clusters.find((cluster) => cluster.name === name)?.nodes ?? [];
    const roots = [entryPoint, ...applied.map(({ source }) => source)];
    for (const { root, resource } of renderedAs(object, roots, builds)) {
      const blamed = blamedField(resource, field);
      if (blamed === undefined) continue;
      const text = layersReport(blamed, report.secrets);
      const places = placesOf.get(text) ?? new Set();
      placesOf.set(text, places.add(root === entryPoint ? name : `${name} (${root})`));
    }
  }
  return [...placesOf].map(([text, places]) => `in ${listSome([...places].map(visible))}: ${text}`);
}

/** An object in the first of the roots that render it, or in all builds: a controller may call them otherwise. */
function renderedAs(
  object: ObjectReference,
  roots: readonly string[],
  builds: ReadonlyMap<string, Build>,
): { root: string; resource: Resource }[] {
  const key = objectKey(object);
  const found = [...builds.values()].flatMap(({ root, resources }) =>
    resources
      .filter((resource) => objectKey(objectReference(resource.object)) === key)
      .map((resource) => ({ root, resource })),
  );
  const first = roots.find((root) => found.some((one) => one.root === root));
  return first === undefined ? found : found.filter(({ root }) => root === first);
}
