import type { Span } from '../../diagnostic/span.ts';

/** The secrets of a file in their order, and how far those up to each of them reach. */
interface Ordered {
  readonly spans: readonly Span[];
  readonly reach: readonly number[];
}

const known = new WeakMap<readonly Span[], ReadonlyMap<string, Ordered>>();

/** The secrets that stand in a stretch of a file, without a look at all the others. */
export function secretsWithin(secrets: readonly Span[], path: string, start: number, end: number): Span[] {
  const byFile = known.get(secrets) ?? orderedByFile(secrets);
  known.set(secrets, byFile);
  const own = byFile.get(path);
  if (own === undefined) return [];
  let low = 0;
  let high = own.spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own.reach[middle] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const found: Span[] = [];
  for (let span = own.spans[low]; span !== undefined && span.start < end; span = own.spans[low]) {
    if (span.end > start) found.push(span);
    low += 1;
  }
  return found;
}

function orderedByFile(secrets: readonly Span[]): ReadonlyMap<string, Ordered> {
  const byPath = new Map<string, Span[]>();
  for (const secret of secrets) {
    const others = byPath.get(secret.file.path);
    if (others === undefined) byPath.set(secret.file.path, [secret]);
    else others.push(secret);
  }
  return new Map([...byPath].map(([path, spans]) => [path, ordered(spans)]));
}

function ordered(unordered: readonly Span[]): Ordered {
  const spans = unordered.toSorted((a, b) => a.start - b.start);
  let furthest = 0;
  const reach = spans.map(({ end }) => {
    furthest = Math.max(furthest, end);
    return furthest;
  });
  return { spans, reach };
}
