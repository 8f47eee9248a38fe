import type { BaselineEntry, Finding, Known, Report } from '../report.ts';
import { compareText } from './group.ts';
import { countBySeverity, exitCodeOf } from './verdict.ts';

/** The baseline file that accepts everything a report finds; an entry that stays keeps its age, and so does one that nobody could look for. */
export function writeBaseline(report: Report, today: string): string {
  const entries: BaselineEntry[] = [
    ...report.findings.filter(canBeKnown).map((finding) => entryOf(finding, today)),
    ...(report.baseline?.known ?? []).map(({ finding, since }) => entryOf(finding, since)),
    ...(report.baseline?.unseen ?? []),
  ];
  const lines = entries.toSorted(compareEntries).map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

/** A baseline file as it was read. */
export interface ReadBaseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/**
 * The report of what is new: findings that the baseline knows count no more, and what it knew and nobody finds any
 * more, although it was looked for, is fixed. What could not be checked is never known.
 */
export function applyBaseline(
  report: Report,
  { file, entries }: ReadBaseline,
  isLookedFor: (entry: BaselineEntry) => boolean = () => true,
): Report {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const known: Known[] = [];
  const fresh: Finding[] = [];
  for (const finding of report.findings) {
    const entry = canBeKnown(finding) ? entryFor(finding, byFingerprint) : undefined;
    if (entry === undefined) fresh.push(finding);
    else known.push({ finding, since: entry.since });
  }
  const gone = goneSince(report, entries);
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
    summary: { ...countBySeverity(fresh), suppressed: report.summary.suppressed },
    baseline,
    exitCode: exitCodeOf(fresh, report.unchecked, report.failOn),
  };
}

/** The entry of a finding; one of an older baseline goes by what the finding was known by then. */
function entryFor(
  { fingerprint, formerly }: Finding,
  entries: ReadonlyMap<string, BaselineEntry>,
): BaselineEntry | undefined {
  return entries.get(fingerprint) ?? (formerly === undefined ? undefined : entries.get(formerly));
}

function goneSince(report: Report, entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const accepted = report.suppressed.map(({ finding }) => finding);
  const present = new Set(
    [...report.findings, ...accepted].flatMap(({ fingerprint, formerly = fingerprint }) => [
      fingerprint,
      formerly,
    ]),
  );
  return entries.filter(({ fingerprint }) => !present.has(fingerprint));
}

function canBeKnown({ unchecked }: Finding): boolean {
  return unchecked === undefined;
}

function entryOf({ fingerprint, rule, span }: Finding, since: string): BaselineEntry {
  return { fingerprint, rule, file: span.file.path, since };
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint)
  );
}
