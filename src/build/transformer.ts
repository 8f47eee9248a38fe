import type { EntryEffect } from '../object/build.ts';
import type { Tracked } from '../object/provenance.ts';
import type { Mapping } from '../source/value.ts';
import type { AccumulatedResource } from './accumulated-resource.ts';
import { isProblem, type Problem } from './problem.ts';

export type Resources = readonly AccumulatedResource[];

/** Where effects are noted down while a directory is built. */
export type EffectLog = (effect: EntryEffect) => void;

/** Applies `transform` to the object of each resource; a resource that comes out unchanged stays the same value. */
export function mapObjects(
  resources: Resources,
  transform: (object: Tracked<Mapping>, resource: AccumulatedResource) => Tracked<Mapping> | Problem,
): Resources | Problem {
  const result: AccumulatedResource[] = [];
  for (const resource of resources) {
    const tracked = transform(resource.tracked, resource);
    if (isProblem(tracked)) return tracked;
    result.push(tracked === resource.tracked ? resource : { ...resource, tracked });
  }
  return result;
}

/** How many of `after` are other values than at the same place before. */
export function countChanged(before: Resources, after: Resources): number {
  return after.filter((resource, index) => resource.tracked.value !== before[index]?.tracked.value).length;
}
