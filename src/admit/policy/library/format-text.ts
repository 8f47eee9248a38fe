import { ownOf } from '../../../source/own.ts';
import { CelError } from '../cel-error.ts';
import {
  type CelList,
  type CelValue,
  entryOf,
  isList,
  isMap,
  isSpecial,
  keysOf,
  kind,
  lift,
  typeOf,
} from '../cel-value.ts';
import { stringOf } from './conversions.ts';

/** `"%d of %s".format([…])`: the clauses of cel-go 0.26 ext/formatting.go, as it writes them for English. */
export function formatText(template: string, args: CelList): string {
  let index = 0;
  return template.replaceAll(/%(?:(\.\d*)?(.?))/gsu, (_, precision: string | undefined, clause: string) => {
    if (clause === '%' && precision === undefined) return '%';
    if (index >= args.length) throw new CelError(`index ${index} out of range`);
    if (clause === '') throw new CelError('unexpected end of string');
    const value = lift(args[index++] as CelValue);
    return clauseText(clause, precision === undefined ? 6 : Math.min(100, Number(precision.slice(1))), value);
  });
}

const takes: Readonly<Record<string, string>> = {
  d: 'decimal clause can only be used on integers',
  f: 'fixed-point clause can only be used on doubles',
  e: 'scientific clause can only be used on doubles',
  b: 'only integers and bools can be formatted as binary',
  o: 'octal clause can only be used on integers',
  x: 'only integers, byte buffers, and strings can be formatted as hex',
};

function clauseText(clause: string, precision: number, value: CelValue): string {
  if (clause === 's') return shown(value);
  const words = Object.hasOwn(takes, clause.toLowerCase()) ? ownOf(takes, clause.toLowerCase()) : undefined;
  if (words === undefined || (clause !== clause.toLowerCase() && clause !== 'X'))
    throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${clause}"`);
  const text = numberText(clause, precision, value);
  if (text === undefined) throw new CelError(`error during formatting: ${words}, was given ${typeOf(value)}`);
  return text;
}

function numberText(clause: string, precision: number, value: CelValue): string | undefined {
  const integer = isSpecial(value) && value[kind] === 'uint' ? value.value : value;
  switch (clause) {
    case 'd':
      return typeof integer === 'bigint' ? String(integer) : undefined;
    case 'o':
      return typeof integer === 'bigint' ? integer.toString(8) : undefined;
    case 'b':
      if (typeof integer === 'boolean') return integer ? '1' : '0';
      return typeof integer === 'bigint' ? integer.toString(2) : undefined;
    case 'x':
      return hexOf(integer);
    case 'X':
      return hexOf(integer)?.toUpperCase();
    default: {
      const double = doubleOf(value);
      if (double === undefined) return undefined;
      return clause === 'f' ? fixed(double, precision) : scientific(double);
    }
  }
}

function hexOf(value: CelValue): string | undefined {
  if (typeof value === 'bigint') return value.toString(16);
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (!(bytes instanceof Uint8Array)) return undefined;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function doubleOf(value: CelValue): number | undefined {
  if (isSpecial(value) && value[kind] === 'double') return value.value;
  const named: Readonly<Record<string, number>> = {
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    '-Infinity': Number.NEGATIVE_INFINITY,
  };
  return typeof value === 'string' && Object.hasOwn(named, value) ? ownOf(named, value) : undefined;
}

function fixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return infinite(value);
  const [whole = '', fraction] = decimals(value, precision).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Half goes to the even digit, as in Go; `toFixed` rounds it up. */
function decimals(value: number, precision: number): string {
  const text = value.toFixed(precision);
  const isHalf = Math.abs(value) < 2 ** 52 && (Math.abs(value) * 10 ** precision) % 1 === 0.5;
  if (!isHalf || precision > 0) return text;
  const even = 2 * Math.round(value / 2);
  return even.toFixed(0);
}

function infinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The precision does not count here, and what is no number is as wide as nine. */
function scientific(value: number): string {
  if (!Number.isFinite(value)) return infinite(value).padStart(6);
  const [mantissa = '', power = '0'] = value.toExponential(6).split('e');
  const digits = String(Math.abs(Number(power))).padStart(2, '0');
  const raised = Array.from(digits, (digit) => superscripts[Number(digit)]).join('');
  return `${mantissa}×10${Number(power) < 0 ? '⁻' : ''}${raised}`;
}

/** `%s`: lists and maps as CEL writes them. */
function shown(value: CelValue): string {
  if (isList(value)) return `[${value.map((item) => literal(lift(item))).join(', ')}]`;
  if (isMap(value)) {
    const entries = keysOf(value).map((key) => `${literal(key)}:${literal(entryOf(value, key) ?? null)}`);
    return `{${entries.sort().join(', ')}}`;
  }
  if (isSpecial(value) && value[kind] === 'type') return value.name;
  return value === null ? 'null' : stringOf(value);
}

function literal(value: CelValue): string {
  if (typeof value === 'string') return `"${value}"`;
  if (value instanceof Uint8Array) return `b"${stringOf(value)}"`;
  if (isSpecial(value)) {
    if (value[kind] === 'double')
      return Number.isFinite(value.value) ? value.value.toFixed(6) : `"${stringOf(value)}"`;
    if (value[kind] === 'duration' || value[kind] === 'timestamp')
      return `${value[kind]}("${stringOf(value)}")`;
  }
  return shown(value);
}
