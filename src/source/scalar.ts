import type { Reader } from './document.ts';
import { readTimestamp } from './timestamp.ts';

/** What a scalar may decode to; undefined for what JSON cannot hold, `.inf` and `.nan`. */
export type ScalarValue = null | boolean | number | bigint | string | undefined;

/**
 * Decodes a plain scalar as go-yaml v3 (`kustomize`) or v2 (`api-server`) does. Both look at the first character, so that
 * a word is a word without further tests.
 */
export function resolveScalar(text: string, reader: Reader): ScalarValue {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return resolveNumber(text, reader);
  switch (first) {
    case 43: // +
    case 45: // -
      return infinite.test(text) ? undefined : resolveNumber(text, reader);
    case 46: // .
      if (infinite.test(text)) return undefined;
      return dotFloat.test(text) ? finite(text.replaceAll('_', ''), text) : text;
    default:
      return text.length > 5 ? text : resolveWord(text, reader);
  }
}

const infinite = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/;
const dotFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const decimal = /^(?:0|[1-9][0-9]{0,14})$/;
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
// go-yaml cuts `0b` and, in v3, `0o` off by itself, too, and so lets a sign through behind them.
const signInside = /^0([bo])([-+])([0-7]+)$/;

function resolveWord(text: string, reader: Reader): ScalarValue {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  if (reader === 'kustomize') return text;
  switch (text) {
    case 'y':
    case 'Y':
    case 'yes':
    case 'Yes':
    case 'YES':
    case 'on':
    case 'On':
    case 'ON':
      return true;
    case 'n':
    case 'N':
    case 'no':
    case 'No':
    case 'NO':
    case 'off':
    case 'Off':
    case 'OFF':
      return false;
  }
  return text;
}

function resolveNumber(text: string, reader: Reader): ScalarValue {
  if (decimal.test(text)) return Number(text);
  // go-yaml v2 knows timestamps, but hands their text on.
  const timestamp = readTimestamp(text);
  if (timestamp !== undefined) return reader === 'kustomize' ? timestamp : text;
  const plain = text.replaceAll('_', '');
  const whole = resolveInteger(plain);
  if (whole !== undefined) return whole;
  if (float.test(plain)) return finite(plain, text);
  return resolveSignInside(plain, reader) ?? text;
}

/** Whether a text that resolves to a number is written as an integer, and fits into one. */
export function isInteger(text: string, reader: Reader): boolean {
  const plain = text.replaceAll('_', '');
  return resolveInteger(plain) !== undefined || resolveSignInside(plain, reader) !== undefined;
}

function resolveInteger(plain: string): number | bigint | undefined {
  const match = integer.exec(plain);
  if (match === null) return undefined;
  const [, sign = '', digits = ''] = match;
  const magnitude = BigInt(isOldOctal(digits) ? `0o${digits.slice(1)}` : digits);
  const value = sign === '-' ? -magnitude : magnitude;
  if (!fits(value, sign)) return undefined;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function isOldOctal(digits: string): boolean {
  return digits.length > 1 && /^0[0-7]+$/.test(digits);
}

/** Signed numbers are int64, those without a sign may be uint64; what is larger is a float. */
function fits(value: bigint, sign: string): boolean {
  return value >= -(2n ** 63n) && value < (sign === '' ? 2n ** 64n : 2n ** 63n);
}

function resolveSignInside(plain: string, reader: Reader): number | undefined {
  const match = signInside.exec(plain);
  if (match === null) return undefined;
  const [, base, sign, digits = ''] = match;
  if (digits.length > 16 || (base === 'o' && reader === 'api-server')) return undefined;
  if (base === 'b' && /[2-7]/.test(digits)) return undefined;
  const magnitude = Number.parseInt(digits, base === 'b' ? 2 : 8);
  return sign === '-' ? -magnitude : magnitude;
}

function finite(plain: string, text: string): number | string {
  const value = Number(plain);
  return Number.isFinite(value) ? value : text;
}
