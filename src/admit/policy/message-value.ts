import { ownOf } from '../../source/own.ts';
import { CelError } from './cel-error.ts';
import { type CelValue, kind } from './cel-value.ts';

const zeros: Readonly<Record<string, CelValue>> = {
  BoolValue: false,
  StringValue: '',
  BytesValue: new Uint8Array(),
  DoubleValue: { [kind]: 'double', value: 0 },
  FloatValue: { [kind]: 'double', value: 0 },
  Int32Value: 0n,
  Int64Value: 0n,
  UInt32Value: { [kind]: 'uint', value: 0n },
  UInt64Value: { [kind]: 'uint', value: 0n },
};

/** The value of a well-known message of protocol buffers: wrappers are what they wrap. */
export function messageValue(name: string, fields: ReadonlyMap<string, CelValue>): CelValue {
  const type = name.replace('google.protobuf.', '');
  if (type === 'Duration' || type === 'Timestamp') {
    const nanos = integer(fields, 'seconds') * 1_000_000_000n + integer(fields, 'nanos');
    return type === 'Duration' ? { [kind]: 'duration', nanos } : { [kind]: 'timestamp', nanos };
  }
  if (type === 'ListValue') return fields.get('values') ?? [];
  if (type === 'Struct') return fields.get('fields') ?? new Map();
  if (type === 'Value') return [...fields.values()][0] ?? null;
  const zero = Object.hasOwn(zeros, type) ? ownOf(zeros, type) : undefined;
  if (zero === undefined) throw new CelError(`unknown type: '${name}'`);
  return fields.get('value') ?? zero;
}

function integer(fields: ReadonlyMap<string, CelValue>, name: string): bigint {
  const value = fields.get(name);
  return typeof value === 'bigint' ? value : 0n;
}
