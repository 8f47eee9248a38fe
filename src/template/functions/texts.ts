import { FunctionError, UnsupportedTemplate } from '../template-error.ts';
import { numberIn, textIn } from '../value/argument.ts';
import { compareTexts, isList, textList } from '../value/datum.ts';
import { computes } from '../value/go-function.ts';
import { lowerOf, upperOf } from '../value/letters.ts';
import type { Functions, GoMap, Known } from '../value/model.ts';
import { printValue } from '../value/print.ts';
import { quoteGo } from '../value/quote.ts';
import { strslice, strval } from '../value/strval.ts';
import { byteLength, charactersIn, latinOf, sliceBytes } from './bytes.ts';
import { arranges, type Piece } from './pieces.ts';

const maximumRepeats = 1_000_000;

/** The functions of sprig 3.3 for texts; the text comes last, so that it can be piped. */
export const textFunctions: Functions = {
  trim: arranges(['text'], ([text]) => [trimmed(textIn(text), 0, goSpace)]),
  trimAll: arranges(['text', 'text'], ([cut, text]) => [trimmed(textIn(text), 1, setOf(textIn(cut)))]),
  trimall: arranges(['text', 'text'], ([cut, text]) => [trimmed(textIn(text), 1, setOf(textIn(cut)))]),
  trimPrefix: arranges(['text', 'text'], ([prefix, text]) => {
    const start = textIn(text).startsWith(textIn(prefix)) ? textIn(prefix).length : 0;
    return [{ of: 1, start }];
  }),
  trimSuffix: arranges(['text', 'text'], ([suffix, text]) => {
    const [cut, whole] = [textIn(suffix), textIn(text)];
    return [{ of: 1, end: whole.endsWith(cut) ? whole.length - cut.length : whole.length }];
  }),
  trunc: arranges(['int', 'text'], ([size, text]) => [truncated(numberIn(size), textIn(text))]),
  substr: computes(['int', 'int', 'text'], substring),
  indent: arranges(['int', 'text'], ([size, text]) => indented(numberIn(size), textIn(text))),
  nindent: arranges(['int', 'text'], ([size, text]) => ['\n', ...indented(numberIn(size), textIn(text))]),
  replace: arranges(['text', 'text', 'text'], ([old, , text]) => replaced(textIn(old), textIn(text))),
  quote: arranges([], (args) => quoted(args, '"'), 'any'),
  squote: arranges([], (args) => quoted(args, "'"), 'any'),
  cat: arranges(
    [],
    (args) =>
      trimLast(
        args.flatMap(({ value }, of): Piece[] =>
          value === null ? [] : [{ of, text: printValue(value) }, ' '],
        ),
      ),
    'any',
  ),
  repeat: computes(['int', 'text'], repeated),
  upper: computes(['text'], upperOf),
  lower: computes(['text'], lowerOf),
  contains: computes(['text', 'text'], (part, text) => text.includes(part)),
  hasPrefix: computes(['text', 'text'], (part, text) => text.startsWith(part)),
  hasSuffix: computes(['text', 'text'], (part, text) => text.endsWith(part)),
  nospace: computes(['text'], withoutSpace),
  plural: computes(['text', 'text', 'int'], (one, many, count) => (count === 1 ? one : many)),
  toString: arranges(['any'], ([value]) => [{ of: 0, text: strval(value?.value) }]),
  toStrings: computes(['any'], (value) => textList(strslice(value))),
  join: computes(['text', 'any'], (separator, value) => strslice(value).join(separator)),
  sortAlpha: computes(['any'], (value) =>
    textList(isList(value) ? strslice(value).sort(compareTexts) : [strval(value)]),
  ),
  split: computes(['text', 'text'], (separator, text) => numbered(splitText(text, separator))),
  splitn: computes(['text', 'int', 'text'], (separator, count, text) =>
    numbered(splitText(text, separator, count)),
  ),
  splitList: computes(['text', 'text'], (separator, text) => textList(splitText(text, separator))),
  shuffle: computes(['text'], (text) => text),
  hello: computes([], () => 'Hello!'),
};

