// Five seconds about, in tenths of a millisecond.
const most = 50_000;
// Whoever wants a run to take long writes few bytes.
const fewBytes = 1_000_000;
const costs = { object: 3, build: 5 };

/** What a report tells of how much there was to do. */
interface Told {
  readonly findings: readonly { readonly occurrences: readonly unknown[] }[];
  readonly coverage: { readonly builds: number; readonly objects: number; readonly bytes: number };
}

/** How many runs over the tree of a report are bearable: what needs several of them makes do with as many. */
export function runsWithin({ findings, coverage }: Told): number {
  const shown = findings.reduce((sum, { occurrences }) => sum + occurrences.length, 0);
  const one = costs.object * coverage.objects + costs.build * coverage.builds + shown + 1;
  return Math.floor((most + Math.max(0, coverage.bytes - fewBytes)) / one);
}
