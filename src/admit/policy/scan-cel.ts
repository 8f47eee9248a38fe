import { CheckError } from './check-error.ts';
import { unescapeBytes, unescapeText } from './unescape-cel.ts';

/** A token of CEL: `op` for punctuation, which is its own text. */
export interface Token {
  readonly kind: 'op' | 'name' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'end';
  readonly text: string;
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
}

const space = /(?:[\t\n\f\r ]+|\/\/[^\n]*)*/y;
const float = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y;
const integer = /(?:0x[0-9a-fA-F]+|\d+)[uU]?/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const opening = /(?:[rR][bB]|[bB][rR]|[rRbB])?(?:"""|'''|"|')/y;
const operator = /(?:==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%])/y;

/** Splits an expression into tokens; throws a CheckError where there is none. */
export function scanCel(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = skip(text, 0);
  while (offset < text.length) {
    const token = tokenAt(text, offset);
    tokens.push(token);
    offset = skip(text, token.end);
  }
  tokens.push({ kind: 'end', text: '<EOF>', value: undefined, start: text.length, end: text.length });
  return tokens;
}

function skip(text: string, offset: number): number {
  return offset + (match(space, text, offset)?.length ?? 0);
}

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

function tokenAt(text: string, start: number): Token {
  const made = (kind: Token['kind'], found: string, value: unknown = undefined): Token => ({
    kind,
    text: found,
    value,
    start,
    end: start + found.length,
  });
  const quote = match(opening, text, start);
  if (quote !== undefined) return quoted(text, start, quote);
  const fraction = match(float, text, start);
  if (fraction !== undefined) return made('double', fraction, Number(fraction));
  const whole = match(integer, text, start);
  if (whole !== undefined) {
    const isUnsigned = /[uU]$/.test(whole);
    return made(isUnsigned ? 'uint' : 'int', whole, BigInt(isUnsigned ? whole.slice(0, -1) : whole));
  }
  const word = match(name, text, start);
  if (word !== undefined) return made('name', word);
  const sign = match(operator, text, start);
  if (sign !== undefined) return made('op', sign);
  throw new CheckError(`Syntax error: token recognition error at: '${text.charAt(start)}'`, start);
}

/** A string or bytes literal; a raw one keeps its backslashes, one in three quotes its line breaks. */
function quoted(text: string, start: number, opened: string): Token {
  const quote = opened.replace(/^[rRbB]+/, '');
  const isRaw = /^[bB]?[rR]/.test(opened);
  const from = start + opened.length;
  const to = closing(text, from, quote, isRaw);
  if (to === undefined) {
    const seen = text.slice(start, start + 20);
    throw new CheckError(`Syntax error: token recognition error at: '${seen}'`, start);
  }
  const inside = text.slice(from, to);
  const isBytes = /[bB]/.test(opened.slice(0, -quote.length));
  const value = isBytes
    ? isRaw
      ? new TextEncoder().encode(inside)
      : unescapeBytes(inside, from)
    : isRaw
      ? inside
      : unescapeText(inside, from);
  const end = to + quote.length;
  return { kind: isBytes ? 'bytes' : 'string', text: text.slice(start, end), value, start, end };
}

function closing(text: string, from: number, quote: string, isRaw: boolean): number | undefined {
  for (let index = from; index < text.length; index++) {
    if (text.startsWith(quote, index)) return index;
    const char = text.charAt(index);
    if (quote.length === 1 && (char === '\n' || char === '\r')) return undefined;
    if (char === '\\' && !isRaw) index++;
  }
  return undefined;
}
