import type { Span } from '../../diagnostic/span.ts';

/** By their starts, each with the furthest end of all up to it. */
interface Stretches {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Tells whether a span overlaps one of many, by a search in those of its file. */
export function overlapping(spans: readonly Span[]): (span: Span) => boolean {
  const byFile = new Map<string, Span[]>();
  for (const span of spans) {
    const own = byFile.get(span.file.path) ?? [];
    byFile.set(span.file.path, own);
    own.push(span);
  }
  const stretches = new Map([...byFile].map(([path, own]) => [path, stretchesOf(own)]));
  return ({ file, start, end }) => {
    const own = stretches.get(file.path);
    const before = own === undefined ? 0 : countBelow(own.starts, end);
    return before > 0 && (own?.ends[before - 1] ?? 0) > start;
  };
}

function stretchesOf(spans: readonly Span[]): Stretches {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  let furthest = 0;
  const ends = sorted.map(({ end }) => {
    furthest = Math.max(furthest, end);
    return furthest;
  });
  return { starts: sorted.map(({ start }) => start), ends };
}

/** How many of the sorted numbers are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
