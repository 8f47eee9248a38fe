import {
  copyMapping,
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../source/value.ts';
import { valueNumber } from '../source/value-text.ts';
import type { Argument, Functions } from './argument.ts';
import { Refused, Unsupported } from './parse.ts';
import { isTruthy, printValue } from './print.ts';

/** The functions of text/template and sprig for lists and maps, but for `set` and `unset`, which change what they are given. */
export const listFunctions: Functions = {
  len: ([value]) => lengthOf(value),
  index: ([value, ...keys]) => keys.reduce<Argument>(itemOf, value),
  list: (args) => args.map((one) => one ?? null),
  tuple: (args) => args.map((one) => one ?? null),
  first: ([list]) => items(list)[0] ?? null,
  last: ([list]) => items(list).at(-1) ?? null,
  rest: ([list]) => items(list).slice(1),
  initial: ([list]) => items(list).slice(0, -1),
  append: ([list, item]) => [...items(list), item ?? null],
  prepend: ([list, item]) => [item ?? null, ...items(list)],
  concat: (args) => args.flatMap((one) => items(one)),
  reverse: ([list]) => items(list).toReversed(),
  uniq: ([list]) =>
    items(list).filter((one, index, all) => all.findIndex((two) => equalValues(one, two)) === index),
  without: ([list, ...gone]) =>
    items(list).filter((one) => !gone.some((two) => equalValues(one, two ?? null))),
  has: ([item, list]) => items(list).some((one) => equalValues(one, item ?? null)),
  compact: ([list]) => items(list).filter(isTruthy),
  slice: ([list, start, end]) =>
    typeof list === 'string'
      ? list.slice(valueNumber(start ?? 0), valueNumber(end ?? list.length))
      : items(list).slice(valueNumber(start ?? 0), valueNumber(end ?? items(list).length)),
  sortAlpha: ([list]) => items(list).map(printValue).sort(),
  toStrings: ([list]) => items(list).map(printValue),
  until: ([count]) => countTo(0, valueNumber(count), 1),
  untilStep: ([start, end, step]) => countTo(valueNumber(start), valueNumber(end), valueNumber(step)),
  dict: (args) => dictionary(args),
  get: ([map, key]) => mapping(map)[printValue(key)] ?? '',
  hasKey: ([map, key]) => Object.hasOwn(mapping(map), printValue(key)),
  keys: (args) => args.flatMap((one) => Object.keys(mapping(one)).sort()),
  values: ([map]) =>
    Object.keys(mapping(map))
      .sort()
      .map((key) => mapping(map)[key] ?? null),
  pick: ([map, ...keys]) => picked(mapping(map), (name) => keys.includes(name)),
  omit: ([map, ...keys]) => picked(mapping(map), (name) => !keys.includes(name)),
  pluck: ([key, ...maps]) => maps.flatMap((one) => mapping(one)[printValue(key)] ?? []),
  // What stands in an earlier one is kept by `merge`, and replaced by `mergeOverwrite`.
  merge: (args) => args.map(mapping).reduceRight((merged, one) => deepMerge(merged, one), newMapping()),
  mergeOverwrite: (args) => args.map(mapping).reduce((merged, one) => deepMerge(merged, one), newMapping()),
  deepCopy: ([value]) => value,
  dig: (args) => dug(args),
};

/** Two mappings as one; where both have a key the second one's counts, but for mappings, which become one again. */
export function deepMerge(base: Mapping, over: Mapping, depth = 0): MutableMapping {
  const merged = copyMapping(base);
  for (const key of Object.keys(over)) {
    const [old, value] = [merged[key], over[key] ?? null];
    merged[key] = isMapping(old) && isMapping(value) && depth < 50 ? deepMerge(old, value, depth + 1) : value;
  }
  return merged;
}

function lengthOf(value: Argument): bigint {
  if (isSequence(value) || typeof value === 'string') return BigInt(value.length);
  if (isMapping(value)) return BigInt(Object.keys(value).length);
  throw new Refused('len is asked of what has no length');
}

function itemOf(value: Argument, key: Argument): Argument {
  if (isMapping(value)) return value[printValue(key)];
  const found = isSequence(value) ? value[valueNumber(key)] : undefined;
  if (found === undefined) throw new Refused(`there is no index ${printValue(key)}`);
  return found;
}

function items(value: Argument): readonly Value[] {
  if (isSequence(value)) return value;
  throw new Refused('a function for lists is given no list');
}

function mapping(value: Argument): Mapping {
  if (isMapping(value)) return value;
  throw new Refused('a function for maps is given no map');
}

function countTo(start: number, end: number, step: number): bigint[] {
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (!(length < 10_000)) throw new Unsupported('a list of this length');
  return Array.from({ length }, (_, index) => BigInt(start + index * step));
}

function dictionary(args: readonly Argument[]): Mapping {
  const made = newMapping();
  for (let index = 0; index < args.length; index += 2) made[printValue(args[index])] = args[index + 1] ?? '';
  return made;
}

function picked(map: Mapping, isKept: (key: string) => boolean): Mapping {
  const kept = newMapping();
  for (const key of Object.keys(map)) if (isKept(key)) kept[key] = map[key] ?? null;
  return kept;
}

/** Keys, then a default, then the map. */
function dug(args: readonly Argument[]): Argument {
  let value: Argument = args.at(-1);
  for (const key of args.slice(0, -2)) {
    value = isMapping(value) ? value[printValue(key)] : undefined;
    if (value === undefined) return args.at(-2);
  }
  return value;
}
