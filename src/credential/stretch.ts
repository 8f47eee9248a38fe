/** A part of a text, by its offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Stretches in the order of the text, without those that begin inside of another. */
export function withoutOverlaps(stretches: readonly Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const one of stretches.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept;
}
