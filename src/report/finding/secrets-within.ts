import { firstWhere } from '../../diagnostic/first-where.ts';
import { grouped } from '../../diagnostic/grouped.ts';
import type { Span } from '../../diagnostic/span.ts';

/** The secrets of a file in their order, and how far those up to each of them reach. */
interface Ordered {
  readonly spans: readonly Span[];
  readonly reach: readonly number[];
}

const known = new WeakMap<readonly Span[], ReadonlyMap<string, Ordered>>();

/** The secrets that stand in a stretch of a file, without a look at all the others. */
export function secretsWithin(secrets: readonly Span[], path: string, start: number, end: number): Span[] {
  const own = orderedIn(secrets, path);
  if (own === undefined) return [];
  let low = firstBehind(own, start);
  const found: Span[] = [];
  for (let span = own.spans[low]; span !== undefined && span.start < end; span = own.spans[low]) {
    if (span.end > start) found.push(span);
    low += 1;
  }
  return found;
}

/** Whether a secret stands in a stretch of a file, by one look at the first that reaches into it or stands behind its start. */
export function touchesSecret(secrets: readonly Span[], { file, start, end }: Span): boolean {
  const own = orderedIn(secrets, file.path);
  const first = own?.spans[firstBehind(own, start)];
  return first !== undefined && first.start < end;
}

function orderedIn(secrets: readonly Span[], path: string): Ordered | undefined {
  const byFile = known.get(secrets) ?? orderedByFile(secrets);
  known.set(secrets, byFile);
  return byFile.get(path);
}

/** The place of the first that ends behind an offset. */
function firstBehind({ reach }: Ordered, offset: number): number {
  return firstWhere(reach, (end) => end > offset);
}

function orderedByFile(secrets: readonly Span[]): ReadonlyMap<string, Ordered> {
  const byPath = grouped(secrets, ({ file }) => file.path);
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
