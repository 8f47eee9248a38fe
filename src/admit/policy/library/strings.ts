import { CelError, noSuchOverload } from '../cel-error.ts';
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
import { charge } from '../scope.ts';
import { intArgument, type Library, listArgument, stringArgument } from './argument.ts';
import { stringOf } from './conversions.ts';

/** Strings count in code points, as cel-go's do. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}

function at(index: bigint, length: number, what: string): number {
  if (index < 0n || index > BigInt(length)) throw new CelError(`${what}: index out of range: ${index}`);
  return Number(index);
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
  if (search === '') return BigInt(Math.min(upTo, points.length));
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
  return `"${Array.from(text, (point) => escapes[point] ?? point).join('')}"`;
}

/** `"%d of %s".format([…])`; the verbs of cel-go's ext/formatting. */
function format(template: string, args: CelList): string {
  let index = 0;
  return template.replaceAll(/%(?:\.(\d{1,3}))?(.)/gs, (_, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    if (index >= args.length) throw new CelError(`index ${index} out of range`);
    return formatVerb(
      verb,
      precision === undefined ? 6 : Math.min(100, Number(precision)),
      lift(args[index++] as CelValue),
    );
  });
}

function formatVerb(verb: string, precision: number, value: CelValue): string {
  const number =
    isSpecial(value) && (value[kind] === 'uint' || value[kind] === 'double') ? value.value : value;
  switch (verb) {
    case 's':
      return show(value);
    case 'd':
      if (typeof number === 'bigint' || typeof number === 'number') return String(number);
      break;
    case 'f':
      if (typeof number === 'bigint' || typeof number === 'number') return Number(number).toFixed(precision);
      break;
    case 'e':
      if (typeof number === 'bigint' || typeof number === 'number') {
        return Number(number)
          .toExponential(precision)
          .replace(/e([+-])(\d)$/, 'e$10$2');
      }
      break;
    case 'b':
      if (typeof number === 'boolean') return number ? '1' : '0';
      if (typeof number === 'bigint') return number.toString(2);
      break;
    case 'o':
      if (typeof number === 'bigint') return number.toString(8);
      break;
    case 'x':
    case 'X': {
      const hex = hexOf(number);
      if (hex !== undefined) return verb === 'X' ? hex.toUpperCase() : hex;
      break;
    }
    default:
      throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
  throw new CelError(`error during formatting: %${verb} cannot take a ${typeOf(value)}`);
}

function hexOf(value: CelValue): string | undefined {
  if (typeof value === 'bigint') return value.toString(16);
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (!(bytes instanceof Uint8Array)) return undefined;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function show(value: CelValue): string {
  if (isList(value)) return `[${value.map((item) => show(lift(item))).join(', ')}]`;
  if (isSpecial(value) && value[kind] === 'type') return value.name;
  if (isMap(value)) {
    const entries = keysOf(value).map((key) => `${show(key)}: ${show(entryOf(value, key) as CelValue)}`);
    return `{${entries.sort().join(', ')}}`;
  }
  return value === null ? 'null' : stringOf(value);
}

const ascii = (text: string, pattern: RegExp, change: (part: string) => string) =>
  text.replaceAll(pattern, change);

export const stringMethods: Library = {
  startsWith: ([text, prefix]) => stringArgument(text).startsWith(stringArgument(prefix)),
  endsWith: ([text, suffix]) => stringArgument(text).endsWith(stringArgument(suffix)),
  contains: ([text, part]) => stringArgument(text).includes(stringArgument(part)),
  lowerAscii: ([text]) => ascii(stringArgument(text), /[A-Z]+/g, (part) => part.toLowerCase()),
  upperAscii: ([text]) => ascii(stringArgument(text), /[a-z]+/g, (part) => part.toUpperCase()),
  trim: ([text]) => stringArgument(text).trim(),
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
    const start =
      from === undefined ? 0 : at(intArgument(from), codePoints(stringArgument(text)).length, 'indexOf');
    return indexOf(stringArgument(text), stringArgument(search), start);
  },
  lastIndexOf: ([text, search, from]) => {
    const length = codePoints(stringArgument(text)).length;
    return lastIndexOf(
      stringArgument(text),
      stringArgument(search),
      from === undefined ? length : at(intArgument(from), length, 'lastIndexOf'),
    );
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
    const result = format(stringArgument(template), listArgument(args));
    charge(scope.root, Math.ceil(result.length / 10));
    return result;
  },
};

export const stringFunctions: Library = {
  'strings.quote': ([text]) => quote(stringArgument(text)),
};