const goSpace = (character: string): boolean =>
  /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u.test(character);

function setOf(characters: string): (character: string) => boolean {
  const set = new Set(characters);
  return (character) => set.has(character);
}

function trimmed(text: string, of: number, isCut: (character: string) => boolean): Piece {
  let [start, end] = [0, text.length];
  while (start < end && isCut(text[start] ?? '')) start += 1;
  while (end > start && isCut(text[end - 1] ?? '')) end -= 1;
  return { of, start, end };
}

function truncated(size: number, text: string): Piece {
  const length = byteLength(text);
  if (size < 0 && length + size > 0) return { of: 1, start: charactersIn(text, length + size) };
  return size >= 0 && length > size ? { of: 1, end: charactersIn(text, size) } : { of: 1 };
}

function substring(start: number, end: number, text: string): string {
  const length = byteLength(text);
  const [from, to] = start < 0 ? [0, end] : end < 0 || end > length ? [start, length] : [start, end];
  if (to < 0 || to > length)
    throw new FunctionError(`runtime error: slice bounds out of range [:${to}] with length ${length}`);
  if (from > to) throw new FunctionError(`runtime error: slice bounds out of range [${from}:${to}]`);
  return sliceBytes(text, from, to);
}

function indented(size: number, text: string): Piece[] {
  if (size < 0) throw new FunctionError('strings: negative Repeat count');
  if (size > maximumRepeats) throw new UnsupportedTemplate('a string of this length');
  const margin = ' '.repeat(size);
  return linesOf(text).flatMap((line): Piece[] =>
    size === 0 ? [{ of: 1, ...line }] : [margin, { of: 1, ...line }],
  );
}

/** The lines of a text, each with its break. */
function linesOf(text: string): { readonly start: number; readonly end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
    lines.push({ start, end: at + 1 });
    start = at + 1;
  }
  return [...lines, { start, end: text.length }];
}

function replaced(old: string, text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  if (old === '') return [...text].flatMap((one): Piece[] => [{ of: 1 }, one]).concat({ of: 1 });
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, start)) {
    pieces.push({ of: 2, start, end: at }, { of: 1 });
    start = at + old.length;
  }
  return [...pieces, { of: 2, start }];
}

/** Each argument in quotes, with spaces between; what is nil is left out. */
function quoted(args: readonly Known[], mark: '"' | "'"): Piece[] {
  const pieces = args.flatMap(({ value }, of): Piece[] => {
    if (value === null) return [];
    const text = strval(value);
    const whole = mark === '"' ? quoteGo(text) : `'${printValue(value)}'`;
    const inner = whole.slice(1, -1);
    return [' ', mark, { of, text: inner }, mark];
  });
  return pieces.slice(1);
}

function trimLast(pieces: Piece[]): Piece[] {
  return pieces.slice(0, -1);
}

function repeated(count: number, text: string): string {
  if (count < 0) throw new FunctionError('strings: negative Repeat count');
  if (count * text.length > maximumRepeats) throw new UnsupportedTemplate('a string of this length');
  return text.repeat(count);
}

/** As strings.SplitN: no more than so many parts where a count is given. */
export function splitText(text: string, separator: string, count = -1): string[] {
  if (count === 0) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  if (count < 0 || parts.length <= count) return parts;
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

function numbered(parts: readonly string[]): GoMap {
  const entries = parts.map((value, index): [string, Known] => [`_${index}`, { value, origins: [] }]);
  return { kind: 'map', entries: new Map(entries), type: 'map[string]string' };
}

/** Goutils takes each byte for a character, and hands on what has no space among them. */
function withoutSpace(text: string): string {
  const bytes = latinOf(text);
  const kept = bytes.replaceAll(/[\s\x85\xa0]/gu, '');
  return kept === bytes ? text : kept;
}
