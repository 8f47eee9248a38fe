import { grouped } from '../../diagnostic/grouped.ts';
import { compareSeverity } from '../../diagnostic/severity.ts';
import type { Finding, Report } from '../report.ts';
import { type ChangedLines, isChanged } from './changed-lines.ts';
import { impactOf } from './impact.ts';
import { lineColumn } from './line-column.ts';

/** What findings are ranked by beside themselves. */
export interface Ranking extends Pick<Report, 'policies'> {
  readonly changed?: ChangedLines | undefined;
}

/** What is worth a reader's attention first: lines of the change, then grave ones, then those that reach far. */
export function rankFindings(findings: readonly Finding[], { policies, changed }: Ranking): Finding[] {
  const compare = compareGravity(policies);
  const keyed = findings.map((finding) => ({
    finding,
    changed: changed !== undefined && isOnChangedLine(finding, changed),
    reach: impactOf(finding).objects,
  }));
  keyed.sort(
    (a, b) => Number(b.changed) - Number(a.changed) || compare(a.finding, b.finding) || b.reach - a.reach,
  );
  return keyed.map(({ finding }) => finding);
}

/** Orders by severity, then what hides the rest first, and before what a policy asks for what breaks without one. */
export function compareGravity(policies: readonly string[]): (a: Finding, b: Finding) => number {
  const asking = new Set(policies);
  return (a, b) =>
    compareSeverity(a.severity, b.severity) ||
    Number(b.unchecked !== undefined) - Number(a.unchecked !== undefined) ||
    Number(asking.has(a.rule)) - Number(asking.has(b.rule));
}

/** Whether the finding stands on a line that the change touches. */
export function isOnChangedLine({ span }: Finding, changed: ChangedLines): boolean {
  return isChanged(changed, span.file.path, lineColumn(span.file, span.start).line);
}

/** Findings that stand on one line, in the order of the first of each line. */
export function groupByLine(findings: readonly Finding[]): (readonly Finding[])[] {
  const lines = grouped(
    findings,
    ({ span: { file, start } }) => `${lineColumn(file, start).line} ${file.path}`,
  );
  return [...lines.values()];
}
