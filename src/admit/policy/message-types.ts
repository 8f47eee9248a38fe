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

/** The type of a well-known message of protocol buffers, the only ones that expressions may make; undefined for other names. */
export function messageType(name: string): CelType | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const key = name.slice(prefix.length);
  if (Object.hasOwn(others, key)) return others[key]?.[0];
  const value = Object.hasOwn(wrapped, key) ? wrapped[key] : undefined;
  return value === undefined ? undefined : { name: `wrapper`, of: [value] };
}

/** Its fields. */
export function messageFields(name: string): ReadonlyMap<string, CelType> {
  const key = name.slice(prefix.length);
  const value = Object.hasOwn(wrapped, key) ? wrapped[key] : undefined;
  return new Map(value === undefined ? Object.entries(others[key]?.[1] ?? {}) : [['value', value]]);
}
