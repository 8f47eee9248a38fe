import { type Origin, originOfKey, unknownOf } from '../../object/provenance.ts';
import type { Datum, GoList, GoMap, Known, Run, SizedInteger } from './model.ts';

export const noOrigins: readonly Origin[] = [];

/** A value that came from nowhere but the template. */
export function knownValue(value: Datum): Known {
  return { value, origins: noOrigins };
}

export function sized(value: bigint, type: SizedInteger['type'] = 'int64'): SizedInteger {
  return {
    kind: 'integer',
    type,
    value: type === 'uint64' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value),
  };
}

export function newMap(entries: Iterable<readonly [string, Known]> = []): GoMap {
  return { kind: 'map', entries: new Map(entries) };
}

export function newList(items: readonly Known[], type?: string): GoList {
  return { kind: 'list', items, ...(type === undefined ? {} : { type }) };
}

/** The list that Go has where a function appended nothing to none. */
export function nilList(type?: string): GoList {
  return { ...newList([], type), isNil: true };
}

/** A list of texts that a function made. */
export function textList(texts: readonly string[], origins: readonly Origin[] = noOrigins): GoList {
  return newList(
    texts.map((value) => ({ value, origins })),
    '[]string',
  );
}

export function isMap(value: Datum): value is GoMap {
  return typeof value === 'object' && value !== null && value.kind === 'map';
}

export function isList(value: Datum): value is GoList {
  return typeof value === 'object' && value !== null && value.kind === 'list';
}

/** A key of a map as a value: it comes from where it is written, which is beside its value. */
export function knownKey({ entries }: GoMap, key: string): Known {
  const origins = entries.get(key)?.origins ?? noOrigins;
  return { value: key, origins: origins.length === 0 ? noOrigins : origins.map(originOfKey) };
}

/** The keys of a map in the order in which Go goes through it: that of their bytes. */
export function sortedKeys({ entries }: GoMap): string[] {
  const keys = [...entries.keys()];
  return keys.sort(compareTexts);
}

/** As Go compares texts, by their bytes, which is the order of code points. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [one, two] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (one === two) continue;
    // A surrogate stands for more than any other unit.
    const [isHigh, isOtherHigh] = [one >= 0xd800 && one < 0xe000, two >= 0xd800 && two < 0xe000];
    return isHigh === isOtherHigh ? one - two : isHigh ? 1 : -1;
  }
  return a.length - b.length;
}

const maximumOrigins = 24;

/** Where the parts of a value came from, each once; of very many the first ones, and all that nobody knows. */
export function originsOf({ origins, made }: Known): readonly Origin[] {
  if (made === undefined) return origins;
  const found = new Set(origins);
  for (const { source } of made) {
    for (const origin of source.values)
      if (found.size < maximumOrigins || unknownOf(origin) !== undefined) found.add(origin);
  }
  return [...found];
}

/** The origins of several values as those of one that was made of them. */
export function joinOrigins(parts: readonly Known[]): readonly Origin[] {
  let joined: readonly Origin[] = noOrigins;
  for (const part of parts) {
    const own = originsOf(part);
    if (own.length === 0 || own === joined) continue;
    joined = joined.length === 0 ? own : firstOf([...new Set([...joined, ...own])]);
  }
  return joined;
}

function firstOf(origins: readonly Origin[]): readonly Origin[] {
  if (origins.length <= maximumOrigins) return origins;
  return origins.filter((one, index) => index < maximumOrigins || unknownOf(one) !== undefined);
}

/** The same for a value that goes through all of its arguments: what is inside of them that nobody knows goes with it. */
export function joinAllOrigins(
  parts: readonly Known[],
  { unknown }: Pick<Run, 'unknown'>,
): readonly Origin[] {
  const joined = joinOrigins(parts);
  if (unknown.size === 0 || !parts.some(({ value }) => isMap(value) || isList(value))) return joined;
  const inside = unknownInside(parts);
  return inside.length === 0 ? joined : firstOf([...new Set([...inside, ...joined])]);
}

/** The origins of stand-ins in values and all that is in them, each once. */
export function unknownInside(parts: Iterable<Known>, seen = new Set<object>()): readonly Origin[] {
  const found = new Set<Origin>();
  for (const part of parts) {
    for (const origin of originsOf(part)) if (unknownOf(origin) !== undefined) found.add(origin);
    const { value } = part;
    if ((!isMap(value) && !isList(value)) || seen.has(value)) continue;
    seen.add(value);
    for (const one of unknownInside(isMap(value) ? value.entries.values() : value.items, seen))
      found.add(one);
  }
  return [...found];
}
