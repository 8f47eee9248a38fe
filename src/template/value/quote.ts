import { ownOf } from '../../source/own.ts';
/** A text as Go's strconv.Quote writes it. */
export function quoteGo(text: string): string {
  return `"${text.replace(needsEscape, escapeRune)}"`;
}

/** A character as strconv.QuoteRune writes it. */
export function quoteRune(rune: string): string {
  if (rune === '"') return `'"'`;
  return rune === "'" ? `'\\''` : `'${rune.replace(needsEscape, escapeRune)}'`;
}

// What Go does not count as printable: controls, formats, surrogates, what is unassigned or private, and all spaces but one.
const needsEscape = /["\\]|[\p{C}\p{Z}]/gu;

const short: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
  ' ': ' ',
};

function escapeRune(rune: string): string {
  const known = ownOf(short, rune);
  if (known !== undefined) return known;
  const code = rune.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x1_0000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}
