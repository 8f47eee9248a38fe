import { CelError, noSuchOverload } from '../cel-error.ts';
import {
  type CelValue,
  double,
  fitsInt,
  isList,
  isMap,
  isSpecial,
  keysOf,
  kind,
  type Timestamp,
  typeNamed,
  typeOf,
} from '../cel-value.ts';
import { checkedInt, checkedUint } from '../operators.ts';
import { ipText } from './address.ts';
import type { Library } from './argument.ts';
import { durationOf, parseDuration, parseTimestamp } from './time.ts';

/** `string(value)`. */
export function stringOf(value: CelValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return decodeUtf8(value);
  if (!isSpecial(value)) throw noSuchOverload();
  switch (value[kind]) {
    case 'double':
      return doubleText(value.value);
    case 'uint':
      return String(value.value);
    case 'duration':
      return `${decimal(value.nanos)}s`;
    case 'timestamp':
      return timestampText(value);
    case 'ip':
      return ipText(value);
    case 'cidr':
      return `${ipText(value.ip)}/${value.prefix}`;
    default:
      throw noSuchOverload();
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 64)`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function decimal(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const fraction = String(size % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nanos < 0n ? '-' : ''}${size / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

/** RFC 3339 in the offset in which it was written. */
function timestampText({ nanos, offset = 0 }: Timestamp): string {
  const local = nanos + BigInt(offset) * 60_000_000_000n;
  const rest = ((local % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const whole = new Date(Number((local - rest) / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return `${whole}${fraction}${offset === 0 ? 'Z' : offsetText(offset)}`;
}

function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pair(Math.floor(size / 60))}:${pair(size % 60)}`;
}

function intOf(value: CelValue | undefined): CelValue {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') {
    if (!/^[+-]?\d{1,19}$/.test(value) || !fitsInt(BigInt(value.replace('+', '')))) {
      throw new CelError(`strconv.ParseInt: parsing "${value}": invalid syntax`);
    }
    return BigInt(value.replace('+', ''));
  }
  if (!isSpecial(value)) throw noSuchOverload();
  if (value[kind] === 'uint') return checkedInt(value.value);
  if (value[kind] === 'timestamp') return value.nanos / 1_000_000_000n;
  if (value[kind] === 'duration') return value.nanos;
  if (value[kind] !== 'double') throw noSuchOverload();
  if (!Number.isFinite(value.value) || Math.abs(value.value) >= 2 ** 63)
    throw new CelError('integer overflow');
  return BigInt(Math.trunc(value.value));
}

function uintOf(value: CelValue | undefined): CelValue {
  if (isSpecial(value) && value[kind] === 'uint') return value;
  if (typeof value === 'bigint') return checkedUint(value);
  if (typeof value === 'string') {
    if (!/^\d{1,20}$/.test(value))
      throw new CelError(`strconv.ParseUint: parsing "${value}": invalid syntax`);
    return checkedUint(BigInt(value));
  }
  return checkedUint(intOf(value) as bigint);
}

/** Go's `strconv.ParseFloat`: with underscores between digits, and hexadecimal. */
function numberOf(text: string): number {
  const plain = text.replace(/(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])/g, '');
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d{1,5})$/.exec(plain);
  if (hex !== null) {
    const [, sign, whole = '', fraction = '', power = '0'] = hex;
    const size =
      Number.parseInt(`${whole}${fraction}` || 'x', 16) * 2 ** (Number(power) - 4 * fraction.length);
    return sign === '-' ? -size : size;
  }
  if (/^[+-]?0[xXbBoO]/.test(plain)) return Number.NaN;
  return Number(plain.replace(/^([+-]?)inf(inity)?$/i, '$1Infinity'));
}

function doubleOf(value: CelValue | undefined): CelValue {
  if (typeof value === 'bigint') return double(Number(value));
  if (typeof value === 'string') {
    const number = numberOf(value);
    if (value.trim() !== value || value === '' || (Number.isNaN(number) && value.toLowerCase() !== 'nan')) {
      throw new CelError(`strconv.ParseFloat: parsing "${value}": invalid syntax`);
    }
    return double(number);
  }
  if (!isSpecial(value)) throw noSuchOverload();
  if (value[kind] === 'double') return value;
  if (value[kind] === 'uint') return double(Number(value.value));
  throw noSuchOverload();
}

const trueWords = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const falseWords = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

function boolOf(value: CelValue | undefined): CelValue {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw noSuchOverload();
  if (trueWords.includes(value)) return true;
  if (falseWords.includes(value)) return false;
  throw new CelError(`strconv.ParseBool: parsing "${value}": invalid syntax`);
}

function parsed(value: CelValue | undefined, type: 'duration' | 'timestamp'): CelValue {
  if (isSpecial(value) && value[kind] === type) return value;
  if (typeof value === 'bigint')
    return type === 'timestamp' ? { [kind]: 'timestamp', nanos: value * 1_000_000_000n } : durationOf(value);
  if (typeof value !== 'string') throw noSuchOverload();
  const result = type === 'duration' ? parseDuration(value) : parseTimestamp(value);
  if (result === undefined) throw new CelError(`invalid ${type}: "${value}"`);
  return result;
}

/** `size(value)`: code points, bytes, items or entries. */
export function sizeOf(value: CelValue | undefined): bigint {
  if (typeof value === 'string') {
    // Characters, of which most texts have as many as units.
    if (!/[\ud800-\udbff]/.test(value)) return BigInt(value.length);
    let count = 0;
    for (const _ of value) count++;
    return BigInt(count);
  }
  if (isList(value) || value instanceof Uint8Array) return BigInt(value.length);
  if (isMap(value)) return BigInt(keysOf(value).length);
  throw noSuchOverload();
}

export const conversionFunctions: Library = {
  string: ([value]) => stringOf(value),
  int: ([value]) => intOf(value),
  uint: ([value]) => uintOf(value),
  double: ([value]) => doubleOf(value),
  bool: ([value]) => boolOf(value),
  bytes: ([value]) => (typeof value === 'string' ? new TextEncoder().encode(value) : (value ?? null)),
  dyn: ([value]) => value ?? null,
  type: ([value]) => typeNamed(typeOf(value ?? null)),
  duration: ([value]) => parsed(value, 'duration'),
  timestamp: ([value]) => parsed(value, 'timestamp'),
  size: ([value]) => sizeOf(value),
};
