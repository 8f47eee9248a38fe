import {
  type Cursor,
  columnOf,
  dash,
  dot,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isIndicator,
  passBreak,
  peek,
} from './cursor.ts';
import { escapes, hexLengths } from './escapes.ts';
import { Refusal } from './refusal.ts';
import { newToken, type Token } from './token.ts';

/** White space between two words of a scalar: blanks on one line, or line breaks. */
interface Gap {
  blanks: string;
  first: string;
  others: string;
  hasBreak: boolean;
}

function newGap(): Gap {
  return { blanks: '', first: '', others: '', hasBreak: false };
}

/** What a gap is in the decoded text: one line break is a space, of several the first is dropped. */
function fold({ blanks, first, others, hasBreak }: Gap): string {
  if (!hasBreak) return blanks;
  if (!first.startsWith('\n')) return first + others;
  return others === '' ? ' ' : others;
}

function passGap(cursor: Cursor, gap: Gap, onTab?: () => void): void {
  for (let code = peek(cursor); isBlank(code) || isBreak(code); code = peek(cursor)) {
    if (isBreak(code)) {
      const line = passBreak(cursor);
      if (gap.hasBreak) gap.others += line;
      else gap.first += line;
      gap.hasBreak = true;
      continue;
    }
    if (code === 9 && gap.hasBreak) onTab?.();
    if (!gap.hasBreak) gap.blanks += String.fromCharCode(code);
    cursor.at += 1;
  }
}

/** A plain scalar whose lines stand deeper than `indent`; `isFlow` inside of brackets. */
export function scanPlain(
  cursor: Cursor,
  indent: number,
  isFlow: boolean,
): { token: Token; hasBreakBehind: boolean } {
  const start = cursor.at;
  let end = start;
  let text = '';
  let gap = newGap();
  const refuseTab = (): void => {
    if (columnOf(cursor) <= indent) throw new Refusal('a tab cannot be used for indentation', cursor.at);
  };
  while (peek(cursor) !== 35 && !isIndicator(cursor, dash) && !isIndicator(cursor, dot)) {
    const word = plainWord(cursor, isFlow);
    if (word !== '') {
      text += fold(gap) + word;
      gap = newGap();
      end = cursor.at;
    }
    if (!isBlank(peek(cursor)) && !isBreak(peek(cursor))) break;
    passGap(cursor, gap, refuseTab);
    if (!isFlow && columnOf(cursor) <= indent) break;
  }
  return { token: newToken('scalar', start, end, text), hasBreakBehind: gap.hasBreak };
}

function plainWord(cursor: Cursor, isFlow: boolean): string {
  const start = cursor.at;
  for (let code = peek(cursor); !isBlankOrEnd(code); code = peek(cursor)) {
    if (code === 58 && isBlankOrEnd(peek(cursor, 1))) break;
    if (isFlow && endsFlowWord(code)) break;
    cursor.at += 1;
  }
  return cursor.text.slice(start, cursor.at);
}

/** Whether it is one of `, ? [ ] { }`. */
function endsFlowWord(code: number): boolean {
  return code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** A scalar in single or double quotes; in JSON with the escapes of JSON. */
export function scanQuoted(cursor: Cursor, isJson: boolean): Token {
  const start = cursor.at;
  const quote = peek(cursor);
  cursor.at += 1;
  let text = '';
  for (;;) {
    if (isIndicator(cursor, dash) || isIndicator(cursor, dot))
      throw new Refusal('a document ends inside these quotes', start);
    if (cursor.at >= cursor.end) throw new Refusal('the quotes are not closed', start);
    const gap = newGap();
    text += quote === 39 ? singleWord(cursor) : doubleWord(cursor, isJson, gap);
    if (peek(cursor) === quote) break;
    passGap(cursor, gap);
    text += fold(gap);
  }
  cursor.at += 1;
  // Go's decoder makes U+FFFD of half a surrogate pair.
  if (isJson) text = text.replace(halfPair, '\ufffd');
  return newToken('scalar', start, cursor.at, text, quote === 39 ? 'single' : 'double');
}

const halfPair = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function singleWord(cursor: Cursor): string {
  let text = '';
  for (let code = peek(cursor); !isBlankOrEnd(code); code = peek(cursor)) {
    if (code === 39) {
      if (peek(cursor, 1) !== 39) break;
      cursor.at += 1;
    }
    text += String.fromCharCode(code);
    cursor.at += 1;
  }
  return text;
}

/** The next word in double quotes; a line break that is escaped is the start of the gap behind it. */
function doubleWord(cursor: Cursor, isJson: boolean, gap: Gap): string {
  let text = '';
  for (let code = peek(cursor); !isBlankOrEnd(code) && code !== 34; code = peek(cursor)) {
    if (code !== 92) {
      text += String.fromCharCode(code);
      cursor.at += 1;
    } else if (isBreak(peek(cursor, 1))) {
      cursor.at += 1;
      passBreak(cursor);
      gap.hasBreak = true;
      break;
    } else text += escaped(cursor, isJson);
  }
  return text;
}

const refusedEscape = 'an escape that Kubernetes and kustomize reject';

function escaped(cursor: Cursor, isJson: boolean): string {
  const at = cursor.at;
  const letter = String.fromCharCode(peek(cursor, 1));
  const simple = escapes.get(letter);
  cursor.at += 2;
  if (simple !== undefined) return simple;
  if (isJson && letter === '/') return letter;
  const length = hexLengths.get(letter);
  if (length === undefined) throw new Refusal(refusedEscape, at, at + 2, 'write the character itself');
  const digits = cursor.text.slice(cursor.at, Math.min(cursor.at + length, cursor.end));
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits))
    throw new Refusal(`\\${letter} needs ${length} hexadecimal digits`, at, at + 2);
  const code = Number.parseInt(digits, 16);
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  if ((isHalf && !isJson) || code > 0x10ffff)
    throw new Refusal(refusedEscape, at, at + 2, 'write the character itself');
  cursor.at += length;
  return String.fromCodePoint(code);
}
