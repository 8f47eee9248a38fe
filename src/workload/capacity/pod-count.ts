import type { Value } from '../../source/value.ts';

/** How many pods a field asks for: what no server takes, such as 1.5 or `.inf`, is counted as a whole number or not at all. */
export function podCount(value: Value | undefined, fallback: number): number {
  if (typeof value !== 'number') return fallback;
  return Number.isFinite(value) ? Math.ceil(value) : fallback;
}
