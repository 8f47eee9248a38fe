import { FunctionError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { knownKey, knownValue, newList, newMap, noOrigins, sortedKeys } from '../value/datum.ts';
import { computes, hands } from '../value/go-function.ts';
import { kindOf, typeOf } from '../value/kind.ts';
import { mergeMaps } from '../value/merge.ts';
import type { Functions, GoFunction, GoMap, Known } from '../value/model.ts';
import { strval } from '../value/strval.ts';

const nothing = knownValue(null);

/** The functions of sprig 3.3 for maps; `set`, `unset` and the merges change the map that they are given. */
export const mapFunctions: Functions = {
  dict: hands([], (args) => ({ value: dictionary(args), origins: noOrigins }), 'any'),
  get: hands(['map', 'text'], ([map, key]) => mapOf(map).entries.get(textIn(key)) ?? knownValue('')),
  set: hands(['map', 'text', 'any'], ([map = nothing, key, value = nothing]) => {
    if (mapOf(map).isNil) throw new FunctionError('assignment to entry in nil map');
    mapOf(map).entries.set(textIn(key), value);
    return map;
  }),
  unset: hands(['map', 'text'], ([map = nothing, key]) => {
    mapOf(map).entries.delete(textIn(key));
    return map;
  }),
  hasKey: computes(['map', 'text'], (map, key) => map.entries.has(key)),
  // Go gives them in any order; here in that of a loop.
  keys: hands(
    [],
    (maps) =>
      knownValue(
        newList(
          maps.map(mapOf).flatMap((map) => sortedKeys(map).map((key) => knownKey(map, key))),
          '[]string',
        ),
      ),
    'map',
  ),
  values: hands(['map'], ([map = nothing]) => ({ ...map, value: newList(valuesOf(mapOf(map))) })),
  pick: hands(['map'], ([map = nothing, ...keys]) => filtered(map, keys, true), 'text'),
  omit: hands(['map'], ([map = nothing, ...keys]) => filtered(map, keys, false), 'text'),
  pluck: hands(
    ['text'],
    ([key, ...maps]) => knownValue(newList(maps.flatMap((map) => mapOf(map).entries.get(textIn(key)) ?? []))),
    'map',
  ),
  dig: hands([], dug, 'any'),
  merge: merging(false),
  mustMerge: merging(false),
  mergeOverwrite: merging(true),
  mustMergeOverwrite: merging(true),
};

function mapOf(known: Known | undefined): GoMap {
  const value = known?.value;
  if (typeof value === 'object' && value !== null && value.kind === 'map') return value;
  throw new FunctionError(
    `interface conversion: interface {} is ${value === null || value === undefined ? 'nil' : typeOf(value)}, not map[string]interface {}`,
  );
}

/** The same for what has no type of its own: a map of texts is another one. */
function tableOf(known: Known): GoMap {
  const map = mapOf(known);
  if (map.type === undefined) return map;
  throw new FunctionError(
    `interface conversion: interface {} is ${typeOf(map)}, not map[string]interface {}`,
  );
}

function dictionary(args: readonly Known[]): GoMap {
  const map = newMap();
  for (let index = 0; index < args.length; index += 2)
    map.entries.set(strval(args[index]?.value), args[index + 1] ?? knownValue(''));
  return map;
}

function valuesOf(map: GoMap): Known[] {
  return sortedKeys(map).map((key) => map.entries.get(key) ?? nothing);
}

function filtered(map: Known, keys: readonly Known[], isKept: boolean): Known {
  const names = new Set(keys.map(textIn));
  const kept = [...mapOf(map).entries].filter(([key]) => names.has(key) === isKept);
  return { value: newMap(kept), origins: map.origins };
}

/** Keys, then a default, then the map. */
function dug(args: readonly Known[]): Known {
  if (args.length < 3) throw new FunctionError('dig needs at least three arguments');
  const fallback = args.at(-2) ?? nothing;
  let known: Known = args.at(-1) ?? nothing;
  for (const key of args.slice(0, -2).map(textOfKey)) {
    const step = tableOf(known).entries.get(key);
    if (step === undefined) return fallback;
    known = step;
  }
  return known;
}

function textOfKey({ value }: Known): string {
  if (typeof value === 'string') return value;
  throw new FunctionError(`interface conversion: interface {} is ${kindOf(value)}, not string`);
}

function merging(overwrites: boolean): GoFunction {
  return hands(
    ['map'],
    ([into = nothing, ...others]) => {
      for (const other of others) mergeMaps(mapOf(into), mapOf(other), overwrites);
      return into;
    },
    'map',
  );
}
