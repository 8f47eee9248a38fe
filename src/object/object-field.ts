import { ownOf } from '../source/own.ts';
import { isMapping, type Mapping, type Path, valueAt } from '../source/value.ts';
import { getAt, itemsOf, type Tracked } from './provenance.ts';
import { groupVersionKind, type Resource, trackedObject } from './resource.ts';

/** The text of a field, undefined where it is absent, empty or no text. */
export function textAt(object: Mapping, ...path: Path): string | undefined {
  const value = valueAt(object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isTrueAt(object: Mapping, ...path: Path): boolean {
  return valueAt(object, path) === true;
}

/** The mapping of a field, undefined where it is absent or another value. */
export function mappingAt(resource: Resource, ...path: Path): Tracked<Mapping> | undefined {
  const part = getAt(trackedObject(resource), path);
  return part !== undefined && isMapping(part.value) ? (part as Tracked<Mapping>) : undefined;
}

/** The items of a list that are mappings, with their places in the list. */
export function mappingsAt(resource: Resource, ...path: Path): { item: Tracked<Mapping>; index: number }[] {
  const list = getAt(trackedObject(resource), path);
  if (list === undefined) return [];
  return itemsOf(list).flatMap((item, index) =>
    isMapping(item.value) ? [{ item: item as Tracked<Mapping>, index }] : [],
  );
}

/** Whether an object is of a kind in a group, in whatever version. */
export function isKind({ object }: Resource, group: string, ...kinds: readonly string[]): boolean {
  const gvk = groupVersionKind(object);
  return gvk.group === group && kinds.includes(gvk.kind);
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of a Go duration such as `1h30m`, undefined for what is none. */
export function secondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined || !/^(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+$/u.test(duration))
    return undefined;
  let seconds = 0;
  for (const [, amount = '0', unit = 's'] of duration.matchAll(/([0-9.]+)(ns|us|µs|ms|s|m|h)/gu))
    seconds += Number(amount) * (ownOf(units, unit) ?? 0);
  return seconds;
}
