/** What a size lies between; saturating, as unsigned 64-bit integers in cel-go 0.26 checker/cost.go. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export const unlimited = 2 ** 64;
export const unknownSize: Range = { min: 0, max: unlimited };

export function exactly(value: number): Range {
  return { min: value, max: value };
}

export function plus(a: Range, b: Range): Range {
  return { min: saturated(a.min + b.min), max: saturated(a.max + b.max) };
}

export function times(a: Range, b: Range): Range {
  return { min: product(a.min, b.min), max: product(a.max, b.max) };
}

export function union(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

export function product(a: number, b: number): number {
  return saturated(a * b);
}

/** What it costs at most to go through so much, in whole units. */
export function passing({ max }: Range, factor: number): number {
  return saturated(Math.ceil(max * factor));
}

export function saturated(value: number): number {
  return Math.min(value, unlimited);
}
