import type { ScalarName } from '../../schema/facts.ts';
import { isSequence, type Value } from '../../source/value.ts';
import { valueNumber } from '../../source/value-text.ts';

/** What the Go type behind a field wants to see, in words; undefined where `value` decodes. Null always decodes, as the zero value. */
export function decodingProblem(is: ScalarName, value: Value): string | undefined {
  if (value === null) return undefined;
  switch (is) {
    case 'str':
      return typeof value === 'string' ? undefined : 'a string';
    case 'i32':
      return isInteger(value, 2 ** 31) ? undefined : 'a 32-bit integer';
    case 'i64':
      return isInteger(value, 2 ** 63) ? undefined : 'a 64-bit integer';
    case 'num':
      return isFiniteNumber(value) ? undefined : 'a number';
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'bytes':
      return isBytes(value) ? undefined : 'a base64 string';
    case 'quantity':
      return isQuantity(value) ? undefined : 'a quantity such as 500m, 2 or 1Gi';
    case 'intOrString':
      return typeof value === 'string' || isInteger(value, 2 ** 31)
        ? undefined
        : 'a 32-bit integer or a string';
    case 'time':
      return isTime(value, timePattern) ? undefined : 'a time such as 2026-01-31T12:00:00Z';
    case 'microtime':
      return isTime(value, microTimePattern) ? undefined : 'a time such as 2026-01-31T12:00:00.000000Z';
    default:
      return undefined;
  }
}

/** Go reads `80.0` and `8e1` as the integer 80, because only the value reaches it. */
export function isInteger(value: Value, limit: number): boolean {
  if (typeof value === 'bigint') return value >= -BigInt(limit) && value < BigInt(limit);
  return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;
}

function isFiniteNumber(value: Value): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

// Without digits it is 0: `m` and `.` decode. Spaces around it are dropped, but other white space reaches Go escaped.
const quantityPattern =
  /^ *(?=[^ ])[+-]?\d*\.?\d*(?:Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d{1,18})? *$/;

export function isQuantity(value: Value): boolean {
  if (typeof value === 'string') return quantityPattern.test(value);
  return isFiniteNumber(value);
}

const timePattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/;
const microTimePattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)[.,]\d{6}(?:Z|[+-](\d\d):(\d\d))$/;

function isTime(value: Value, pattern: RegExp): boolean {
  if (typeof value !== 'string') return false;
  const match = pattern.exec(value);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  if (Number(match[7] ?? 0) > 24 || Number(match[8] ?? 0) > 59) return false;
  return day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Base64 as Go reads it, which skips line breaks. */
export function isBase64(text: string): boolean {
  return base64Pattern.test(withoutBreaks(text));
}

/** A date and time of RFC 3339. */
export function isDateTime(text: string): boolean {
  return isTime(text, timePattern);
}

/** Where Go wants bytes it also takes a list of them. */
function isBytes(value: Value): boolean {
  if (typeof value === 'string') return isBase64(value);
  return (
    isSequence(value) &&
    value.every((item) => item === null || (isInteger(item, 256) && valueNumber(item) >= 0))
  );
}

function withoutBreaks(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, '') : text;
}
