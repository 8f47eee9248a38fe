import type { BaselineEntry, Finding, Known, Report } from '../report.ts';
import { summaryOf } from './cause.ts';
import { compareText } from './group.ts';
import { type Holds, pairFindings } from './pair.ts';
import { exitCodeOf } from './verdict.ts';

/** The baseline file that accepts everything a report finds; an entry that stays keeps its age, and so does one that nobody could look for. */
export function writeBaseline(report: Report, today: string): string {
  const entries: BaselineEntry[] = [
    ...report.findings.filter(canBeKnown).map((finding) => entryOf(finding, today)),
    ...(report.baseline?.known ?? []).map(({ finding, since }) => entryOf(finding, since)),
    ...(report.baseline?.unseen ?? []),
  ];
  const lines = entries.toSorted(compareEntries).map((entry) => `    ${lineOf(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 2,\n  "findings": ${list}\n}\n`;
}

/** A baseline file as it was read. */
export interface ReadBaseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** What a run knows of entries that it does not meet. */
export interface BaselineKnowledge {
  readonly isLookedFor: (entry: BaselineEntry) => boolean;
  readonly holds: Holds;
}

/**
 * The report of what is new: findings that the baseline knows count no more, and what it knew and nobody finds any
 * more, although it was looked for, is fixed. What could not be checked is never known.
 */
export function applyBaseline(
  report: Report,
  { file, entries }: ReadBaseline,
  { isLookedFor, holds }: BaselineKnowledge,
): Report {
  const pairs = pairsOf(report, entries, holds);
  const known: Known[] = [];
  const fresh: Finding[] = [];
  for (const finding of report.findings) {
    const entry = pairs.get(finding);
    if (entry === undefined) fresh.push(finding);
    else known.push({ finding, since: entry.since });
  }
  const met = new Set(pairs.values());
  const gone = entries.filter((entry) => !met.has(entry));
  // While something is not checked, nobody knows what is gone.
  const isFixed = (entry: BaselineEntry): boolean => report.unchecked.length === 0 && isLookedFor(entry);
  const baseline = {
    file,
    known,
    fixed: gone.filter(isFixed),
    unseen: gone.filter((entry) => !isFixed(entry)),
  };
  return {
    ...report,
    findings: fresh,
    summary: summaryOf(fresh, report),
    baseline,
    exitCode: exitCodeOf(fresh, report.unchecked, report.failOn),
  };
}

/** What knows which finding; entries of version 1 go by what the finding was known by then. */
function pairsOf(
  report: Report,
  entries: readonly BaselineEntry[],
  holds: Holds,
): ReadonlyMap<Finding, BaselineEntry> {
  const findings = [...report.findings, ...report.suppressed.map(({ finding }) => finding)].filter(
    canBeKnown,
  );
  const former = new Map(
    entries.filter(({ knownAs }) => knownAs === undefined).map((entry) => [entry.fingerprint, entry]),
  );
  if (former.size === 0) return pairFindings(findings, entries, holds);
  const known = (finding: Finding): BaselineEntry | undefined =>
    finding.formerly?.map((one) => former.get(one)).find((one) => one !== undefined);
  return new Map(
    findings.flatMap((finding) => {
      const entry = known(finding);
      return entry === undefined ? [] : [[finding, entry]];
    }),
  );
}

function canBeKnown({ unchecked }: Finding): boolean {
  return unchecked === undefined;
}

function entryOf({ fingerprint, rule, span, knownAs }: Finding, since: string): BaselineEntry {
  return { fingerprint, rule, file: span.file.path, knownAs, since };
}

/** One line of the file; what says the same as the rest of the entry is left out. */
function lineOf({ fingerprint, rule, file, knownAs, since }: BaselineEntry): string {
  if (knownAs === undefined) return JSON.stringify({ fingerprint, rule, file, since });
  const { key, home, written, marks } = knownAs;
  return JSON.stringify({
    fingerprint,
    rule,
    file,
    ...(home === file ? {} : { home }),
    ...(written === '' ? {} : { object: written }),
    ...(key === fingerprint ? {} : { key }),
    ...(marks.length === 0 ? {} : { marks }),
    since,
  });
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint)
  );
}
