import { isSequence, newMapping } from '../source/value.ts';
import { valueNumber } from '../source/value-text.ts';
import type { Argument, Functions } from './argument.ts';
import { Unsupported } from './parse.ts';
import { printValue } from './print.ts';

const maximumLength = 1_000_000;

/** The functions of sprig for texts; the text comes last, so that it can be piped. */
export const textFunctions: Functions = {
  lower: ([text]) => printValue(text).toLowerCase(),
  upper: ([text]) => printValue(text).toUpperCase(),
  title: ([text]) => printValue(text).replaceAll(/(?<![\p{L}\p{N}_'])\p{L}/gu, (one) => one.toUpperCase()),
  untitle: ([text]) => printValue(text).replace(/^\p{L}/u, (one) => one.toLowerCase()),
  trim: ([text]) => printValue(text).trim(),
  trimAll: ([characters, text]) => trimmed(characters, text),
  trimPrefix: ([prefix, text]) => withoutPrefix(printValue(text), printValue(prefix)),
  trimSuffix: ([suffix, text]) => withoutSuffix(printValue(text), printValue(suffix)),
  nospace: ([text]) => printValue(text).replaceAll(/\s/gu, ''),
  replace: ([from, to, text]) => printValue(text).split(printValue(from)).join(printValue(to)),
  repeat: ([times, text]) => repeated(printValue(text), valueNumber(times)),
  trunc: ([length, text]) => truncated(printValue(text), valueNumber(length)),
  substr: ([start, end, text]) => substring(printValue(text), valueNumber(start), valueNumber(end)),
  contains: ([part, text]) => printValue(text).includes(printValue(part)),
  hasPrefix: ([part, text]) => printValue(text).startsWith(printValue(part)),
  hasSuffix: ([part, text]) => printValue(text).endsWith(printValue(part)),
  quote: (args) => args.map((one) => JSON.stringify(printValue(one))).join(' '),
  squote: (args) => args.map((one) => `'${printValue(one)}'`).join(' '),
  cat: (args) => args.map(printValue).join(' '),
  indent: ([size, text]) => indented(printValue(text), valueNumber(size)),
  nindent: ([size, text]) => `\n${indented(printValue(text), valueNumber(size))}`,
  kebabcase: ([text]) => wordsOf(printValue(text)).join('-'),
  snakecase: ([text]) => wordsOf(printValue(text)).join('_'),
  camelcase: ([text]) =>
    wordsOf(printValue(text))
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join(''),
  splitList: ([separator, text]) => printValue(text).split(printValue(separator)),
  split: ([separator, text]) => {
    const parts = newMapping();
    printValue(text)
      .split(printValue(separator))
      .forEach((part, index) => {
        parts[`_${index}`] = part;
      });
    return parts;
  },
  join: ([separator, list]) =>
    isSequence(list) ? list.map(printValue).join(printValue(separator)) : printValue(list),
  b64enc: ([text]) => encoded(printValue(text)),
  b64dec: ([text]) => decoded(printValue(text)),
  normalize: ([text]) => normalizeName(printValue(text)),
  slugify: (args) => slug(args),
};

/** A name as Kubernetes takes it (applicationset/utils SanitizeName). */
export function normalizeName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^-a-z0-9.]/gu, '-');
  return plain.slice(0, 253).replaceAll(/^[-.]+|[-.]+$/gu, '');
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function trimmed(characters: Argument, text: Argument): string {
  const set = new Set(printValue(characters));
  const letters = [...printValue(text)];
  const start = letters.findIndex((one) => !set.has(one));
  const end = letters.findLastIndex((one) => !set.has(one));
  return start < 0 ? '' : letters.slice(start, end + 1).join('');
}

function repeated(text: string, times: number): string {
  if (!(times >= 0) || times * text.length > maximumLength) throw new Unsupported('a text of this length');
  return text.repeat(times);
}

function truncated(text: string, length: number): string {
  if (length < 0) return text.length + length > 0 ? text.slice(length) : text;
  return text.slice(0, length);
}

function substring(text: string, start: number, end: number): string {
  if (start < 0) return text.slice(0, Math.max(0, end));
  return end < 0 || end > text.length ? text.slice(start) : text.slice(start, end);
}

function indented(text: string, size: number): string {
  const lines = text.split('\n');
  if (!(size >= 0) || size * lines.length > maximumLength) throw new Unsupported('a text of this length');
  return lines.map((line) => ' '.repeat(size) + line).join('\n');
}

function wordsOf(text: string): string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '');
}

function encoded(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text.slice(0, 50_000))));
}

function decoded(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text), (one) => one.codePointAt(0) ?? 0);
    return new TextDecoder().decode(bytes);
  } catch {
    throw new Unsupported('a text that is no base64');
  }
}

/** The name last; the length and whether to cut between words may stand before it (applicationset/utils SlugifyName). */
function slug(args: readonly Argument[]): string {
  const limit = args.length > 1 ? valueNumber(args[0]) : 50;
  const isSmart = args.length > 2 ? args[1] === true : true;
  const name = normalizeName(printValue(args.at(-1)))
    .replaceAll(/[^a-z0-9_]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  if (name.length <= limit) return name;
  if (!isSmart) return name.slice(0, limit).replace(/-+$/u, '');
  const words = name.split('-');
  let short = words[0] ?? '';
  if (short.length > limit) return short.slice(0, limit);
  for (const word of words.slice(1)) {
    if (short.length + 1 + word.length > limit) break;
    short += `-${word}`;
  }
  return short;
}
