import { ownOf } from '../../source/own.ts';
import { CheckError } from './check-error.ts';

const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};

const escapes =
  /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|)/g;

type Group = string | undefined;
type Match = [
  whole: string,
  plain: Group,
  hex: Group,
  short: Group,
  long: Group,
  octal: Group,
  at: number,
  text: string,
];

/** The text of a string literal without its quotes; throws a CheckError at what is no escape. */
export function unescapeText(text: string, offset: number): string {
  return text.replace(escapes, (...[, plain, hex, short, long, octal, at]: Match) => {
    if (plain !== undefined) return ownOf(simple, plain) ?? '';
    const code = Number.parseInt(hex ?? short ?? long ?? octal ?? '', octal === undefined ? 16 : 8);
    if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
      throw noEscape(text, at, offset);
    return String.fromCodePoint(code);
  });
}

/** The same for bytes, where `\xff` and `\377` are single ones. */
export function unescapeBytes(text: string, offset: number): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let last = 0;
  for (const found of text.matchAll(escapes)) {
    bytes.push(...encoder.encode(text.slice(last, found.index)));
    const [whole, , hex, , , octal] = found;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...encoder.encode(unescapeText(whole, offset + found.index)));
    last = found.index + whole.length;
  }
  bytes.push(...encoder.encode(text.slice(last)));
  return Uint8Array.from(bytes);
}

function noEscape(text: string, at: number, offset: number): CheckError {
  const seen = text.slice(at, at + 2);
  return new CheckError(`Syntax error: token recognition error at: '${seen}'`, offset + at);
}
