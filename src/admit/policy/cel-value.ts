import { isMadeMapping, isMapping, type Mapping, type Value } from '../../source/value.ts';
import { CelError } from './cel-error.ts';

/** Marks what CEL adds to JSON; a document cannot hold a symbol, so it cannot forge one. */
export const kind: unique symbol = Symbol('cel');

export interface Double {
  readonly [kind]: 'double';
  readonly value: number;
}
export interface Uint {
  readonly [kind]: 'uint';
  readonly value: bigint;
}
/** Durations and timestamps (since 1970) both count nanoseconds. */
export interface Duration {
  readonly [kind]: 'duration';
  readonly nanos: bigint;
}
export interface Timestamp {
  readonly [kind]: 'timestamp';
  readonly nanos: bigint;
  /** Minutes east of Greenwich, in which it is written again; none where absent. */
  readonly offset?: number;
}
export interface Optional {
  readonly [kind]: 'optional';
  readonly value: CelValue | undefined;
}
export interface TypeName {
  readonly [kind]: 'type';
  readonly name: string;
}
export interface Url {
  readonly [kind]: 'url';
  readonly text: string;
}
export interface Ip {
  readonly [kind]: 'ip';
  readonly bits: bigint;
  readonly family: 4 | 6;
}
export interface Cidr {
  readonly [kind]: 'cidr';
  readonly ip: Ip;
  readonly prefix: number;
}
/** An exact decimal: `digits * 10^exponent`. */
export interface Quantity {
  readonly [kind]: 'quantity';
  readonly digits: bigint;
  readonly exponent: number;
  readonly text: string;
}
export interface Semver {
  readonly [kind]: 'semver';
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: readonly string[];
  readonly text: string;
}
export interface Format {
  readonly [kind]: 'format';
  readonly name: string;
}
/** Stands in an object for what the server writes there and no file tells: reading it is an error of the kind `unknown`. */
export interface Unknown {
  readonly [kind]: 'unknown';
  readonly what: string;
}

export type Special =
  | Double
  | Uint
  | Duration
  | Timestamp
  | Optional
  | TypeName
  | Url
  | Ip
  | Cidr
  | Quantity
  | Semver
  | Format
  | Unknown;

export type CelKey = string | bigint | boolean;
export type CelList = readonly CelValue[];
export type CelMap = ReadonlyMap<CelKey, CelValue>;

/**
 * What expressions compute with. The object under judgement is read as it is, never copied: `number` stands only inside it
 * and becomes int or double when it is read (`lift`); maps that an expression makes are `Map`.
 */
export type CelValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | CelList
  | CelMap
  | Mapping
  | Special;

const maxInt = 9223372036854775807n;
const minInt = -9223372036854775808n;

export function fitsInt(value: bigint): boolean {
  return value <= maxInt && value >= minInt;
}

/** A value of the object as CEL sees it: JSON integers are int, other numbers are double; throws where nobody knows it. */
export function lift(value: CelValue): CelValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'object') return isUnknown(value) ? notKnown(value.what) : value;
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : double(value);
  }
  if (typeof value === 'bigint' && !fitsInt(value)) return double(Number(value));
  return value;
}

export function unknown(what: string): Unknown {
  return { [kind]: 'unknown', what };
}

export function isUnknown(value: CelValue | undefined): value is Unknown {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isMadeMapping(value) &&
    !Array.isArray(value) &&
    (value as Partial<Unknown>)[kind] === 'unknown'
  );
}

function notKnown(what: string): never {
  throw new CelError(`${what} cannot be known outside the cluster`, 'unknown');
}

const openMappings = new WeakMap<Mapping, string>();

/** Marks a mapping that the cluster may have more entries of; `what` names them. */
export function openMapping(mapping: Mapping, what: string): Mapping {
  openMappings.set(mapping, what);
  return mapping;
}

/** Throws where the cluster may have more entries than the mapping. */
function assertClosed(mapping: Mapping): void {
  const what = openMappings.get(mapping);
  if (what !== undefined) notKnown(what);
}

export function double(value: number): Double {
  return { [kind]: 'double', value };
}

export function uint(value: bigint): Uint {
  return { [kind]: 'uint', value };
}

export function optional(value: CelValue | undefined): Optional {
  return { [kind]: 'optional', value };
}

export function typeNamed(name: string): TypeName {
  return { [kind]: 'type', name };
}

export function isSpecial(value: CelValue | undefined): value is Special {
  // Mappings have no prototype: that is quicker to see than that a symbol is not in them.
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null && kind in value
  );
}

