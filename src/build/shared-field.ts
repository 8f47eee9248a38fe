import { getAt, type Tracked } from '../object/provenance.ts';
import type { Mapping } from '../source/value.ts';
import { equalValues, isSequence, type Path, type Value, valueAt } from '../source/value.ts';
import type { AccumulatedResource } from './accumulated-resource.ts';
import { setAt } from './field-path.ts';

/** Fields of one object that kustomize wrote as one YAML node: what changes one of them later changes them all. */
export type SharedFields = readonly Path[];

/**
 * The resource with its object changed to `tracked`, and the change carried to every field that shares a node with a
 * changed one. kustomize v5.8 puts the same node behind a label wherever it adds the key (filtersutil.SetEntry), so that
 * an overlay's patch of `metadata.labels` changes the selectors, too. Where only one key was set, wherever it was, no others are looked at.
 */
export function withObject(
  resource: AccumulatedResource,
  tracked: Tracked<Mapping>,
  onlyKey?: string,
): AccumulatedResource {
  const { shared } = resource;
  if (shared === undefined || tracked.value === resource.tracked.value) return { ...resource, tracked };
  let current = tracked;
  const kept: SharedFields[] = [];
  for (const group of shared) {
    if (onlyKey !== undefined && group[0]?.at(-1) !== onlyKey) {
      kept.push(group);
      continue;
    }
    const paths = group.filter((path) => isStillThere(path, resource.tracked.value, tracked.value));
    const changed = paths.filter(
      (path) => !equalValues(valueAt(resource.tracked.value, path), valueAt(tracked.value, path)),
    );
    const last = changed.at(-1);
    if (last !== undefined) current = spread(current, last, paths);
    if (paths.length > 1) kept.push(paths);
  }
  return { ...resource, tracked: current, shared: kept };
}

/** The resource with one more group of fields that share a node. */
export function withShared(resource: AccumulatedResource, paths: SharedFields): AccumulatedResource {
  const sorted = [...paths].sort((a, b) => (a.join('/') < b.join('/') ? -1 : 1));
  return paths.length < 2 ? resource : { ...resource, shared: [...(resource.shared ?? []), sorted] };
}

function spread(object: Tracked<Mapping>, from: Path, to: SharedFields): Tracked<Mapping> {
  const part = getAt(object, from);
  if (part === undefined) return object;
  let current: Tracked = object;
  for (const path of to) if (path !== from) current = setAt(current, path, part);
  return current as Tracked<Mapping>;
}

// Where a list on the way has another length, its items are no longer where they were.
function isStillThere(path: Path, before: Value, after: Value): boolean {
  for (let depth = 0; depth < path.length; depth++) {
    const [old, now] = [valueAt(before, path.slice(0, depth)), valueAt(after, path.slice(0, depth))];
    if (isSequence(old) && (!isSequence(now) || now.length !== old.length)) return false;
  }
  return valueAt(after, path) !== undefined;
}
