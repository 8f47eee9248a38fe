import type { Diagnostic, ObjectReference } from '../diagnostic/diagnostic.ts';
import { codeFrame, sourceLine } from './code-frame.ts';
import { type Paint, paintWith } from './colour.ts';
import { environmentNames } from './environment-names.ts';
import { groupByRootCause } from './group.ts';
import { type Link, linkWith } from './hyperlink.ts';
import { criteriaMatrices } from './matrix.ts';
import { differs } from './parity-report.ts';
import { place } from './place.ts';
import type { Finding, Report, RootCauseGroup } from './report.ts';
import { plural, summaryLine } from './summary-line.ts';
import { matrixLines } from './terminal-matrix.ts';
import { coveragePercent } from './verdict.ts';
import { guardWorkflowCommands, visible } from './visible.ts';

export interface TerminalOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether GitHub's runner reads what is printed and must find no command in it. */
  readonly guardCommands: boolean;
  /** The `file:` URL of the repository's root, where the terminal knows hyperlinks. */
  readonly rootUrl?: string;
}

/** The report as people read it. */
export function terminalReport(report: Report, options: TerminalOptions): string {
  const paint = paintWith(options.colours);
  const link = linkWith(options.rootUrl);
  const context: Context = { ...report, paint, link, width: Math.max(40, options.width) };
  const sections = [
    ...report.findings.map((finding) => findingLines(finding, context)),
    ...criteriaMatrices(report).map((matrix) => matrixLines(matrix, context.paint, context.width)),
    [...coverageLines(context), ...factLines(context)],
    uncheckedLines(context),
    oftenLines(context),
    [summaryLine(report, paint)],
  ];
  return printed(sections, options);
}

/** One finding of a report. */
export function terminalFinding(finding: Finding, report: Report, options: TerminalOptions): string {
  const context: FindingContext = {
    paint: paintWith(options.colours),
    link: linkWith(options.rootUrl),
    width: Math.max(40, options.width),
    secrets: report.secrets,
    environments: report.environments,
  };
  return printed([findingLines(finding, context)], options);
}

/** Diagnostics alone, for commands that do something else than judge. */
export function terminalFindings(diagnostics: readonly Diagnostic[], options: TerminalOptions): string {
  const findings = groupByRootCause(diagnostics.map((diagnostic) => ({ diagnostic })));
  const context: FindingContext = {
    paint: paintWith(options.colours),
    link: linkWith(options.rootUrl),
    width: Math.max(40, options.width),
    secrets: [],
    environments: [],
  };
  return printed(
    findings.map((finding) => findingLines(finding, context)),
    options,
  );
}

function printed(sections: readonly (readonly string[])[], options: TerminalOptions): string {
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
  return options.guardCommands ? guardWorkflowCommands(text) : text;
}

interface FindingContext extends Pick<Report, 'secrets' | 'environments'> {
  readonly paint: Paint;
  readonly link: Link;
  readonly width: number;
}

interface Context extends Report {
  readonly paint: Paint;
  readonly link: Link;
  readonly width: number;
}

function findingLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { paint, link, secrets } = context;
  const { severity, rule, message, help, span } = finding;
  const title = paint(severity, `${severity}[${visible(rule)}]`);
  return [
    `${title} ${paint('strong', visible(message))}`,
    `  ${paint('faint', '-->')} ${link(span, paint('place', place(span)))}`,
    ...codeFrame(span, {
      paint,
      style: severity,
      secrets,
      width: context.width - 8,
    }).map((line) => `  ${line}`),
    ...aboutObject(finding, context).map((line) => `  ${line}`),
    ...layerLines(finding, context),
    ...(help === undefined ? [] : [`  ${paint('good', 'help:')} ${visible(help)}`]),
    ...(finding.unchecked === undefined
      ? []
      : [`  ${paint('error', 'not checked because of this:')} ${visible(finding.unchecked)}`]),
  ];
}

function aboutObject({ object, field, occurrences }: RootCauseGroup, context: FindingContext): string[] {
  const objects = new Set(
    occurrences.flatMap((one) => (one.object === undefined ? [] : [kindAndName(one.object)])),
  );
  const lines: string[] = [];
  if (object !== undefined) {
    const path = field === undefined || field === '' ? '' : `: ${visible(field)}`;
    lines.push(`${objects.size > 1 ? listSome([...objects]) : kindAndName(object)}${path}`);
  }
  const names = environmentNames(occurrences, context.environments);
  if (names.length > 1) lines.push(`${names.length} environments: ${names.join(', ')}`);
  else lines.push(...names.map((name) => `environment: ${name}`));
  return lines;
}

function kindAndName({ kind, name }: ObjectReference): string {
  return visible(`${kind} ${name === '' ? '(without a name)' : name}`);
}