export function isOptional(value: CelValue | undefined): value is Optional {
  return isSpecial(value) && value[kind] === 'optional';
}

export function isList(value: CelValue | undefined): value is CelList {
  return Array.isArray(value);
}

export function isMadeMap(value: CelValue | undefined): value is CelMap {
  return value instanceof Map;
}

/** Whether the value is a mapping of the object (and not one that an expression made). */
export function isObjectMap(value: CelValue | undefined): value is Mapping {
  if (typeof value !== 'object' || value === null) return false;
  if (isMadeMapping(value)) return true;
  return (
    !Array.isArray(value) && !(value instanceof Map) && !(value instanceof Uint8Array) && !(kind in value)
  );
}

export function isMap(value: CelValue | undefined): value is CelMap | Mapping {
  return isObjectMap(value) || isMadeMap(value);
}

/** CEL's name of a value's type, as `type()` and error messages give it. */
export function typeOf(value: CelValue): string {
  if (value === null) return 'null_type';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return typeOf(lift(value));
    case 'string':
      return 'string';
  }
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Map) return 'map';
  if (isSpecial(value)) return specialTypes[value[kind]];
  return 'map';
}

const specialTypes: Record<Special[typeof kind], string> = {
  double: 'double',
  uint: 'uint',
  duration: 'google.protobuf.Duration',
  timestamp: 'google.protobuf.Timestamp',
  optional: 'optional_type',
  type: 'type',
  url: 'kubernetes.URL',
  ip: 'net.IP',
  cidr: 'net.CIDR',
  quantity: 'kubernetes.Quantity',
  semver: 'kubernetes.Semver',
  format: 'kubernetes.NamedFormat',
  unknown: 'unknown',
};

/** The value under a key, or undefined. */
export function entryOf(map: CelMap | Mapping, key: CelValue): CelValue | undefined {
  if (map instanceof Map) {
    const made = map.get(mapKey(key));
    return made === undefined ? undefined : lift(made);
  }
  const found = rawEntryOf(map as Mapping, key);
  return found === undefined ? undefined : lift(found);
}

/** Whether there is a value under a key, known or not. */
export function hasEntry(map: CelMap | Mapping, key: CelValue): boolean {
  if (map instanceof Map) return map.has(mapKey(key));
  return rawEntryOf(map as Mapping, key) !== undefined;
}

function rawEntryOf(map: Mapping, key: CelValue): Value | undefined {
  if (typeof key !== 'string') return undefined;
  const found = isMadeMapping(map) || Object.hasOwn(map, key) ? map[key] : undefined;
  if (found === undefined) assertClosed(map);
  return found;
}

/** What `fieldOf` gives for what is no mapping of the object. */
export const noMapping: unique symbol = Symbol('no mapping');

/**
 * The value under a name where `value` is a mapping of the object: the way of nearly every step of an expression.
 * `noMapping` where it is none, and the long way is to be taken.
 */
export function fieldOf(value: CelValue | undefined, name: string): CelValue | undefined | typeof noMapping {
  if (typeof value !== 'object' || value === null || !isMadeMapping(value)) return noMapping;
  const found = value[name];
  if (found !== undefined) return lift(found);
  assertClosed(value);
  return undefined;
}

/** A key in words, whatever an expression takes for one. */
export function keyText(key: CelValue): string {
  const known = mapKey(key);
  return typeof known === 'object' ? 'that is not a key' : String(known);
}

/** The key under which a map that an expression makes holds an entry. */
export function mapKey(key: CelValue): CelKey {
  if (isSpecial(key) && (key[kind] === 'uint' || key[kind] === 'double')) {
    return key[kind] === 'uint'
      ? key.value
      : Number.isInteger(key.value)
        ? BigInt(key.value)
        : String(key.value);
  }
  return key as CelKey;
}

export function keysOf(map: CelMap | Mapping): CelKey[] {
  if (map instanceof Map) return [...map.keys()];
  assertClosed(map as Mapping);
  return Object.keys(map);
}

/** A JSON value of a CEL value, for reports; undefined where JSON has no such thing. */
export function toJson(value: CelValue): Value | undefined {
  if (isSpecial(value)) return value[kind] === 'double' ? value.value : undefined;
  if (value instanceof Map || value instanceof Uint8Array) return undefined;
  return isMapping(value as Value) || !Array.isArray(value) ? (value as Value) : (value.map(toJson) as Value);
}
