import type { Severity } from '../diagnostic/severity.ts';
import { coveragePercent } from './finding/verdict.ts';
import type { Report } from './report.ts';

/** One run among several: how much there was, and what came and went since the run before it. */
export interface TrendPoint {
  /** What people know the run by. */
  readonly name: string;
  /** Causes of each severity, and what is suppressed. */
  readonly counts: Readonly<Record<Severity | 'suppressed', number>>;
  /** The places that the causes show in. */
  readonly findings: number;
  readonly objects: number;
  readonly coverage: string;
  /** Unknown for the first one. */
  readonly since: { readonly new: number; readonly gone: number } | undefined;
}

/** The columns of the table of a trend. */
export const trendColumns: readonly string[] = [
  'run',
  'errors',
  'warnings',
  'notes',
  'suppressed',
  'findings',
  'new',
  'gone',
  'objects',
  'fully checked',
];

/** What a row of a trend has in the columns behind the run's name. */
export function trendFigures({ counts, findings, since, objects, coverage }: TrendPoint): string[] {
  const { error, warning, note, suppressed } = counts;
  const changes = [since?.new ?? '–', since?.gone ?? '–'];
  return [error, warning, note, suppressed, findings, ...changes, objects, coverage].map(String);
}

/** What a JSON report of an earlier run says of itself. */
export interface EarlierRun
  extends Pick<TrendPoint, 'name' | 'counts' | 'findings' | 'objects' | 'coverage'> {
  readonly fingerprints: ReadonlySet<string>;
}

/** A JSON report as it was written, or why it is none. */
export function readEarlierRun(name: string, text: string): EarlierRun | string {
  const report = parsed(text);
  if (report === undefined) return 'is not JSON';
  const { version, summary, coverage, causes, diagnostics } = report;
  if (
    (version !== 1 && version !== 2) ||
    !isTable(summary) ||
    !isTable(coverage) ||
    !Array.isArray(diagnostics)
  )
    return 'is not a JSON report of cdb-lint';
  const objectsKnown = countIn(coverage, 'objectsKnown');
  const objectsJudged = countIn(coverage, 'objectsJudged');
  return {
    name,
    counts: {
      ...(version === 1 ? countedCauses(diagnostics, causes) : countsIn(summary)),
      suppressed: countIn(summary, 'suppressed'),
    },
    findings: diagnostics.length,
    objects: countIn(coverage, 'objects'),
    coverage: coveragePercent({ objectsKnown, objectsJudged }),
    fingerprints: new Set(
      diagnostics.flatMap((one: unknown) =>
        isTable(one) && typeof one['fingerprint'] === 'string' ? [one['fingerprint']] : [],
      ),
    ),
  };
}

function countsIn(summary: Readonly<Record<string, unknown>>): Record<Severity, number> {
  return {
    error: countIn(summary, 'error'),
    warning: countIn(summary, 'warning'),
    note: countIn(summary, 'note'),
  };
}

/** The summary of version 1 counts places: its causes are those that it lists, and findings that none of them has. */
function countedCauses(diagnostics: readonly unknown[], causes: unknown): Record<Severity, number> {
  const listed = (Array.isArray(causes) ? causes : []).filter(isTable);
  const members = new Set(listed.flatMap(({ findings }) => (Array.isArray(findings) ? findings : [])));
  const single = diagnostics.filter(isTable).filter(({ fingerprint }) => !members.has(fingerprint));
  const numbers = { error: 0, warning: 0, note: 0 };
  for (const { severity } of [...listed, ...single])
    if (severity === 'error' || severity === 'warning' || severity === 'note') numbers[severity] += 1;
  return numbers;
}

/** The earlier runs in the order that they were given, and this one. */
export function trendOf(earlier: readonly EarlierRun[], report: Report): TrendPoint[] {
  const runs = [...earlier, thisRun(report)];
  return runs.map(({ fingerprints, ...run }, index) => ({
    ...run,
    since: changesSince(runs[index - 1]?.fingerprints, fingerprints),
  }));
}

function thisRun({ summary, coverage, findings }: Report): EarlierRun {
  return {
    name: 'this run',
    counts: summary,
    findings: findings.length,
    objects: coverage.objects,
    coverage: coveragePercent(coverage),
    fingerprints: new Set(findings.map(({ fingerprint }) => fingerprint)),
  };
}

function changesSince(
  before: ReadonlySet<string> | undefined,
  now: ReadonlySet<string>,
): TrendPoint['since'] {
  if (before === undefined) return undefined;
  return {
    new: [...now].filter((one) => !before.has(one)).length,
    gone: [...before].filter((one) => !now.has(one)).length,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isTable(value) ? value : {};
  } catch {
    return undefined;
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countIn(table: Readonly<Record<string, unknown>>, key: string): number {
  const value = new Map(Object.entries(table)).get(key);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
