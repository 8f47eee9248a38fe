import { ownOf } from '../../../source/own.ts';
import { CelError, noSuchOverload } from '../cel-error.ts';
import { type CelList, type CelValue, isList } from '../cel-value.ts';
import { charge } from '../scope.ts';
import { intArgument, type Library, listArgument, stringArgument } from './argument.ts';
import { formatText } from './format-text.ts';

/** Strings count in code points, as cel-go's do. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}

function at(index: bigint, length: number, what: string): number {
  if (index < 0n || index > BigInt(length)) throw new CelError(`${what}: index out of range: ${index}`);
  return Number(index);
}

/** Where a search begins: beyond the end nothing is found, which is no error. */
function positionOf(from: CelValue | undefined, fallback: number): number {
  if (from === undefined) return fallback;
  const position = intArgument(from);
  if (position < 0n) throw new CelError(`index out of range: ${position}`);
  return Number(position);
}

function indexOf(text: string, search: string, from: number): bigint {
  const points = codePoints(text);
  if (search === '') return BigInt(from);
  const found = points.slice(from).join('').indexOf(search);
  if (found < 0) return -1n;
  return BigInt(from + codePoints(points.slice(from).join('').slice(0, found)).length);
}

function lastIndexOf(text: string, search: string, upTo: number): bigint {
  const points = codePoints(text);
  if (search === '') return BigInt(upTo);
  if (upTo > points.length) return -1n;
  const wanted = codePoints(search);
  for (let index = Math.min(upTo, points.length - wanted.length); index >= 0; index--) {
    if (wanted.every((point, offset) => points[index + offset] === point)) return BigInt(index);
  }
  return -1n;
}

function replace(text: string, from: string, to: string, limit: bigint): string {
  if (limit < 0n) return text.replaceAll(from, () => to);
  let rest = text;
  let result = '';
  for (let left = limit; left > 0n; left--) {
    const index = rest.indexOf(from);
    if (index < 0) break;
    result += rest.slice(0, index) + to;
    rest = rest.slice(index + from.length);
  }
  return result + rest;
}

function split(text: string, separator: string, limit: bigint): string[] {
  if (limit === 0n) return [];
  const parts = separator === '' ? codePoints(text) : text.split(separator);
  if (limit < 0n || BigInt(parts.length) <= limit) return parts;
  const count = Number(limit) - 1;
  return [...parts.slice(0, count), parts.slice(count).join(separator)];
}

function join(list: CelList, separator: string): string {
  return list.map((item) => stringArgument(item)).join(separator);
}

function quote(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '\\': '\\\\',
    '"': '\\"',
  };
  return `"${Array.from(text, (point) => ownOf(escapes, point) ?? point).join('')}"`;
}

const ascii = (text: string, pattern: RegExp, change: (part: string) => string) =>
  text.replaceAll(pattern, change);

// What Go's unicode.IsSpace takes for space.
const goSpace = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const outerSpace = new RegExp(`^${goSpace}|${goSpace}$`, 'gu');

export const stringMethods: Library = {
  startsWith: ([text, prefix]) => stringArgument(text).startsWith(stringArgument(prefix)),
  endsWith: ([text, suffix]) => stringArgument(text).endsWith(stringArgument(suffix)),
  contains: ([text, part]) => stringArgument(text).includes(stringArgument(part)),
  lowerAscii: ([text]) => ascii(stringArgument(text), /[A-Z]+/g, (part) => part.toLowerCase()),
  upperAscii: ([text]) => ascii(stringArgument(text), /[a-z]+/g, (part) => part.toUpperCase()),
  trim: ([text]) => stringArgument(text).replace(outerSpace, ''),
  reverse: ([text]) => {
    if (isList(text)) return text.toReversed();
    return codePoints(stringArgument(text)).reverse().join('');
  },
  charAt: ([text, index]) => {
    const points = codePoints(stringArgument(text));
    return points[at(intArgument(index), points.length, 'charAt')] ?? '';
  },
  indexOf: ([text, search, from]) => {
    if (isList(text)) throw noSuchOverload();
    return indexOf(stringArgument(text), stringArgument(search), positionOf(from, 0));
  },
  lastIndexOf: ([text, search, from]) => {
    const length = codePoints(stringArgument(text)).length;
    return lastIndexOf(stringArgument(text), stringArgument(search), positionOf(from, length));
  },
  substring: ([text, start, end]) => {
    const points = codePoints(stringArgument(text));
    const first = at(intArgument(start), points.length, 'substring');
    const last = end === undefined ? points.length : at(intArgument(end), points.length, 'substring');
    if (first > last) throw new CelError(`invalid substring range. start: ${first}, end: ${last}`);
    return points.slice(first, last).join('');
  },
  replace: ([text, from, to, limit], scope) => {
    const result = replace(
      stringArgument(text),
      stringArgument(from),
      stringArgument(to),
      limit === undefined ? -1n : intArgument(limit),
    );
    charge(scope.root, Math.ceil(result.length / 10));
    return result;
  },
  split: ([text, separator, limit], scope) => {
    const parts = split(
      stringArgument(text),
      stringArgument(separator),
      limit === undefined ? -1n : intArgument(limit),
    );
    charge(scope.root, parts.length);
    return parts;
  },
  join: ([list, separator], scope) => {
    const result = join(listArgument(list), separator === undefined ? '' : stringArgument(separator));
    charge(scope.root, Math.ceil(result.length / 10));
    return result;
  },
  format: ([template, args], scope) => {
    const result = formatText(stringArgument(template), listArgument(args));
    charge(scope.root, Math.ceil(result.length / 10));
    return result;
  },
};

export const stringFunctions: Library = {
  'strings.quote': ([text]) => quote(stringArgument(text)),
};