function listSome(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** The other places that have a part in it: in a build the layers of the value, the first one first. */
function layerLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { related } = finding;
  if (related.length === 0) return [];
  const { paint, link, secrets, width } = context;
  const rows = related.map(({ span, message }) => ({ span, note: visible(message) }));
  rows.push({ span: finding.span, note: 'what counts in the end, shown above' });
  const placeWidth = Math.max(...rows.map(({ span }) => place(span).length));
  const room = Math.max(20, width - placeWidth - 44);
  return [
    `  ${paint('faint', 'how it came to be:')}`,
    ...rows.map(({ span, note }, index) => {
      const source = sourceLine(span, secrets, room);
      return `    ${index + 1}. ${link(span, paint('place', place(span)))}${''.padEnd(placeWidth - place(span).length)}  ${source.padEnd(Math.min(room, 36))}  ${paint('faint', note)}`;
    }),
  ];
}

function coverageLines({ coverage, environments, suppressed, baseline, paint }: Context): string[] {
  const names = listSome(environments.map(({ name }) => visible(name)));
  const builds = `${plural(coverage.builds, 'build')}${names === '' ? '' : ` (${names})`}`;
  const lines = [
    `${paint('strong', 'Covered:')} ${plural(coverage.filesParsed, 'file')}, ${plural(coverage.documents, 'document')}, ${builds}, ${plural(coverage.objects, 'object')}, ${plural(coverage.policies, 'policy', 'policies')}`,
  ];
  if (coverage.withoutSchema.length > 0)
    lines.push(
      `  no schema, so only policies judged ${plural(coverage.objectsWithoutSchema, 'object')}: ${listSome(coverage.withoutSchema.map(visible))}`,
    );
  if (coverage.notDeployed.length > 0)
    lines.push(`  part of no build, so not judged: ${listSome(coverage.notDeployed.map(visible))}`);
  if (coverage.notRendered !== undefined && coverage.notRendered.length > 0)
    lines.push(`  deployed, but not rendered here: ${listSome(coverage.notRendered.map(visible))}`);
  if (coverage.unresolvedVariables !== undefined && coverage.unresolvedVariables.length > 0)
    lines.push(`  variables without a value here: ${listSome(coverage.unresolvedVariables.map(visible))}`);
  if (coverage.ignored !== undefined && coverage.ignored.length > 0)
    lines.push(
      `  left out by the configuration: ${plural(coverage.ignored.length, 'place')}: ${listSome(coverage.ignored.map(visible))}`,
    );
  for (const { finding, reason } of suppressed)
    lines.push(`  accepted: ${visible(finding.rule)} at ${place(finding.span)}: ${visible(reason)}`);
  if (baseline !== undefined)
    lines.push(
      `  known since the baseline: ${plural(baseline.known.length, 'finding')}; fixed since: ${listSome(baseline.fixed.map(({ rule, file }) => visible(`${rule} in ${file}`))) || 'none'}`,
    );
  return lines;
}

/** What is known and not judged, and what environments do not have in common. */
function factLines({ parity, coverage }: Context): string[] {
  const differences = parity.flatMap(({ environments, rows }) => {
    const count = rows.filter(differs).length;
    const names = environments.map(({ name }) => visible(name)).join(' and ');
    return count === 0 ? [] : [`  ${count} of ${rows.length} safeguards differ between ${names}`];
  });
  const { objectsJudged, objectsKnown } = coverage;
  const share = `  judged in full: ${objectsJudged} of ${plural(objectsKnown, 'known object')} (${coveragePercent(coverage)})`;
  return [...(objectsJudged < objectsKnown ? [share] : []), ...differences];
}

function uncheckedLines({ unchecked, paint }: Context): string[] {
  if (unchecked.length === 0) return [];
  return [
    paint(
      'error',
      `NOT CHECKED: ${plural(unchecked.length, 'thing')} could not be judged, so nothing here says that it is fine`,
    ),
    ...unchecked.map(({ what, why }) => `  ${visible(what)}: ${visible(why)}`),
    `  ${paint('good', 'help:')} correct the build, name a vendored copy of a remote base under remotes in cdb-lint.yaml, or leave out with ignore what nobody deploys`,
  ];
}

/** Where there is more than a screen of findings, the few rules that most of them are of. */
function oftenLines({ findings, baseline, paint }: Context): string[] {
  if (findings.length <= 20) return [];
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return [
    `${paint('strong', 'Most often:')} ${listSome(rows.map(([rule, count]) => `${visible(rule)} ${count}`))}`,
    '  cdb-lint explain RULE says why',
    ...(baseline === undefined
      ? ['  cdb-lint init makes known what is found today, so that only what is new counts']
      : []),
  ];
}
