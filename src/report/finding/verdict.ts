import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { reaches, type Severity } from '../../diagnostic/severity.ts';
import type { Coverage, FailOn, Unchecked } from '../report.ts';

/** How many there are of each severity. */
export function countBySeverity(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

/** Whether a finding of this severity fails the run. */
export function counts(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && reaches(severity, failOn);
}

/** 2 where something could not be checked, 1 where a finding is as grave as the threshold, else 0. */
export function exitCodeOf(
  findings: readonly Diagnostic[],
  unchecked: readonly unknown[],
  failOn: FailOn,
): 0 | 1 | 2 {
  if (unchecked.length > 0) return 2;
  return findings.some(({ severity }) => counts(severity, failOn)) ? 1 : 0;
}

type Figures = Pick<Coverage, 'objectsKnown' | 'objectsJudged'>;

/** The share of the known objects that was fully judged, rounded down so that 100% means all. */
export function coveragePercent({ objectsKnown, objectsJudged }: Figures): string {
  const permille = objectsKnown === 0 ? 0 : Math.floor((objectsJudged * 1000) / objectsKnown);
  return `${permille / 10}%`;
}

/** What is missing where too little could be judged. */
export function belowCoverage(coverage: Figures, least: number | undefined): Unchecked[] {
  const { objectsKnown, objectsJudged } = coverage;
  if (least === undefined || objectsJudged * 100 >= objectsKnown * least) return [];
  const why = `${objectsJudged} of ${objectsKnown} known objects were fully checked (${coveragePercent(coverage)}), and ${least}% are required`;
  return [{ what: 'coverage', why }];
}
