import { blamedField, findResources } from '../build/blame.ts';
import { openBuilder } from '../build/build.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { layersReport } from '../report/blame.ts';
import { lineColumn } from '../report/line-column.ts';
import type { Finding, Occurrence, Report } from '../report/report.ts';
import { readRulePage } from '../report/rule-page.ts';
import { terminalFinding } from '../report/terminal.ts';
import { visible } from '../report/visible.ts';
import { openSources } from '../source/load.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './parse-arguments.ts';
import { terminalOptions } from './terminal-options.ts';

/** Whether a word names findings: by the first digits of a fingerprint, or by `FILE:LINE`. */
export function isFinding(word: string): boolean {
  return /^[0-9a-f]{6,64}$/u.test(word) || /.:\d+(?::\d+)?$/u.test(word);
}

/** Prints what a run finds by that name, and in each environment the history of the value through all layers. */
export async function explainFindings(invocation: Invocation, io: Io): Promise<ExitCode> {
  const [name = '', path = '.'] = invocation.operands;
  const repository = io.files.repository(path, invocation.option('root'));
  const { lint, rulePages } = await io.pipeline();
  const report = lint({
    fileSystem: repository.fileSystem,
    paths: [repository.inside(path)],
    now: io.now(),
  });
  const found = everyFinding(report).filter(({ finding }) => isMeant(finding, name, repository));
  if (found.length === 0)
    return complain(
      io,
      `a run over ${path} finds nothing that ${name} names`,
      'it is fixed, or lies elsewhere: cdb-lint explain FINGERPRINT PATH',
    );
  const pages = rulePages();
  const options = terminalOptions(io, io.stdout, repository.url);
  const parts = found.flatMap(({ finding, standing }) => {
    const { why } = readRulePage(pages.get(finding.rule) ?? '');
    return [
      terminalFinding(finding, report, options),
      `fingerprint ${finding.fingerprint}${visible(standing)}\n`,
      ...histories(finding, report, repository),
      ...(why === '' ? [] : [`why: ${visible(why)}\n`]),
      `more: cdb-lint explain ${finding.rule}\n`,
    ];
  });
  return say(io, parts.join('\n'));
}

function isMeant({ fingerprint, span }: Finding, name: string, { inside }: Repository): boolean {
  const [, file, line] = /^(.+?):(\d+)(?::\d+)?$/u.exec(name) ?? [];
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
    ...report.suppressed.map(({ finding, reason }) => ({ finding, standing: `, accepted: ${reason}` })),
  ];
}

/** The layers of the field in every environment that can be built by itself; equal ones are told once. */
function histories(finding: Finding, report: Report, { fileSystem }: Repository): string[] {
  const { field } = finding;
  if (field === undefined || field === '') return [];
  const sources = openSources(fileSystem);
  const { configuration } = loadConfiguration(sources, '');
  const builder = openBuilder(sources);
  const environmentsOf = new Map<string, string[]>();
  for (const { entryPoint, object } of finding.occurrences) {
    if (entryPoint === undefined || object === undefined) continue;
    const { resources } = builder.build(entryPoint, { remotes: configuration.remotes });
    const [resource] = findResources(resources, wantedObject(object));
    const blamed = resource === undefined ? undefined : blamedField(resource.resource, field);
    if (blamed === undefined) continue;
    const text = layersReport(blamed, report.secrets);
    const name = report.environments.find((one) => one.entryPoint === entryPoint)?.name ?? entryPoint;
    environmentsOf.set(text, [...(environmentsOf.get(text) ?? []), name]);
  }
  return [...environmentsOf].map(([text, names]) => `in ${names.map(visible).join(', ')}: ${text}`);
}

function wantedObject({ kind, namespace, name }: NonNullable<Occurrence['object']>): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}
