import {
  type Facts,
  type ObjectType,
  type Property,
  propertiesOf,
  type Type,
  typeNameOf,
} from '../../schema/facts.ts';
import { type ZeroMark, zeroMarksOf } from '../../schema/go-fields.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../../source/value.ts';
import { canonicalAmount, canonicalQuantity } from './canonical-quantity.ts';
import { defaultOf } from './defaults/by-type.ts';

/**
 * A built-in object as the server has it after decoding and defaulting, written out again: nulls are zero values, zero values are
 * left out where their fields say so, quantities are canonical. Unknown fields are gone.
 */
export function decodeBuiltIn(object: Mapping, facts: Facts, type: ObjectType): MutableMapping {
  const decoded = decodeRequest(object, facts, type);
  omitEmpty(decoded, facts, type);
  return decoded;
}

/**
 * The same as the server validates it, before it writes it: an empty list or map of the request is there, and takes the place of a
 * default that is given only where none is.
 */
export function decodeRequest(object: Mapping, facts: Facts, type: ObjectType): MutableMapping {
  const decoded = decodeObject(object, facts, type);
  for (const key of ['apiVersion', 'kind']) if (object[key] !== undefined) decoded[key] = object[key];
  return decoded;
}

function decodeObject(source: Mapping, facts: Facts, type: ObjectType): MutableMapping {
  const properties = propertiesOf(facts, type);
  const marks = zeroMarksOf(type);
  const draft = newMapping();
  for (const key of Object.keys(source)) {
    const property = properties.get(key);
    if (property === undefined) continue;
    const value = decodeField(source[key] as Value, facts, property.type, marks.get(key));
    if (value !== undefined) draft[key] = value;
  }
  for (const [key, mark] of marks) {
    const property = properties.get(key);
    if (property === undefined || mark === '*' || draft[key] !== undefined) continue;
    draft[key] = mark === '?' ? null : zeroOf(facts, property.type);
  }
  complete(draft, type, properties);
  return draft;
}

/** The defaults that the types' own declarations give, then those that code gives. */
function complete(draft: MutableMapping, type: ObjectType, properties: ReadonlyMap<string, Property>): void {
  for (const [key, { attributes }] of properties) {
    if (attributes?.d !== undefined && (draft[key] ?? '') === '') draft[key] = attributes.d as Value;
  }
  defaultOf(typeNameOf(type))?.(draft);
}

/** Undefined where the server's object has no such field. */
function decodeField(value: Value, facts: Facts, type: Type, mark: ZeroMark | undefined): Value | undefined {
  if (value === null) return undefined;
  if (type.is === 'object') return isMapping(value) ? decodeObject(value, facts, type) : undefined;
  const decoded = decodeValue(value, facts, type);
  return mark === undefined && isZero(decoded) && isZeroable(type) ? undefined : decoded;
}

function isZero(value: Value): boolean {
  return value === '' || value === 0 || value === false || value === null;
}

/** Takes away the lists and maps that are not written when they are empty. */
function omitEmpty(draft: MutableMapping, facts: Facts, type: ObjectType): void {
  const marks = zeroMarksOf(type);
  for (const [key, { type: of }] of propertiesOf(facts, type)) {
    const value = draft[key];
    if (value === undefined || value === null) continue;
    if (!marks.has(key) && (of.is === 'list' || of.is === 'map') && isEmpty(value)) delete draft[key];
    else omitEmptyBelow(value, facts, of);
  }
}

function omitEmptyBelow(value: Value, facts: Facts, type: Type): void {
  if (type.is === 'object' && isMapping(value)) omitEmpty(value as MutableMapping, facts, type);
  else if (type.is === 'list' && isSequence(value))
    for (const item of value) omitEmptyBelow(item, facts, type.items);
  else if (type.is === 'map' && isMapping(value))
    for (const entry of Object.values(value)) omitEmptyBelow(entry, facts, type.values);
}

function isEmpty(value: Value): boolean {
  if (isSequence(value)) return value.length === 0;
  return isMapping(value) && Object.keys(value).length === 0;
}

/** Structs and pointers to them are kept whatever they hold, lists and maps until the defaults are given. */
function isZeroable(type: Type): boolean {
  return (
    !['any', 'raw', 'quantity', 'intOrString', 'time', 'microtime'].includes(type.is) &&
    !type.is.startsWith('schema')
  );
}

function decodeValue(value: Value, facts: Facts, type: Type): Value {
  switch (type.is) {
    case 'object':
      return decodeObject(isMapping(value) ? value : newMapping(), facts, type);
    case 'list':
      return isSequence(value) ? value.map((item) => decodeItem(item, facts, type.items)) : [];
    case 'map':
      return isMapping(value) ? decodeMap(value, facts, type.values) : newMapping();
    case 'quantity':
      return canonicalQuantity(value);
    case 'time':
      return canonicalTime(value);
    default:
      return value;
  }
}

function decodeItem(item: Value, facts: Facts, type: Type): Value {
  return item === null ? zeroOf(facts, type) : decodeValue(item, facts, type);
}

function decodeMap(map: Mapping, facts: Facts, type: Type): Mapping {
  const draft = newMapping();
  for (const key of Object.keys(map)) {
    const value = map[key] as Value;
    draft[key] = type.is === 'quantity' ? canonicalAmount(value) : decodeItem(value, facts, type);
  }
  return draft;
}

/** What Go writes for a value that nobody set. */
function zeroOf(facts: Facts, type: Type): Value {
  switch (type.is) {
    case 'object':
      return decodeObject(newMapping(), facts, type);
    case 'str':
      return '';
    case 'bool':
      return false;
    case 'quantity':
      return '0';
    case 'i32':
    case 'i64':
    case 'num':
    case 'intOrString':
      return 0;
    default:
      return null;
  }
}

/** RFC 3339 in UTC to the second; what is no time stays as it is. */
function canonicalTime(value: Value): Value {
  if (typeof value !== 'string') return value;
  const millis = Date.parse(value);
  return Number.isNaN(millis) ? value : `${new Date(millis).toISOString().slice(0, 19)}Z`;
}

/** What Go writes of a struct that nobody set a field of. */
export function zeroObject(facts: Facts, type: ObjectType): MutableMapping {
  return decodeObject(newMapping(), facts, type);
}
