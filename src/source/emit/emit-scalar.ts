import { ownOf } from '../own.ts';
import { resolvesToOtherType } from './emit-resolve.ts';

const bestWidth = 80;

/**
 * A string value as it follows its indicator, to the end of its last line. `indent` is where continued lines start, `column`
 * where the text starts.
 */
export function formatString(value: string, indent: number, column: number): string {
  if (isObviouslyPlain(value) && !(column + value.length > bestWidth && value.includes(' ')))
    return `${value}\n`;
  return formatAnalysed(foldNextLine(value), indent, column);
}

/** A key longer than 128 bytes or of several lines needs a `?`. */
export function isSimpleKey(key: string): boolean {
  if (simpleKeys.has(key)) return true;
  const value = foldNextLine(key);
  return !lineBreak.test(value) && (value.length <= 42 || new TextEncoder().encode(value).length <= 128);
}

const simpleKeys = new Map<string, string>();

/** A simple key, quoted where needed, never folded. */
export function formatSimpleKey(key: string): string {
  let text = simpleKeys.get(key);
  if (text === undefined) {
    const value = foldNextLine(key);
    text = isObviouslyPlain(value) ? value : formatAnalysed(value, 0, unfolded).slice(0, -1);
    if (simpleKeys.size < 10_000) simpleKeys.set(key, text);
  }
  return text;
}

/** The text after the `?` of a mapping at `indent`. */
export function formatComplexKey(key: string, indent: number): string {
  return formatString(key, indent + 2, indent + 2);
}

/** A column from which nothing is ever folded. */
const unfolded = Number.NEGATIVE_INFINITY;

// What an ASCII character does to a plain scalar: nothing; it may start a number or syntax; it may start a word of another
// type; it needs a closer look wherever it stands.
const [harmless, starter, wordStarter, suspicious] = [0, 1, 2, 3];
const effects = new Uint8Array(128).fill(suspicious, 0, 0x20);
for (const character of ' #,[]{}&*!|>\'"%@`?-+.0123456789') effects[character.charCodeAt(0)] = starter;
for (const character of 'yYnNtTfFoO~') effects[character.charCodeAt(0)] = wordStarter;
for (const character of ':\x7f') effects[character.charCodeAt(0)] = suspicious;

/** A cheap test that says yes for most strings of manifests, and never wrongly. */
function isObviouslyPlain(value: string): boolean {
  const { length } = value;
  const first = value.charCodeAt(0);
  if (!(first <= 0x7f)) return false;
  const effect = effects[first];
  if (effect !== harmless && (effect !== wordStarter || resolvesToOtherType(value))) return false;
  for (let index = 1; index < length; index++) {
    const code = value.charCodeAt(index);
    if (code > 0x7f) return false;
    if (code === 0x20 || code === 0x3a) {
      if (index + 1 === length) return false;
      const next = value.charCodeAt(index + 1);
      if (code === 0x20 ? next === 0x23 : next === 0x20) return false;
    } else if (effects[code] === suspicious) return false;
  }
  return true;
}

const lineBreak = /[\r\n\x85\u2028\u2029]/;
const unprintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const indicatorFirst = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)/;
const indicatorInside = /:(?:[ \t]|$)|[ \t]#/;

/** The style that yaml_emitter_analyze_scalar and yaml_emitter_select_scalar_style choose. */
function formatAnalysed(value: string, indent: number, column: number): string {
  const isSpecial = unprintable.test(value) || / [\n\u2028\u2029]/.test(value);
  const hasNewline = value.includes('\n');
  if (hasNewline && column !== unfolded) {
    return isSpecial || value.endsWith(' ')
      ? formatDouble(value, indent, column)
      : formatLiteral(value, indent);
  }
  if (isSpecial || hasNewline || resolvesToOtherType(value)) return formatDouble(value, indent, column);
  const hasBreak = lineBreak.test(value);
  if (hasBreak && /[\n\u2028\u2029] /.test(value)) return formatDouble(value, indent, column);
  const isPlain =
    !hasBreak &&
    !value.startsWith(' ') &&
    !value.endsWith(' ') &&
    !indicatorFirst.test(value) &&
    !indicatorInside.test(value);
  return isPlain ? formatPlain(value, indent, column) : formatSingle(value, indent, column);
}

/** Breaks at single spaces after column 80; so does the single quoted style, but not at its very ends. */
function formatPlain(value: string, indent: number, column: number): string {
  return `${foldAtSpaces(value, indent, column, false)}\n`;
}

