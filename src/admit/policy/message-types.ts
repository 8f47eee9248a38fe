import { ownOf } from '../../source/own.ts';
import { bool, type CelType, dyn, int, listOf, mapOf, string } from './cel-type.ts';

const prefix = 'google.protobuf.';
const double: CelType = { name: 'double', of: [] };
const uint: CelType = { name: 'uint', of: [] };
const bytes: CelType = { name: 'bytes', of: [] };

const wrapped: Readonly<Record<string, CelType>> = {
  BoolValue: bool,
  BytesValue: bytes,
  DoubleValue: double,
  FloatValue: double,
  Int32Value: int,
  Int64Value: int,
  StringValue: string,
  UInt32Value: uint,
  UInt64Value: uint,
};

const others: Readonly<Record<string, readonly [type: CelType, fields: Readonly<Record<string, CelType>>]>> =
  {
    Any: [dyn, { type_url: string, value: bytes }],
    Duration: [
      { name: 'duration', of: [] },
      { seconds: int, nanos: int },
    ],
    Timestamp: [
      { name: 'timestamp', of: [] },
      { seconds: int, nanos: int },
    ],
    ListValue: [listOf(dyn), { values: listOf(dyn) }],
    Struct: [mapOf(string, dyn), { fields: mapOf(string, dyn) }],
    Value: [
      dyn,
      {
        null_value: int,
        number_value: double,
        string_value: string,
        bool_value: bool,
        struct_value: mapOf(string, dyn),
        list_value: listOf(dyn),
      },
    ],
  };

/** The fields of a `JSONPatch`; those of an `Object` are looked at when the expression runs. */
const patchFields: ReadonlyMap<string, CelType> = new Map([
  ['op', string],
  ['path', string],
  ['from', string],
  ['value', dyn],
]);

/**
 * The type of a message that expressions may make: a well-known one of protocol buffers, and in a mutation `JSONPatch`,
 * `Object` and `Object.spec`; undefined for other names.
 */
export function messageType(name: string, isMutation: boolean): CelType | undefined {
  if (isMutation && isMutationType(name)) return { name, of: [] };
  if (!name.startsWith(prefix)) return undefined;
  const key = name.slice(prefix.length);
  if (Object.hasOwn(others, key)) return ownOf(others, key)?.[0];
  const value = Object.hasOwn(wrapped, key) ? ownOf(wrapped, key) : undefined;
  return value === undefined ? undefined : { name: `wrapper`, of: [value] };
}

export function isMutationType(name: string): boolean {
  return /^(?:JSONPatch$|Object$|Object\.)/u.test(name);
}

/** The type of one of its fields. */
export function messageField(name: string, field: string): CelType | undefined {
  if (name === 'JSONPatch') return patchFields.get(field);
  return name.startsWith(prefix) ? messageFields(name).get(field) : dyn;
}

function messageFields(name: string): ReadonlyMap<string, CelType> {
  const key = name.slice(prefix.length);
  const value = Object.hasOwn(wrapped, key) ? ownOf(wrapped, key) : undefined;
  return new Map(value === undefined ? Object.entries(ownOf(others, key)?.[1] ?? {}) : [['value', value]]);
}
