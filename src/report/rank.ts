import { compareSeverity } from '../diagnostic/severity.ts';
import { type ChangedLines, isChanged } from './changed-lines.ts';
import { impactOf } from './impact.ts';
import { lineColumn } from './line-column.ts';
import type { Finding } from './report.ts';

/** What is worth a reader's attention first: lines of the change, then what hides the rest, then grave ones, then those that reach far. */
export function rankFindings(findings: readonly Finding[], changed?: ChangedLines): Finding[] {
  const keyed = findings.map((finding) => ({
    finding,
    changed: changed !== undefined && isOnChangedLine(finding, changed),
    reach: impactOf(finding).objects,
  }));
  keyed.sort(
    (a, b) =>
      Number(b.changed) - Number(a.changed) ||
      Number(b.finding.unchecked !== undefined) - Number(a.finding.unchecked !== undefined) ||
      compareSeverity(a.finding.severity, b.finding.severity) ||
      b.reach - a.reach,
  );
  return keyed.map(({ finding }) => finding);
}

/** Whether the finding stands on a line that the change touches. */
export function isOnChangedLine({ span }: Finding, changed: ChangedLines): boolean {
  return isChanged(changed, span.file.path, lineColumn(span.file, span.start).line);
}

/** Findings that stand on one line, in the order of the first of each line. */
export function groupByLine(findings: readonly Finding[]): Finding[][] {
  const lines = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { file, start } = finding.span;
    const key = `${lineColumn(file, start).line} ${file.path}`;
    const known = lines.get(key);
    if (known === undefined) lines.set(key, [finding]);
    else known.push(finding);
  }
  return [...lines.values()];
}
