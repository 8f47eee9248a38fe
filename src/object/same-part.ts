import { type Origin, originOfPart, untracked } from './provenance.ts';
import type { Resource } from './resource.ts';

/**
 * Whether two objects of a kind have one and the same value at a field, with the same history: those of a base under a thousand prefixes
 * have, and whatever is said of a place below it holds for all of them.
 */
export function haveSamePart(one: Resource, other: Resource, field: string): boolean {
  const value = one.object[field];
  return (
    value !== undefined &&
    value === other.object[field] &&
    one.object['kind'] === other.object['kind'] &&
    one.chart === other.chart &&
    isSameOrigin(originOfPart(one.origin, field), originOfPart(other.origin, field))
  );
}

function isSameOrigin(one: Origin, other: Origin): boolean {
  // What has no history has no place but its object.
  if (one === other) return one !== untracked;
  if (!('positions' in one) || !('positions' in other)) return false;
  return one.positions === other.positions && one.index === other.index && one.by === other.by;
}
