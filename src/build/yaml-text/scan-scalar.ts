import { escapes, hexLengths } from '../../source/yaml/escapes.ts';
import {
  type Cursor,
  charAt,
  isBlank,
  isBreak,
  isDocumentMark,
  isGap,
  isLineEnd,
  pass,
  passBreak,
} from './cursor.ts';
import { NoYaml } from './token.ts';

/** Blanks and breaks between two words of a scalar: several lines are folded, blanks stay. */
interface Between {
  blanks: string;
  leadingBreak: string;
  trailingBreaks: string;
  isFolded: boolean;
}

function nothingBetween(): Between {
  return { blanks: '', leadingBreak: '', trailingBreaks: '', isFolded: false };
}

function joinBetween({ blanks, leadingBreak, trailingBreaks, isFolded }: Between): string {
  if (!isFolded) return blanks;
  if (leadingBreak !== '\n') return leadingBreak + trailingBreaks;
  return trailingBreaks === '' ? ' ' : trailingBreaks;
}

function passBetween(cursor: Cursor, between: Between, minimumColumn: number): void {
  for (let char = charAt(cursor); isBlank(char) || isBreak(char); char = charAt(cursor)) {
    if (isBreak(char)) {
      if (between.isFolded) between.trailingBreaks += passBreak(cursor);
      else {
        between.blanks = '';
        between.leadingBreak = passBreak(cursor);
        between.isFolded = true;
      }
    } else if (!between.isFolded) between.blanks += pass(cursor);
    else {
      if (char === '\t' && cursor.column < minimumColumn) throw new NoYaml();
      pass(cursor);
    }
  }
}

/** The text of a plain scalar, and whether it was followed by a line break, behind which a key may stand. */
export function scanPlain(
  cursor: Cursor,
  parentIndent: number,
  isFlow: boolean,
): { text: string; endsLine: boolean } {
  let text = '';
  let between = nothingBetween();
  while (!isDocumentMark(cursor) && charAt(cursor) !== '#') {
    while (!isGap(charAt(cursor)) && !endsPlain(cursor, isFlow)) {
      text += joinBetween(between) + pass(cursor);
      between = nothingBetween();
    }
    const char = charAt(cursor);
    if (!isBlank(char) && !isBreak(char)) break;
    passBetween(cursor, between, parentIndent + 1);
    if (!isFlow && cursor.column < parentIndent + 1) break;
  }
  return { text, endsLine: between.isFolded };
}

function endsPlain(cursor: Cursor, isFlow: boolean): boolean {
  const char = charAt(cursor);
  return (char === ':' && isGap(charAt(cursor, 1))) || (isFlow && ',?[]{}'.includes(char));
}

/** The text of a scalar in quotes. */
export function scanQuoted(cursor: Cursor, quote: '"' | "'"): string {
  pass(cursor);
  let text = '';
  for (;;) {
    if (isDocumentMark(cursor) || charAt(cursor) === '\0') throw new NoYaml();
    const between = nothingBetween();
    while (!isGap(charAt(cursor))) {
      if (charAt(cursor) === quote) {
        if (quote === '"' || charAt(cursor, 1) !== "'") break;
        pass(cursor);
        text += pass(cursor);
      } else if (quote === '"' && charAt(cursor) === '\\') {
        if (isBreak(charAt(cursor, 1))) {
          pass(cursor);
          passBreak(cursor);
          between.isFolded = true;
          break;
        }
        text += scanEscape(cursor);
      } else text += pass(cursor);
    }
    if (charAt(cursor) === quote) break;
    passBetween(cursor, between, 0);
    text += joinBetween(between);
  }
  pass(cursor);
  return text;
}

function scanEscape(cursor: Cursor): string {
  pass(cursor);
  const char = pass(cursor);
  const known = escapes.get(char);
  if (known !== undefined) return known;
  const length = hexLengths.get(char) ?? 0;
  const digits = cursor.text.slice(cursor.index, cursor.index + length);
  if (length === 0 || digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) throw new NoYaml();
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new NoYaml();
  for (let left = length; left > 0; left--) pass(cursor);
  return String.fromCodePoint(code);
}

/** What stands behind `|` or `>`. */
interface BlockHeader {
  readonly chomping: string;
  readonly increment: number;
}

/** The text of a block scalar whose indicator was passed; `passComment` takes the comment of its header. */
export function scanBlock(
  cursor: Cursor,
  isLiteral: boolean,
  parentIndent: number,
  passComment: () => void,
): string {
  const { chomping, increment } = scanBlockHeader(cursor, passComment);
  const known = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  const lead = passBlockBreaks(cursor, known, parentIndent);
  const { indent } = lead;
  let text = '';
  let lineBreak = '';
  let breaks = lead.breaks;
  let wasBlank = false;
  while (cursor.column === indent && charAt(cursor) !== '\0') {
    const isBlankLine = isBlank(charAt(cursor));
    const folds = !isLiteral && !wasBlank && !isBlankLine && lineBreak === '\n';
    text += (folds ? (breaks === '' ? ' ' : '') : lineBreak) + breaks;
    wasBlank = isBlankLine;
    while (!isLineEnd(charAt(cursor))) text += pass(cursor);
    lineBreak = isBreak(charAt(cursor)) ? passBreak(cursor) : '';
    breaks = passBlockBreaks(cursor, indent, parentIndent).breaks;
  }
  if (chomping !== '-') text += lineBreak;
  return chomping === '+' ? text + breaks : text;
}

function scanBlockHeader(cursor: Cursor, passComment: () => void): BlockHeader {
  const [header = '', before = '', digit = '', after = ''] =
    /^([-+]?)(\d?)([-+]?)/.exec(cursor.text.slice(cursor.index, cursor.index + 3)) ?? [];
  if (digit === '0' || (before !== '' && after !== '')) throw new NoYaml();
  for (let left = header.length; left > 0; left--) pass(cursor);
  while (isBlank(charAt(cursor))) pass(cursor);
  if (charAt(cursor) === '#') {
    passComment();
    while (!isLineEnd(charAt(cursor))) pass(cursor);
  }
  if (!isLineEnd(charAt(cursor))) throw new NoYaml();
  if (isBreak(charAt(cursor))) passBreak(cursor);
  return { chomping: before || after, increment: Number(digit) };
}

/** Passes the indentation and empty lines; an indentation of 0 is to be found out. */
function passBlockBreaks(
  cursor: Cursor,
  known: number,
  parentIndent: number,
): { indent: number; breaks: string } {
  let breaks = '';
  let widest = 0;
  for (;;) {
    while ((known === 0 || cursor.column < known) && charAt(cursor) === ' ') pass(cursor);
    widest = Math.max(widest, cursor.column);
    if ((known === 0 || cursor.column < known) && charAt(cursor) === '\t') throw new NoYaml();
    if (!isBreak(charAt(cursor))) break;
    breaks += passBreak(cursor);
  }
  return { indent: known || Math.max(widest, parentIndent + 1, 1), breaks };
}
