import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type ChangeReport, stopsMerge } from '../report/change-report.ts';
import { summaryOf } from '../report/finding/cause.ts';
import { fingerprintOfWords } from '../report/finding/fingerprint.ts';
import { exitCodeOf } from '../report/finding/verdict.ts';
import type { Finding, Report } from '../report/report.ts';
import { sha256 } from '../source/sha256.ts';

/** A change as it was acknowledged, and what is wrong with the acknowledgements. */
export interface Meant {
  readonly change: ChangeReport;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The report of what a change does: 2 where something is not known of it, objects of builds that failed among that; 1 where a row stops the
 * merge, or a finding that the change brings.
 */
export function planReport(report: Report, { change, diagnostics }: Meant): Report {
  const { problems = [] } = change;
  const findings = [...report.findings, ...[...problems, ...diagnostics].map(findingOf)];
  const unchecked = [
    ...report.unchecked,
    ...problems.map(({ unchecked = 'the change', message }) => ({ what: unchecked, why: message })),
  ];
  const isUnknown = change.objects.some(({ actions }) => actions.includes('unknown'));
  const ofFindings = exitCodeOf(findings, unchecked, report.failOn);
  return {
    ...report,
    change,
    findings,
    unchecked,
    summary: summaryOf(findings, report),
    exitCode: isUnknown ? 2 : ofFindings === 0 && change.rows.some(stopsMerge) ? 1 : ofFindings,
  };
}

function findingOf(diagnostic: Diagnostic): Finding {
  const { rule, message, span } = diagnostic;
  const known = fingerprintOfWords(span.file.path, [rule, span.file.path, message], sha256);
  return { ...diagnostic, occurrences: [{}], ...known };
}
