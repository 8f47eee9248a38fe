import type { Origin } from '../../object/provenance.ts';
import type { Datum, GoList, GoMap, Known, SizedInteger } from './model.ts';

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

/** Where the parts of a value came from, each once; of very many the first ones. */
export function originsOf({ origins, made }: Known): readonly Origin[] {
  if (made === undefined) return origins;
  const found = new Set(origins);
  for (const { source } of made) {
    for (const origin of source.values) found.add(origin);
    if (found.size >= maximumOrigins) break;
  }
  return [...found];
}

/** The origins of several values as those of one that was made of them. */
export function joinOrigins(parts: readonly Known[]): readonly Origin[] {
  let joined: readonly Origin[] = noOrigins;
  for (const part of parts) {
    const own = originsOf(part);
    if (own.length === 0 || own === joined) continue;
    joined = joined.length === 0 ? own : [...new Set([...joined, ...own])].slice(0, maximumOrigins);
  }
  return joined;
}
