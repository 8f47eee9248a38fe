import type { Diagnostic, ObjectReference } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { codeFrame, sourceLine } from './code-frame.ts';
import { type Paint, paintWith } from './colour.ts';
import { groupByRootCause } from './group.ts';
import { lineColumn } from './line-column.ts';
import { type Cell, criteriaMatrices, type Matrix } from './matrix.ts';
import type { Occurrence, Report, RootCauseGroup } from './report.ts';
import { guardWorkflowCommands, visible } from './visible.ts';

export interface TerminalOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether GitHub's runner reads what is printed and must find no command in it. */
  readonly guardCommands: boolean;
}

/** The report as people read it. */
export function terminalReport(report: Report, options: TerminalOptions): string {
  const paint = paintWith(options.colours);
  const context: Context = { ...report, paint, width: Math.max(40, options.width) };
  const sections = [
    ...report.findings.map((finding) => findingLines(finding, context)),
    ...criteriaMatrices(report).map((matrix) => matrixLines(matrix, context)),
    coverageLines(context),
    uncheckedLines(context),
    [lastLine(context)],
  ];
  return printed(sections, options);
}

/** Diagnostics alone, for commands that do something else than judge. */
export function terminalFindings(diagnostics: readonly Diagnostic[], options: TerminalOptions): string {
  const findings = groupByRootCause(diagnostics.map((diagnostic) => ({ diagnostic })));
  const context: FindingContext = {
    paint: paintWith(options.colours),
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
  readonly width: number;
}

interface Context extends Report {
  readonly paint: Paint;
  readonly width: number;
}

function findingLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { paint, secrets } = context;
  const { severity, rule, message, help, span } = finding;
  const title = paint(severity, `${severity}[${visible(rule)}]`);
  return [
    `${title} ${paint('strong', visible(message))}`,
    `  ${paint('faint', '-->')} ${paint('place', place(span))}`,
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

function place(span: Span): string {
  const { line, column } = lineColumn(span.file, span.start);
  return `${visible(span.file.path)}:${line}:${column}`;
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
  const names = environmentNames(occurrences, context);
  if (names.length > 1) lines.push(`${names.length} environments: ${names.join(', ')}`);
  else lines.push(...names.map((name) => `environment: ${name}`));
  return lines;
}

function environmentNames(occurrences: readonly Occurrence[], { environments }: FindingContext): string[] {
  return distinctEntryPoints(occurrences).map((entryPoint) =>
    visible(environments.find((one) => one.entryPoint === entryPoint)?.name ?? entryPoint),
  );
}

function kindAndName({ kind, name }: ObjectReference): string {
  return visible(`${kind} ${name === '' ? '(without a name)' : name}`);
}

function listSome(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function distinctEntryPoints(occurrences: readonly Occurrence[]): string[] {
  return [
    ...new Set(occurrences.flatMap(({ entryPoint }) => (entryPoint === undefined ? [] : [entryPoint]))),
  ];
}

/** The other places that have a part in it: in a build the layers of the value, the first one first. */
function layerLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { related } = finding;
  if (related.length === 0) return [];
  const { paint, secrets, width } = context;
  const rows = related.map(({ span, message }) => ({ span, note: visible(message) }));
  rows.push({ span: finding.span, note: 'what counts in the end, shown above' });
  const placeWidth = Math.max(...rows.map(({ span }) => place(span).length));
  const room = Math.max(20, width - placeWidth - 44);
  return [
    `  ${paint('faint', 'how it came to be:')}`,
    ...rows.map(({ span, note }, index) => {
      const source = sourceLine(span, secrets, room);
      return `    ${index + 1}. ${paint('place', place(span).padEnd(placeWidth))}  ${source.padEnd(Math.min(room, 36))}  ${paint('faint', note)}`;
    }),
  ];
}

function matrixLines(matrix: Matrix, context: Context): string[] {
  const { paint } = context;
  const { environment, criteria, rows } = matrix;
  if (criteria.length === 0) return [];
  const first = Math.max(...rows.map(({ service }) => visible(service).length), 8);
  const lines: string[] = [
    `${paint('strong', visible(environment.name))} ${paint('faint', `(${visible(environment.entryPoint)}, ${plural(environment.objects, 'object')})`)}`,
  ];
  for (const chunk of columnChunks(matrix, first, context.width)) {
    const heads = chunk.map((column) => ` ${criteria[column]?.name ?? ''}`).join('');
    lines.push(`  ${paint('faint', `${''.padEnd(first)}${heads}`)}`);
    for (const { service, cells } of rows) {
      const marks = chunk.map((column) => {
        const name = criteria[column]?.name ?? '';
        return ` ${mark(cells[column] ?? 'not-judged', name.length, paint)}`;
      });
      lines.push(`  ${visible(service).padEnd(first)}${marks.join('')}`);
    }
  }
  return lines;
}

function columnChunks({ criteria }: Matrix, first: number, width: number): number[][] {
  const chunks: number[][] = [[]];
  let used = first + 2;
  criteria.forEach(({ name }, column) => {
    if (used + name.length + 1 > width && chunks.at(-1)?.length !== 0) {
      chunks.push([]);
      used = first + 2;
    }
    chunks.at(-1)?.push(column);
    used += name.length + 1;
  });
  return chunks;
}

function mark(cell: Cell, width: number, paint: Paint): string {
  if (cell === 'unchecked') return paint('warning', '?'.padEnd(width));
  if (cell === 'not-judged') return paint('faint', '–'.padEnd(width));
  return cell === 0 ? paint('good', '✓'.padEnd(width)) : paint('error', `✗ ${cell}`.padEnd(width));
}

function coverageLines({ coverage, environments, suppressed, baseline, paint }: Context): string[] {
  const names = environments.map(({ name }) => visible(name)).join(', ');
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
  for (const { finding, reason } of suppressed)
    lines.push(`  accepted: ${visible(finding.rule)} at ${place(finding.span)}: ${visible(reason)}`);
  if (baseline !== undefined)
    lines.push(
      `  known since the baseline: ${plural(baseline.known.length, 'finding')}; fixed since: ${listSome(baseline.fixed.map(({ rule, file }) => visible(`${rule} in ${file}`))) || 'none'}`,
    );
  return lines;
}

function uncheckedLines({ unchecked, paint }: Context): string[] {
  if (unchecked.length === 0) return [];
  return [
    paint(
      'error',
      `NOT CHECKED: ${plural(unchecked.length, 'thing')} could not be judged, so nothing here says that it is fine`,
    ),
    ...unchecked.map(({ what, why }) => `  ${visible(what)}: ${visible(why)}`),
  ];
}

function lastLine(context: Context): string {
  const { summary, unchecked, environments, findings, exitCode, paint } = context;
  const counts = [
    paint(summary.error > 0 ? 'error' : 'faint', plural(summary.error, 'error')),
    paint(summary.warning > 0 ? 'warning' : 'faint', plural(summary.warning, 'warning')),
    paint(summary.note > 0 ? 'note' : 'faint', plural(summary.note, 'note')),
    ...(summary.suppressed > 0 ? [paint('faint', `${summary.suppressed} accepted`)] : []),
    ...(unchecked.length > 0 ? [paint('error', `${unchecked.length} not checked`)] : []),
  ].join(', ');
  const where = environments.length > 0 ? `; ${plural(environments.length, 'environment')}` : '';
  const clean = exitCode === 0 && findings.length === 0;
  return `${clean ? `${paint('good', '✓')} ` : ''}${counts}${where}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
