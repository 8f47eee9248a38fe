import type { Token, TokenKind } from './token.ts';

/** An action to be read, from behind its opening delimiter. */
export interface ActionText {
  readonly text: string;
  readonly open: number;
  readonly start: number;
  readonly close: string;
}

const keywords: ReadonlySet<string> = new Set(
  'block break continue define else end if range template with'.split(' '),
);

const wordPattern = /[\p{L}\p{Nd}_]+/uy;
const numberPattern =
  /[+-]?(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*)(?:\.[0-9a-fA-F_]*)?(?:[eEpP][+-]?[0-9_]*)?i?/uy;
const quotedPattern = /"(?:[^"\\\n]|\\[^\n])*"/uy;
const characterPattern = /'(?:[^'\\\n]|\\[^\n])*'/uy;

interface Reading extends ActionText {
  at: number;
  parens: number;
  readonly tokens: Token[];
}

/** Reads one action into tokens; undefined where it ends the reading, with the reason as the last token. */
export function lexAction(action: ActionText, tokens: Token[]): number | undefined {
  const { text, open, start, close } = action;
  tokens.push({ kind: 'open', text: text.slice(open, start), start: open });
  const reading: Reading = { text, open, start, close, at: start, parens: 0, tokens };
  const first = close.charCodeAt(0);
  for (;;) {
    const code = text.charCodeAt(reading.at);
    const isTrimmed =
      isSpace(code) && text.charCodeAt(reading.at + 1) === 0x2d && text.startsWith(close, reading.at + 2);
    if (isTrimmed || (code === first && text.startsWith(close, reading.at))) {
      if (reading.parens > 0) return fail(reading, 'unclosed left paren');
      const at = reading.at + (isTrimmed ? 2 : 0);
      tokens.push({ kind: 'close', text: close, start: at });
      return behindClose(text, at + close.length, isTrimmed);
    }
    const problem = readToken(reading);
    if (problem !== undefined) return fail(reading, problem);
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function fail({ tokens, at }: Reading, words: string): undefined {
  tokens.push({ kind: 'error', text: words, start: at });
  return undefined;
}

/** Reads one token; the words of the refusal where there is none. */
function readToken(reading: Reading): string | undefined {
  const { text, at } = reading;
  const code = text.charCodeAt(at);
  if (isWordStart(code)) return readWord(reading);
  switch (code) {
    case 0x20:
    case 0x09:
    case 0x0a:
    case 0x0d:
      return readSpace(reading);
    case 0x2e:
      return isDigit(text.charCodeAt(at + 1)) ? readNumber(reading) : readField(reading, 'field');
    case 0x24:
      return readField(reading, 'variable');
    case 0x22:
      return readPattern(reading, quotedPattern, 'string', 'unterminated quoted string');
    case 0x27:
      return readPattern(reading, characterPattern, 'charConstant', 'unterminated character constant');
    case 0x60: {
      const end = text.indexOf('`', at + 1);
      return end < 0 ? 'unterminated raw quoted string' : take(reading, 'rawString', end + 1 - at);
    }
    case 0x3a:
      return text[at + 1] === '=' ? take(reading, 'declare', 2) : 'expected :=';
    case 0x3d:
      return take(reading, 'assign', 1);
    case 0x7c:
      return take(reading, 'pipe', 1);
    case 0x28:
      reading.parens += 1;
      return take(reading, 'leftParen', 1);
    case 0x29:
      reading.parens -= 1;
      return reading.parens < 0 ? 'unexpected right paren' : take(reading, 'rightParen', 1);
    default:
      return readOther(reading, code);
  }
}

function readOther(reading: Reading, code: number): string | undefined {
  const { text, at } = reading;
  if (at >= text.length) return 'unclosed action';
  if (isDigit(code) || code === 0x2b || code === 0x2d) return readNumber(reading);
  if (code > 0x7e && /[\p{L}\p{Nd}_]/u.test(text[at] ?? '')) return readWord(reading);
  return code >= 0x21 && code <= 0x7e
    ? take(reading, 'character', 1)
    : `unrecognized character in action: ${nameCharacter(text, at)}`;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** How long the word is that begins at a place; beyond ASCII letters and digits count as well. */
function lengthOfWord(text: string, at: number): number {
  let end = at;
  let code = text.charCodeAt(end);
  while (isWordStart(code) || isDigit(code)) {
    end += 1;
    code = text.charCodeAt(end);
  }
  if (!(code > 0x7e)) return end - at;
  wordPattern.lastIndex = at;
  return wordPattern.exec(text)?.[0].length ?? 0;
}

function take(reading: Reading, kind: TokenKind, length: number): undefined {
  const { text, at } = reading;
  reading.tokens.push({ kind, text: text.slice(at, at + length), start: at });
  reading.at += length;
  return undefined;
}

// A closing delimiter with a trim marker begins with the last space before it.
function readSpace(reading: Reading): undefined {
  const { text, at, close } = reading;
  let end = at + 1;
  while (isSpace(text.charCodeAt(end))) end += 1;
  const isTrimmed = text.charCodeAt(end) === 0x2d && text.startsWith(close, end + 1);
  return take(reading, 'space', end - at - (isTrimmed ? 1 : 0));
}

function readPattern(reading: Reading, pattern: RegExp, kind: TokenKind, words: string): string | undefined {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text);
  return found === null ? words : take(reading, kind, found[0].length);
}

function readWord(reading: Reading): string | undefined {
  const { text, at } = reading;
  const word = text.slice(at, at + lengthOfWord(text, at));
  const problem = refuseAfter(reading, word.length);
  if (problem !== undefined) return problem;
  if (word === 'true' || word === 'false') return take(reading, 'bool', word.length);
  if (word === 'nil') return take(reading, 'nil', word.length);
  return take(reading, keywords.has(word) ? 'keyword' : 'identifier', word.length);
}

/** A field or a variable, without what follows its first dot. */
function readField(reading: Reading, kind: 'field' | 'variable'): string | undefined {
  const length = 1 + lengthOfWord(reading.text, reading.at + 1);
  const problem = refuseAfter(reading, length);
  if (problem !== undefined) return problem;
  return take(reading, kind === 'field' && length === 1 ? 'dot' : kind, length);
}

/** What may not stand right behind a word: all but spaces, marks and the closing delimiter. */
function refuseAfter({ text, at, close }: Reading, length: number): string | undefined {
  const next = text.charCodeAt(at + length);
  if (Number.isNaN(next) || endsWord(next) || text.startsWith(close, at + length)) return undefined;
  return `bad character ${nameCharacter(text, at + length)}`;
}

const marks: ReadonlySet<number> = new Set([...'.,|:()='].map((mark) => mark.charCodeAt(0)));

function endsWord(code: number): boolean {
  return isSpace(code) || marks.has(code);
}

function readNumber(reading: Reading): string | undefined {
  const { text, at } = reading;
  numberPattern.lastIndex = at;
  const number = numberPattern.exec(text)?.[0] ?? '';
  const next = /^[\p{L}\p{Nd}_]/u.exec(text.slice(at + number.length, at + number.length + 2))?.[0];
  if (next !== undefined || number === '')
    return `bad number syntax: ${JSON.stringify(text.slice(at, at + number.length + (next?.length ?? 0)))}`;
  return take(reading, 'number', number.length);
}

function nameCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0xfffd;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`;
}

/** Where the text begins again behind a closing delimiter, which may take the white space with it. */
export function behindClose(text: string, at: number, trims: boolean): number {
  let end = at;
  if (trims) while (isSpace(text.charCodeAt(end))) end += 1;
  return end;
}
