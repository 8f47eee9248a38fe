import { summaryOf } from '../report/finding/cause.ts';
import { pairFindings } from '../report/finding/pair.ts';
import { exitCodeOf } from '../report/finding/verdict.ts';
import type { Report } from '../report/report.ts';

/**
 * The report of a part, with what all builds together say of what it alone cannot tell. They are made only where there is such a thing:
 * a clean part costs no more than itself.
 */
export function confirmPart(part: Report, judgeWhole: () => Report): Report {
  const doubtful = part.findings.filter(({ isDoubtful }) => isDoubtful === true);
  if (doubtful.length === 0) return part;
  const whole = judgeWhole();
  const pairs = pairFindings(doubtful, whole.findings, () => true);
  const findings = part.findings.flatMap((finding) =>
    finding.isDoubtful === true ? (pairs.get(finding) ?? []) : [finding],
  );
  return {
    ...part,
    findings,
    summary: summaryOf(findings, part),
    exitCode: exitCodeOf(findings, part.unchecked, part.failOn),
  };
}
