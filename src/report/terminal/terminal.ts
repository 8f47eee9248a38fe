import type { Diagnostic, ObjectReference } from '../../diagnostic/diagnostic.ts';
import type { ChangeReport, ChangeRow } from '../change-report.ts';
import { codeFrame, sourceLine } from '../finding/code-frame.ts';
import { environmentNames } from '../finding/environment-names.ts';
import { fixableWords } from '../finding/fix-words.ts';
import { groupByRootCause } from '../finding/group.ts';
import { place } from '../finding/place.ts';
import { compareGravity } from '../finding/rank.ts';
import { type KnownSecrets, redactor } from '../finding/redact.ts';
import { listSome, summaryLine } from '../finding/summary-line.ts';
import { criteriaMatrices } from '../matrix.ts';
import type { Finding, Report, RootCauseGroup } from '../report.ts';
import { guardWorkflowCommands, visible } from '../visible.ts';
import { type Paint, paintWith } from './colour.ts';
import { type Link, linkWith } from './hyperlink.ts';
import { changeSections, wholeRow } from './terminal-change.ts';
import { coverageLines, uncheckedLines } from './terminal-coverage.ts';
import { fixableLines, mendFirstLines, oftenLines } from './terminal-last-screen.ts';
import { matrixLines } from './terminal-matrix.ts';
import type { TerminalOptions } from './terminal-options.ts';

/**
 * The report as people read it: what breaks before what a policy asks for, and within that by file. Whoever reads from the
 * end finds there what to mend first.
 */
export function terminalReport(report: Report, options: TerminalOptions): string {
  const context = contextOf(report, options);
  const { paint } = context;
  const { change } = report;
  const findings = report.findings
    .toSorted(compareGravity(report.policies))
    .map((finding) => findingLines(finding, context));
  if (change !== undefined)
    return printed(
      [
        ...changeSections(change, context),
        ...findings,
        uncheckedLines(report, paint),
        [summaryLine(report, paint)],
      ],
      options,
    );
  const sections = [
    ...findings,
    ...criteriaMatrices(report).map((matrix) => matrixLines(matrix, paint, context.width)),
    coverageLines(report, paint),
    uncheckedLines(report, paint),
    oftenLines(report, paint),
    mendFirstLines(report, context),
    [...fixableLines(report, paint), summaryLine(report, paint)],
  ];
  return printed(sections, options);
}

/** Rows of a change, each with everything that is known of it. */
export function terminalRows(
  rows: readonly ChangeRow[],
  change: ChangeReport,
  options: TerminalOptions,
): string {
  const context = contextOf({ secrets: change.secrets.head, environments: [] }, options);
  return printed(
    rows.map((row) => wholeRow(row, change, context)),
    options,
  );
}

/** One finding of a report. */
export function terminalFinding(finding: Finding, report: Report, options: TerminalOptions): string {
  return printed([findingLines(finding, contextOf(report, options))], options);
}

/** Diagnostics alone, for commands that do something else than judge. */
export function terminalFindings(
  diagnostics: readonly Diagnostic[],
  options: TerminalOptions,
  secrets: KnownSecrets = { spans: [] },
): string {
  const redact = redactor(secrets, diagnostics);
  const findings = groupByRootCause(diagnostics.map((diagnostic) => ({ diagnostic: redact(diagnostic) })));
  const context = contextOf({ secrets: secrets.spans, environments: [] }, options);
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

function contextOf(
  { secrets, environments }: Pick<Report, 'secrets' | 'environments'>,
  { colours, rootUrl, width }: TerminalOptions,
): FindingContext {
  return {
    paint: paintWith(colours),
    link: linkWith(rootUrl),
    width: Math.max(40, width),
    secrets,
    environments,
  };
}

function findingLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { paint, link, secrets } = context;
  const { severity, rule, message, help, fix, span } = finding;
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
    ...(help === undefined && fix === undefined ? [] : [`  ${paint('good', 'help:')} ${helpWords(finding)}`]),
    ...(finding.unchecked === undefined
      ? []
      : [`  ${paint('error', 'not checked because of this:')} ${visible(finding.unchecked)}`]),
  ];
}

function helpWords({ help, fix }: RootCauseGroup): string {
  const words = help ?? fix?.description ?? '';
  return fix === undefined ? visible(words) : `${visible(words)} (${fixableWords})`;
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
