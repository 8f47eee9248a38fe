import { ownOf } from '../../source/own.ts';
import { FunctionError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { compareTexts, joinOrigins, knownValue, newList, noOrigins } from '../value/datum.ts';
import { formatPieces, formatText } from '../value/format.ts';
import { computes, computesMany, hands } from '../value/go-function.ts';
import { integerOf, isTruthy, typeOf } from '../value/kind.ts';
import type { Datum, Functions, GoObject, Known } from '../value/model.ts';
import { toFloat } from '../value/number.ts';
import { printResult, printValue } from '../value/print.ts';
import { strval } from '../value/strval.ts';
import { arrangePieces, type Piece } from './pieces.ts';

/** The functions that text/template has itself (Go 1.26, funcs.go), but for `and`, `or` and `call`. */
export const goFunctions: Functions = {
  not: computes(['any'], (value) => !isTruthy(value)),
  eq: computesMany(['any'], 'any', ([first], others) => isEqualToAny(first, others)),
  ne: computes(['any', 'any'], (a, b) => !isEqualToAny(a, [b])),
  lt: computes(['any', 'any'], (a, b) => isLess(a, b)),
  le: computes(['any', 'any'], (a, b) => isLess(a, b) || isEqualToAny(a, [b])),
  gt: computes(['any', 'any'], (a, b) => !isLess(a, b) && !isEqualToAny(a, [b])),
  ge: computes(['any', 'any'], (a, b) => !isLess(a, b)),
  len: computes(['any'], (value) => lengthOf(value)),
  index: hands(['any'], ([item = knownValue(null), ...keys]) => indexed(item, keys), 'any'),
  slice: computesMany(['any'], 'any', ([value], at) => sliceOf(value, at)),
  print: { takes: [], rest: 'any', call: (args, call) => arrangePieces(printed(args), args, call) },
  println: {
    takes: [],
    rest: 'any',
    call: (args, call) =>
      arrangePieces([args.map(({ value }) => printValue(value)).join(' '), '\n'], args, call),
  },
  printf: {
    takes: ['text'],
    rest: 'any',
    call: ([format = knownValue(''), ...args], call) => {
      const values = args.map(({ value }) => value);
      const pieces = formatPieces(textIn(format), values).map(
        ({ text, argument }): Piece => (argument === undefined ? text : { of: argument + 1, text }),
      );
      return arrangePieces(pieces, [format, ...args], call);
    },
  },
  html: computesMany([], 'any', (_, values) => escapeHtml(textOfAll(values))),
  js: computesMany([], 'any', (_, values) => escapeScript(textOfAll(values))),
  urlquery: computesMany([], 'any', (_, values) => escapeQuery(textOfAll(values))),
};

/** Spaces stand between what is no text, as with fmt.Sprint. */
function printed(args: readonly Known[]): Piece[] {
  return args.flatMap((arg, index): Piece[] => {
    const before = args[index - 1];
    const isApart = before !== undefined && typeof before.value !== 'string' && typeof arg.value !== 'string';
    const own = { of: index, text: printValue(arg.value) };
    return isApart ? [' ', own] : [own];
  });
}

/** All arguments as one text: what is nil is none here (text/template, evalArgs). */
function textOfAll(values: readonly Datum[]): string {
  const isText = (value: Datum): boolean =>
    typeof value === 'string' || value === null || value === undefined;
  const isApart = (index: number): boolean =>
    index > 0 && !isText(values[index]) && !isText(values[index - 1]);
  return values.map((value, index) => (isApart(index) ? ' ' : '') + printResult(value)).join('');
}

type Basic = 'bool' | 'string' | 'int' | 'float' | undefined;

function basicKind(value: Datum): Basic {
  if (integerOf(value) !== undefined) return 'int';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' ? 'float' : undefined;
}

function isEqualToAny(first: Datum, others: readonly Datum[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison');
  return others.some((other) => isEqual(first, other));
}

function isEqual(a: Datum, b: Datum): boolean {
  const [kind, other] = [basicKind(a), basicKind(b)];
  const isAbsent = (value: Datum): boolean => value === null || value === undefined;
  if (kind !== other) {
    if (isAbsent(a) || isAbsent(b)) return false;
    throw new FunctionError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
  }
  if (kind === 'int') return integerOf(a) === integerOf(b);
  if (kind !== undefined) return a === b;
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) === isAbsent(b);
  // Go prints what it cannot compare with %s, whatever it is.
  if (typeOf(a) !== typeOf(b))
    throw new FunctionError(formatText('non-comparable types %s: %v, %s: %v', [a, typeOf(a), typeOf(b), b]));
  if (isComparable(a) && isComparable(b)) return isSameObject(a, b);
  throw new FunctionError(formatText('non-comparable type %s: %v', [a, typeOf(a)]));
}

/** Structs without lists and maps, and pointers. */
function isComparable(value: Datum): value is GoObject {
  if (typeof value !== 'object' || value === null || value.kind !== 'object') return false;
  return value.type.startsWith('*') || comparable.has(value.type);
}

const comparable: ReadonlySet<string> = new Set(['time.Time', 'sprig.certificate', 'chartutil.KubeVersion']);

function isSameObject(a: GoObject, b: GoObject): boolean {
  if (a.type.startsWith('*')) return a === b;
  if (a.seconds !== b.seconds || a.nanoseconds !== b.nanoseconds) return false;
  return [...a.fields].every(([name, { value }]) => value === b.fields.get(name)?.value);
}

function isLess(a: Datum, b: Datum): boolean {
  const [kind, other] = [basicKind(a), basicKind(b)];
  if (kind === undefined || other === undefined) throw new FunctionError('invalid type for comparison');
  if (kind !== other)
    throw new FunctionError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
  if (kind === 'bool') throw new FunctionError('invalid type for comparison');
  if (kind === 'string') return compareTexts(strval(a), strval(b)) < 0;
  return kind === 'float' ? toFloat(a) < toFloat(b) : (integerOf(a) ?? 0n) < (integerOf(b) ?? 0n);
}

function lengthOf(value: Datum): bigint {
  if (typeof value === 'string') return BigInt(byteLength(value));
  if (value === null || value === undefined) throw new FunctionError('len of nil pointer');
  if (typeof value === 'object' && value.kind === 'list') return BigInt(value.items.length);
  if (typeof value === 'object' && value.kind === 'map') return BigInt(value.entries.size);
  if (typeof value === 'object' && value.kind === 'bytes') return BigInt(byteLength(value.text));
  throw new FunctionError(`len of type ${typeOf(value)}`);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function indexed(item: Known, keys: readonly Known[]): Known {
  if (item.value === null || item.value === undefined) throw new FunctionError('index of untyped nil');
  return keys.reduce(itemAt, item);
}

function itemAt(item: Known, key: Known): Known {
  const { value } = item;
  if (value === null || value === undefined) throw new FunctionError('index of nil pointer');
  if (typeof value === 'object' && value.kind === 'map') {
    if (typeof key.value !== 'string')
      throw new FunctionError(
        key.value === null
          ? 'value is nil; should be of type string'
          : `value has type ${typeOf(key.value)}; should be string`,
      );
    const missing = value.type === 'map[string]string' ? '' : null;
    return value.entries.get(key.value) ?? { value: missing, origins: noOrigins };
  }
  const isListed = typeof value === 'object' && value.kind === 'list';
  if (!isListed && typeof value !== 'string')
    throw new FunctionError(`can't index item of type ${typeOf(value)}`);
  const at = indexOf(key.value);
  const found = isListed ? value.items[at] : undefined;
  if (found !== undefined) return found;
  const byte = typeof value === 'string' ? new TextEncoder().encode(value)[at] : undefined;
  if (byte === undefined) throw new FunctionError(`index out of range: ${at}`);
  return { value: { kind: 'integer', type: 'uint8', value: BigInt(byte) }, origins: joinOrigins([item]) };
}

function indexOf(key: Datum): number {
  const at = integerOf(key);
  if (at !== undefined) return Number(at);
  if (key === null || key === undefined) throw new FunctionError('cannot index slice/array with nil');
  throw new FunctionError(`cannot index slice/array with type ${typeOf(key)}`);
}

function sliceOf(value: Datum, at: readonly Datum[]): Datum {
  if (value === null || value === undefined) throw new FunctionError('slice of untyped nil');
  if (at.length > 3) throw new FunctionError(`too many slice indexes: ${at.length}`);
  const [start = 0, end] = at.map(indexOf);
  if (typeof value === 'string') return value.slice(start, end);
  if (typeof value === 'object' && value.kind === 'list')
    return newList(value.items.slice(start, end), value.type);
  throw new FunctionError(`can't slice item of type ${typeOf(value)}`);
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[\0"'&<>]/gu, (one) => ownOf(htmlEscapes, one) ?? one);
}

function escapeScript(text: string): string {
  return text.replaceAll(/[\\'"<>&=\0-\x1f\u2028\u2029]/gu, (one) => {
    if (one === '\\' || one === "'" || one === '"') return `\\${one}`;
    return `\\u${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** As net/url's QueryEscape. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/gu, (one) => `%${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
}
