import { integerOf } from './kind.ts';
import type { Datum } from './model.ts';

/** A value as an int64, nothing where it is none (spf13/cast 1.7, ToInt64). */
export function toInteger(value: Datum): bigint {
  if (typeof value === 'number') return truncate(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') return parseInteger(value.replace(/\.0*$/u, '')) ?? 0n;
  return integerOf(value) ?? 0n;
}

function truncate(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** As strconv.ParseInt with base 0: a leading zero means octal, underscores may stand between digits. */
function parseInteger(text: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/u.exec(text) ?? [];
  const plain = /^(?:0[xXoObB]?_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/u.test(digits)
    ? digits.replaceAll('_', '')
    : digits;
  const octal = /^0[0-7]+$/u.test(plain) ? `0o${plain.slice(1)}` : plain;
  if (!/^(?:0|[1-9]\d*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/u.test(octal)) return undefined;
  const value = BigInt(octal.toLowerCase());
  const signed = sign === '-' ? -value : value;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

/** A value as a float64, nothing where it is none (ToFloat64). */
export function toFloat(value: Datum): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return parseFloatText(value) ?? 0;
  return Number(integerOf(value) ?? 0n);
}

function parseFloatText(text: string): number | undefined {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text)) return Number(text);
  const infinite = /^([+-]?)inf(?:inity)?$/iu.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/iu.test(text) ? Number.NaN : undefined;
}
