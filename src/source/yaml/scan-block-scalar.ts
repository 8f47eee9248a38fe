import {
  type Cursor,
  columnOf,
  isBlank,
  isBreak,
  isBreakOrEnd,
  passBreak,
  passToBreak,
  peek,
} from './cursor.ts';
import { Refusal } from './refusal.ts';
import { newToken, type Token } from './token.ts';

interface Header {
  readonly chomping: '' | '+' | '-';
  /** The digit behind the indicator, 0 for none. */
  readonly increment: number;
}

/** A literal or folded scalar below a collection in the column `parent`, -1 for none. */
export function scanBlockScalar(cursor: Cursor, parent: number): Token {
  const start = cursor.at;
  const isFolded = peek(cursor) === 62;
  cursor.at += 1;
  const header = passHeader(cursor, start);
  const given = header.increment === 0 ? 0 : Math.max(parent, 0) + header.increment;
  const { text, end } = readLines(cursor, isFolded, {
    start,
    indent: given,
    parent,
    chomping: header.chomping,
  });
  return newToken('scalar', start, end, text, isFolded ? 'folded' : 'literal');
}

function passHeader(cursor: Cursor, start: number): Header {
  const [indicators = ''] =
    /^(?:[-+][0-9]?|[0-9][-+]?)?/.exec(cursor.text.slice(cursor.at, Math.min(cursor.at + 2, cursor.end))) ??
    [];
  cursor.at += indicators.length;
  const digit = /[0-9]/.exec(indicators)?.[0];
  if (digit === '0') throw new Refusal('the indentation of a block scalar cannot be 0', start, cursor.at);
  while (isBlank(peek(cursor))) cursor.at += 1;
  if (peek(cursor) === 35) passToBreak(cursor);
  if (!isBreakOrEnd(peek(cursor)))
    throw new Refusal('only a comment can follow on the line of a block scalar', cursor.at);
  passBreak(cursor);
  const chomping = indicators.includes('+') ? '+' : indicators.includes('-') ? '-' : '';
  return { chomping, increment: digit === undefined ? 0 : Number(digit) };
}

interface Lines {
  text: string;
  /** The break behind the last line. */
  last: string;
  /** Those of empty lines. */
  empty: string;
  startsBlank: boolean;
}

interface Block {
  readonly start: number;
  /** 0 where the first line tells it. */
  readonly indent: number;
  readonly parent: number;
  readonly chomping: Header['chomping'];
}

function readLines(
  cursor: Cursor,
  isFolded: boolean,
  { start, indent: given, parent, chomping }: Block,
): { text: string; end: number } {
  const lines: Lines = { text: '', last: '', empty: '', startsBlank: false };
  let { indent, breaks, end } = passEmptyLines(cursor, given, parent, start);
  lines.empty = breaks;
  while (columnOf(cursor) === indent && cursor.at < cursor.end) {
    addLine(cursor, lines, isFolded);
    ({ breaks, end } = passEmptyLines(cursor, indent, parent, start));
    lines.empty += breaks;
  }
  const kept = chomping === '-' ? '' : lines.last;
  return { text: lines.text + kept + (chomping === '+' ? lines.empty : ''), end };
}

function addLine(cursor: Cursor, lines: Lines, isFolded: boolean): void {
  const isIndented = isBlank(peek(cursor));
  const isJoined = isFolded && !lines.startsBlank && !isIndented && lines.last.startsWith('\n');
  lines.text += (isJoined ? (lines.empty === '' ? ' ' : '') : lines.last) + lines.empty;
  lines.empty = '';
  lines.startsBlank = isIndented;
  const start = cursor.at;
  passToBreak(cursor);
  lines.text += cursor.text.slice(start, cursor.at);
  lines.last = passBreak(cursor);
}

/** Passes empty lines and the indentation of the next one; an indentation of 0 is found by the way. */
function passEmptyLines(
  cursor: Cursor,
  given: number,
  parent: number,
  start: number,
): { indent: number; breaks: string; end: number } {
  let end = cursor.at;
  let breaks = '';
  let deepest = 0;
  for (;;) {
    while ((given === 0 || columnOf(cursor) < given) && peek(cursor) === 32) cursor.at += 1;
    deepest = Math.max(deepest, columnOf(cursor));
    if ((given === 0 || columnOf(cursor) < given) && peek(cursor) === 9)
      throw given === 0
        ? startsWithTab(start)
        : new Refusal('a tab cannot be used for indentation', cursor.at);
    if (!isBreak(peek(cursor))) break;
    breaks += passBreak(cursor);
    end = cursor.at;
  }
  return { indent: given === 0 ? Math.max(deepest, parent + 1, 1) : given, breaks, end };
}

// go-yaml finds out how far a block is indented by its first line, where it takes a tab for a mistake.
function startsWithTab(start: number): Refusal {
  const help = 'start the string with another line, or with spaces';
  return new Refusal('a block scalar must not begin with a tab', start, start + 1, help);
}
