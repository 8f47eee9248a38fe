// Five seconds about, in tenths of a millisecond.
const most = 50_000;
// Whoever wants a run to take long writes few bytes.
const fewBytes = 1_000_000;
const costOfObject = 3;

/** What a report tells of how much there was to do. */
interface Told {
  readonly findings: readonly { readonly occurrences: readonly unknown[] }[];
  readonly coverage: { readonly objects: number; readonly bytes: number };
}

/** How many runs over the tree of a report are bearable: what needs several of them makes do with as many. */
export function runsWithin({ findings, coverage }: Told): number {
  const shown = findings.reduce((sum, { occurrences }) => sum + occurrences.length, 0);
  const one = costOfObject * coverage.objects + shown + 1;
  return Math.floor((most + Math.max(0, coverage.bytes - fewBytes)) / one);
}