function formatSingle(value: string, indent: number, column: number): string {
  if (/[\u2028\u2029]/.test(value)) return `'${formatSingleWithBreaks(value, indent, column + 1)}'\n`;
  return `'${foldAtSpaces(value, indent, column + 1, true)}'\n`;
}

function foldAtSpaces(value: string, indent: number, column: number, isQuoted: boolean): string {
  let text = '';
  let start = 0;
  let lineColumn = column;
  for (let at = value.indexOf(' '); at >= 0; at = value.indexOf(' ', at + 1)) {
    const length = at - start + (isQuoted ? countQuotes(value, start, at) : 0);
    if (lineColumn + length <= bestWidth || at === 0 || at === value.length - 1) continue;
    if (value[at - 1] === ' ' || value[at + 1] === ' ') continue;
    text += `${quoteSingle(value.slice(start, at), isQuoted)}\n${' '.repeat(indent)}`;
    start = at + 1;
    lineColumn = indent;
  }
  return text + quoteSingle(value.slice(start), isQuoted);
}

function quoteSingle(part: string, isQuoted: boolean): string {
  return isQuoted ? part.replaceAll("'", "''") : part;
}

function countQuotes(value: string, start: number, end: number): number {
  let count = 0;
  for (let at = value.indexOf("'", start); at >= 0 && at < end; at = value.indexOf("'", at + 1)) count += 1;
  return count;
}

/** U+2028 and U+2029 are line breaks to the emitter, and stand in the output as they are, the next line indented. */
function formatSingleWithBreaks(value: string, indent: number, column: number): string {
  let text = '';
  for (const [index, part] of value.split(/([\u2028\u2029]+)/).entries()) {
    if (index % 2 === 1) text += part;
    else if (index === 0) text += foldAtSpaces(part, indent, column, true);
    else if (part !== '') text += ' '.repeat(indent) + foldAtSpaces(part, indent, indent, true);
  }
  return text;
}

/** The `|` style: never folded, with the indentation written down where the first line does not show it. */
function formatLiteral(value: string, indent: number): string {
  const hint = /^[ \n\u2028\u2029]/.test(value) ? '2' : '';
  const chomp = !/[\n\u2028\u2029]$/.test(value) ? '-' : /(?:^|[\n\u2028\u2029]).$/s.test(value) ? '+' : '';
  const margin = ' '.repeat(indent);
  const lines = value.replace(/(^|[\n\u2028\u2029])([^\n\u2028\u2029])/g, `$1${margin}$2`);
  return `|${hint}${chomp}\n${lines}${chomp === '-' ? '\n' : ''}`;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function formatDouble(value: string, indent: number, column: number): string {
  // A value that starts with U+FEFF is escaped throughout: is_bom looks at the value's start instead of the current place.
  const escapesAll = value.startsWith('\ufeff');
  const runes = Array.from(value);
  let text = '"';
  let lineColumn = column + 1;
  let followsSpace = false;
  for (const [index, rune] of runes.entries()) {
    if (rune === ' ' && !escapesAll) {
      const isInside = index > 0 && index < runes.length - 1;
      if (!followsSpace && lineColumn > bestWidth && isInside) {
        text += `\n${' '.repeat(indent)}${runes[index + 1] === ' ' ? '\\' : ''}`;
        lineColumn = indent + (runes[index + 1] === ' ' ? 1 : 0);
      } else {
        text += ' ';
        lineColumn += 1;
      }
      followsSpace = true;
      continue;
    }
    const part = escapesAll ? escapeRune(rune) : needsEscape.test(rune) ? escapeRune(rune) : rune;
    text += part;
    lineColumn += part.length;
    followsSpace = false;
  }
  return `${text}"\n`;
}

const needsEscape = /["\\\n\u2028\u2029]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

function escapeRune(rune: string): string {
  const short = ownOf(escapes, rune);
  if (short !== undefined) return short;
  const code = rune.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code === 0xa0) return '\\_';
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/**
 * The decoder between JSON and YAML takes a raw U+0085 for a line break in a quoted scalar: one becomes a space, more
 * become newlines, spaces around them vanish.
 */
function foldNextLine(value: string): string {
  if (!value.includes('\x85')) return value;
  return value.replace(/ *\x85[ \x85]*/g, (run) => '\n'.repeat(run.split('\x85').length - 2) || ' ');
}
