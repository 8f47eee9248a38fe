import { isBlankCode, isNameCode } from './characters.ts';

/** A name, a sign between, and a value in one line: `name: value`, `name=value`, `"name": "value"`. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  /** Where the value stands, quotes left out. */
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

const longestName = 128;
/** Longer ones are files; every sign of a line looks no further than this. */
const longestValue = 5000;
/** How much of what stands before a name is looked at. */
const farthest = 80;

/**
 * The named values of a line, as configuration, JSON, connection strings, options and shells write them; words of prose
 * before a colon are no names. `offset` is where the line begins.
 */
export function* namedValues(line: string, offset = 0): Iterable<NamedValue> {
  for (let at = 1; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code !== 61 && code !== 58 && code !== 62) continue;
    const sign = signAt(line, at);
    if (sign === undefined) continue;
    const name = nameBefore(line, at);
    if (name === undefined) continue;
    const value = valueBehind(line, at + sign.length, name, sign);
    if (value === undefined) continue;
    yield {
      name: line.slice(name.start, name.end),
      value: line.slice(value.start, value.end),
      start: offset + value.start,
      end: offset + value.end,
      isQuoted: value.isQuoted,
    };
  }
}

type Sign = '=' | ':' | ':=' | '=>' | '>';

/** The sign between a name and its value; comparisons, scopes and arrows of code are none. */
function signAt(line: string, at: number): Sign | undefined {
  const [before, sign, next] = [line.charAt(at - 1), line.charAt(at), line.charAt(at + 1)];
  if (sign === '>') return before === '-' ? undefined : '>';
  if (sign === ':') return next === '=' ? ':=' : next === ':' ? undefined : ':';
  return next === '>' ? '=>' : /[=~]/u.test(next) ? undefined : '=';
}

interface Name {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  /** What stands before it in the line. */
  readonly before: string;
  readonly isSpaced: boolean;
}

function nameBefore(line: string, sign: number): Name | undefined {
  let end = sign;
  while (sign - end < 16 && isBlankCode(line.charCodeAt(end - 1))) end -= 1;
  const quote = /["']/u.test(line.charAt(end - 1)) ? line.charAt(end - 1) : '';
  // JSON inside of a quoted text: `{\"password\":\"…\"}`.
  const isEscaped = quote !== '' && line.charAt(end - 2) === '\\';
  const nameEnd = end - quote.length - (isEscaped ? 1 : 0);
  let start = nameEnd;
  // Of a longer name only the end is seen, which stands in no place of a name.
  while (nameEnd - start < longestName && isNameCode(line.charCodeAt(start - 1))) start -= 1;
  if (start === nameEnd) return undefined;
  if (quote !== '' && line.charAt(start - 1) !== quote) return undefined;
  return {
    start,
    end: nameEnd,
    isQuoted: quote !== '',
    before: line.slice(Math.max(0, start - farthest), start),
    isSpaced: end < sign,
  };
}

interface ValuePlace {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

function valueBehind(line: string, from: number, name: Name, sign: Sign): ValuePlace | undefined {
  if (sign === '>') return elementBehind(line, from, name);
  // A shell's value for what is not set: `${PASSWORD:-value}`.
  let start = sign === ':' && name.before.endsWith('${') && line.charAt(from) === '-' ? from + 1 : from;
  while (isBlankCode(line.charCodeAt(start))) start += 1;
  const isSpaced = isBlankCode(line.charCodeAt(from)) || name.isSpaced;
  if (!isNamePlace(name, sign, isSpaced)) return undefined;
  return quotedAt(line, start) ?? bareAt(line, start, { sign, name, isSpaced });
}

/** `<password>value</password>`. */
function elementBehind(line: string, from: number, name: Name): ValuePlace | undefined {
  if (!name.before.endsWith('<')) return undefined;
  const length = line.slice(from, from + longestValue).indexOf('</');
  return length <= 0 ? undefined : { start: from, end: from + length, isQuoted: true };
}

/** What may stand before a name: the beginning of the line, `- `, a declaration, or what separates such pairs. */
function isNamePlace({ before, isQuoted, start }: Name, sign: Sign, isSpaced: boolean): boolean {
  if (isQuoted || (start === before.length && /^\s*(?:-\s+)*$/u.test(before))) return true;
  if (declaration.test(before)) return true;
  // `--from-literal=password=…`, `--set=auth.password=…`.
  if (sign === '=' && /(?:^|\s)--[a-z][a-z-]*=$/u.test(before)) return true;
  if (sign === ':') return /[{,]\s*$/u.test(before);
  return /[{,;?&([|"'$@:]\s*$/u.test(before) || (!isSpaced && /\s$/u.test(before));
}

const declaration =
  /(?:^|[\s;&|(])(?:export|set|setx|env|ENV|ARG|const|let|var|val|final|local|readonly|static|String|string)\s+$/u;

function quotedAt(line: string, from: number): ValuePlace | undefined {
  // Prefixes of Python's and C#'s texts; those that are templates are not read.
  const start = /[rb@]["']/u.test(line.slice(from, from + 2)) ? from + 1 : from;
  const isEscaped = line.charAt(start) === '\\';
  const quote = line.charAt(start + (isEscaped ? 1 : 0));
  if (quote !== '"' && quote !== "'") return undefined;
  const isTripled = line.startsWith(quote.repeat(3), start);
  const inner = start + (isTripled ? 3 : isEscaped ? 2 : 1);
  if (isTripled) {
    const length = line.slice(inner, inner + longestValue).indexOf(quote.repeat(3));
    return length < 0 ? undefined : { start: inner, end: inner + length, isQuoted: true };
  }
  if (isEscaped) {
    const length = line.slice(inner, inner + longestValue).indexOf(`\\${quote}`);
    return length < 0 ? undefined : { start: inner, end: inner + length, isQuoted: true };
  }
  for (let at = inner; at < Math.min(line.length, inner + longestValue); at++) {
    if (line.charAt(at) === '\\' && quote === '"') at += 1;
    else if (line.charAt(at) === quote) return { start: inner, end: at, isQuoted: true };
  }
  return undefined;
}

interface Bare {
  readonly sign: Sign;
  readonly name: Name;
  readonly isSpaced: boolean;
}

/** A value without quotes: to the end of the line, or to what separates it from the next. */
function bareAt(line: string, start: number, { sign, name, isSpaced }: Bare): ValuePlace | undefined {
  if (/[`#]/u.test(line.charAt(start))) return undefined;
  const isInFlow = /[{,[(]\s*$/u.test(name.before);
  const stop = isInFlow ? /[\s,}\])"']/u : sign === '=' && !isSpaced ? /[\s;&,"'|)]/u : /\s/u;
  const rest = line.slice(start, start + longestValue);
  const found = rest.search(stop);
  let end = start + (found < 0 ? rest.length : found);
  if (isSpaced && !isInFlow && !/^\s*(?:[#;]|\/\/|$)/u.test(line.slice(end))) return undefined;
  while (/[,;]/u.test(line.charAt(end - 1))) end -= 1;
  return end > start ? { start, end, isQuoted: false } : undefined;
}
