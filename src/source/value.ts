import { spendEffort } from './effort.ts';

/**
 * A decoded document: plain JSON-like values that are never changed after they were made, so that builds share them.
 * Integers beyond 2^53 are `bigint`, everything else numeric is `number`.
 */
export type Value = null | boolean | number | bigint | string | Sequence | Mapping;
export type Sequence = readonly Value[];
export interface Mapping {
  readonly [key: string]: Value;
}
export type MutableMapping = { [key: string]: Value };

/** One step into a value: a mapping's key or a sequence's index. */
export type PathElement = string | number;
export type Path = readonly PathElement[];

// Mappings inherit nothing, so `__proto__` and `constructor` are keys like any other. A constructor, unlike
// Object.create(null), keeps V8's fast property layout.
const MappingBase = function MappingBase() {} as unknown as { new (): MutableMapping; prototype: object };
MappingBase.prototype = Object.freeze(Object.create(null)) as object;

/** A new empty mapping, to be filled by whoever makes the value and left alone afterwards. */
export function newMapping(): MutableMapping {
  return new MappingBase();
}

const mappingPrototype = MappingBase.prototype;

/** Whether an object was made by `newMapping`: quicker to see than that it is none of all else. */
export function isMadeMapping(value: object): value is Mapping {
  return Object.getPrototypeOf(value) === mappingPrototype;
}

/** The mapping without fields. */
export const noFields: Mapping = Object.freeze(newMapping());

/** A mapping with these fields; a literal would inherit others. */
export function mappingOf(fields: Readonly<Record<string, Value>>): Mapping {
  return Object.assign(newMapping(), fields);
}

/** A shallow copy that may be changed until it is handed on. */
export function copyMapping(mapping: Mapping): MutableMapping {
  const copy = newMapping();
  for (const key of Object.keys(mapping)) copy[key] = mapping[key] as Value;
  return copy;
}

export function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isSequence(value: Value | undefined): value is Sequence {
  return Array.isArray(value);
}

/** The value at `path`, or undefined where a step is missing or goes into a scalar. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  spendEffort(1);
  let current = value;
  for (const step of path) {
    if (typeof step === 'number') current = isSequence(current) ? current[step] : undefined;
    else current = isMapping(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    if (current === undefined) return undefined;
  }
  return current;
}

/** The value with another one in place of what is at a path; what is beside it stays the same. */
export function withValueAt(value: Value, path: Path, part: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  const changed = withValueAt(valueAt(value, [step]) ?? null, rest, part);
  if (isSequence(value)) return value.map((item, index) => (index === step ? changed : item));
  if (!isMapping(value)) return value;
  const copy = copyMapping(value);
  copy[step] = changed;
  return copy;
}

/** The items of the list at `path`; none where there is no list. */
export function itemsAt(value: Value | undefined, path: Path): Sequence {
  const list = valueAt(value, path);
  return isSequence(list) ? list : [];
}

/** The same, each with the way to it. */
export function placedItemsAt(
  value: Value | undefined,
  path: Path,
): { readonly value: Value; readonly path: Path }[] {
  return itemsAt(value, path).map((item, index) => ({ value: item, path: [...path, index] }));
}

/** Deep equality of values; key order does not count, and 1 equals 1n. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a === 'bigint' || typeof b === 'bigint')
    return isNumeric(a) && isNumeric(b) && Number(a) === Number(b);
  if (isSequence(a)) {
    return isSequence(b) && a.length === b.length && a.every((item, index) => equalValues(item, b[index]));
  }
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key]));
}

function isNumeric(value: Value | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** A path in the API server's spelling: `spec.containers[0].env`, `metadata.annotations[a.b/c]`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (plainKey.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${step}]`;
  }
  return text;
}

/** A value in one line: JSON with integers of any size and sorted keys, so that equal values have equal texts. */
export function formatValue(value: Value): string {
  if (typeof value === 'bigint') return String(value);
  if (isSequence(value)) return `[${value.map(formatValue).join(',')}]`;
  if (!isMapping(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${formatValue(value[key] as Value)}`);
  return `{${entries.join(',')}}`;
}
