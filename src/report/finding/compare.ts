import { reaches } from '../../diagnostic/severity.ts';
import type { Finding, Report, Unchecked } from '../report.ts';
import { summaryOf } from './cause.ts';
import { type Holds, pairFindings } from './pair.ts';
import { exitCodeOf } from './verdict.ts';

/** The runs over a change. */
export interface ComparedRuns {
  readonly base: Report;
  /** The head by its own rules. */
  readonly head: Report;
  /** The head by the rules of the base, where these are others. */
  readonly strict?: Report;
  /** What the change does to those rules. */
  readonly weakened: readonly Finding[];
  /** Whether the change has to do with what a finding, or something that was not checked, speaks of. */
  readonly isReached: (subject: Finding | Unchecked) => boolean;
  /** What files of the head hold. */
  readonly holds: Holds;
  /** What the base is called. */
  readonly name: string;
}

/**
 * The report of what a change brings. What the base has as well is as before, unless it is graver now; what was not checked there either
 * is as before where the change does not reach it. Rules that the change weakens hold, and those that it tightens do already.
 */
export function compareReports({
  base,
  head,
  strict,
  weakened,
  isReached,
  holds,
  name,
}: ComparedRuns): Report {
  const all = strict === undefined ? head.findings : union(head.findings, strict.findings);
  const earlierOnes = [...base.findings, ...(base.baseline?.known ?? []).map(({ finding }) => finding)];
  const accepted = head.suppressed.map(({ finding }) => finding);
  const pairs = pairFindings([...all, ...accepted], earlierOnes, holds);
  const isBefore = (finding: Finding): boolean => {
    const earlier = pairs.get(finding);
    if (earlier === undefined || !reaches(earlier.severity, finding.severity)) return false;
    return finding.unchecked === undefined || (earlier.unchecked !== undefined && !isReached(finding));
  };
  const before = all.filter(isBefore);
  const fresh = [...all.filter((one) => !isBefore(one)), ...weakened];
  const met = new Set(pairs.values());
  const gone = base.findings.filter((finding) => !met.has(finding));
  const everything = uniqueUnchecked([...head.unchecked, ...(strict?.unchecked ?? [])]);
  const isUncheckedBefore = uncheckedBefore({ base, all, before, isReached });
  const unchecked = everything.filter((one) => !isUncheckedBefore(one));
  return {
    ...head,
    findings: fresh,
    secrets: [...head.secrets, ...(strict?.secrets ?? [])],
    summary: summaryOf(fresh, head),
    unchecked,
    compared: { base: name, before, gone, uncheckedBefore: everything.filter(isUncheckedBefore) },
    exitCode: exitCodeOf(fresh, unchecked, head.failOn),
  };
}

/** What either says; of what is said twice the graver. */
function union(own: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const byFingerprint = new Map<string, Finding>();
  for (const other of [...own, ...others]) {
    const known = byFingerprint.get(other.fingerprint);
    if (known === undefined || !reaches(known.severity, other.severity))
      byFingerprint.set(other.fingerprint, other);
  }
  return [...byFingerprint.values()];
}

function uniqueUnchecked(unchecked: readonly Unchecked[]): Unchecked[] {
  return [...new Map(unchecked.map((one) => [keyOfUnchecked(one), one])).values()];
}

export function keyOfUnchecked({ what, why }: Unchecked): string {
  return `${what}\u0000${why}`;
}

/** What findings say was not checked is as before where all of these are. */
function uncheckedBefore({
  base,
  all,
  before,
  isReached,
}: Pick<ComparedRuns, 'base' | 'isReached'> & {
  readonly all: readonly Finding[];
  readonly before: readonly Finding[];
}): (unchecked: Unchecked) => boolean {
  const known = new Set(base.unchecked.map(keyOfUnchecked));
  const earlier = new Set(before);
  return (one) => {
    const causes = all.filter(({ unchecked }) => unchecked === one.what);
    if (causes.length > 0) return causes.every((finding) => earlier.has(finding));
    return known.has(keyOfUnchecked(one)) && !isReached(one);
  };
}
