/** Texts in the order of their code units, each once. */
export function inTextOrder(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort();
}

/** Those of texts in their order that stand at a place of another text, the shortest first: one walk, however many begin alike. */
export function standingAt(sorted: readonly string[], text: string, at: number): string[] {
  const found: string[] = [];
  let low = 0;
  let high = sorted.length;
  for (let depth = 0; low < high; depth++) {
    const shortest = sorted[low] as string;
    if (shortest.length === depth) {
      found.push(shortest);
      low += 1;
    }
    const next = at + depth;
    const code = text.charCodeAt(next);
    low = firstFrom(sorted, [low, high], depth, code);
    high = firstFrom(sorted, [low, high], depth, code + 1);
  }
  return found;
}

/** The first in a stretch whose code unit at this depth is as great. */
function firstFrom(
  sorted: readonly string[],
  [from, to]: readonly [number, number],
  depth: number,
  code: number,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string).charCodeAt(depth) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}
