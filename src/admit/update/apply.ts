import {
  formatValue,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Sequence,
  type Value,
} from '../../source/value.ts';
import type { ListShape, MapShape, Shape } from './shape.ts';

/** The three states that an apply starts from; what of `applied` is not in `next` is given up. */
export interface Apply {
  readonly live: Value | undefined;
  /** What was applied the time before. */
  readonly applied: Value | undefined;
  readonly next: Value;
}

/**
 * What is stored after an apply by the one manager who applied before, structured-merge-diff v6 `merge.Updater.Apply`: its
 * fields as `next` has them, those that it gave up gone, all others as they are. A mapping that it empties is null, and a list
 * that it empties is gone.
 */
export function applyValue(states: Apply, shape: Shape): Value {
  return mergeValue(states, shape, (emptied) => (isSequence(emptied) ? undefined : null)) ?? null;
}

/**
 * What a client-side apply stores, the three-way patch of `kubectl apply`: the same, save that what is emptied is empty, and that
 * items with the same key become one.
 */
export function patchValue(states: Apply, shape: Shape): Value {
  return mergeValue({ ...states, next: joined(states.next, shape) }, shape, (emptied) => emptied) ?? null;
}

/** A value whose lists have each key once, later items put on top of earlier ones. */
function joined(value: Value, shape: Shape): Value {
  if (shape.kind === 'map' && isMapping(value)) {
    const result = newMapping();
    for (const key in value) result[key] = joined(value[key] as Value, shape.field(key));
    return result;
  }
  if (shape.kind !== 'list' || !isSequence(value)) return value;
  const byKey = new Map<string, Value>();
  for (const item of value) {
    const id = identity(item, shape);
    const states = { live: byKey.get(id), applied: undefined, next: item };
    byKey.set(id, mergeValue(states, shape.items, (emptied) => emptied) ?? item);
  }
  return [...byKey.values()].map((item) => joined(item, shape.items));
}

/** What becomes of a list or mapping that had something in it, and has nothing any more. */
type Emptied = (value: Value) => Value | undefined;

function mergeValue({ live, applied, next }: Apply, shape: Shape, whenEmptied: Emptied): Value | undefined {
  if (shape.kind === 'map' && isMapping(next) && isMapping(live) && Object.keys(live).length > 0) {
    const merged = mergeMapping(live, isMapping(applied) ? applied : newMapping(), next, shape, whenEmptied);
    return Object.keys(merged).length === 0 ? whenEmptied(merged) : merged;
  }
  if (shape.kind === 'list' && isSequence(next) && isSequence(live) && live.length > 0) {
    const merged = mergeList(live, isSequence(applied) ? applied : [], next, shape, whenEmptied);
    return merged.length === 0 ? whenEmptied(merged) : merged;
  }
  return next;
}

function mergeMapping(
  live: Mapping,
  applied: Mapping,
  next: Mapping,
  shape: MapShape,
  whenEmptied: Emptied,
): Mapping {
  const result: MutableMapping = newMapping();
  for (const key in shape.retainsKeys === true ? {} : live)
    if (!Object.hasOwn(next, key) && !Object.hasOwn(applied, key)) result[key] = live[key] as Value;
  for (const key in next) {
    const states = { live: live[key], applied: applied[key], next: next[key] as Value };
    const merged = mergeValue(states, shape.field(key), whenEmptied);
    if (merged !== undefined) result[key] = merged;
  }
  return result;
}

function identity(item: Value, { keys, keyDefault }: ListShape): string {
  if (keys.length === 0 || !isMapping(item)) return formatValue(item);
  return formatValue(keys.map((key) => (item[key] === undefined ? keyDefault(key) : item[key]) ?? null));
}

/** The order of structured-merge-diff's `typed/merge.go`: that of `next`, with items of others where they stood. */
function mergeList(
  live: Sequence,
  applied: Sequence,
  next: Sequence,
  shape: ListShape,
  whenEmptied: Emptied,
): Sequence {
  const byId = (list: Sequence): ReadonlyMap<string, Value> =>
    new Map(list.map((item) => [identity(item, shape), item]));
  const liveById = byId(live);
  const appliedById = byId(applied);
  const wanted = new Set(next.map((item) => identity(item, shape)));
  const others = new Map<string, Value[]>();
  let anchor = '';
  for (const [id, item] of liveById) {
    if (wanted.has(id)) anchor = id;
    else if (!appliedById.has(id)) others.set(anchor, [...(others.get(anchor) ?? []), item]);
  }
  const merged = [...(others.get('') ?? [])];
  for (const item of next) {
    const id = identity(item, shape);
    const states = { live: liveById.get(id), applied: appliedById.get(id), next: item };
    merged.push(mergeValue(states, shape.items, whenEmptied) ?? null, ...(others.get(id) ?? []));
  }
  return merged;
}
