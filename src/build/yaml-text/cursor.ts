import { type Mark, NoYaml } from './token.ts';

/** Where the scanner stands in its text, which ends with a NUL that no YAML may hold. */
export interface Cursor {
  readonly text: string;
  index: number;
  line: number;
  column: number;
  /** How many line breaks were passed since something else than blanks. */
  breaks: number;
}

const refused = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;

export function openCursor(text: string): Cursor {
  if (refused.test(text)) throw new NoYaml();
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return { text: `${text.slice(start)}\0`, index: 0, line: 0, column: 0, breaks: 0 };
}

export function markOf({ index, line, column }: Cursor): Mark {
  return { index, line, column };
}

export function charAt(cursor: Cursor, ahead = 0): string {
  return cursor.text[cursor.index + ahead] ?? '\0';
}

export function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}

export function isBreak(char: string): boolean {
  return char === '\n' || char === '\r' || char === '\x85' || char === '\u2028' || char === '\u2029';
}

/** A break or the end. */
export function isLineEnd(char: string): boolean {
  return char === '\0' || isBreak(char);
}

/** A blank, a break or the end. */
export function isGap(char: string): boolean {
  return isBlank(char) || isLineEnd(char);
}

/** Passes one character and returns it. */
export function pass(cursor: Cursor): string {
  const char = charAt(cursor);
  if (!isBlank(char)) cursor.breaks = 0;
  cursor.index += 1;
  cursor.column += 1;
  return char;
}

/** Passes a line break and returns it as it counts in a text. */
export function passBreak(cursor: Cursor): string {
  const char = charAt(cursor);
  cursor.index += char === '\r' && charAt(cursor, 1) === '\n' ? 2 : 1;
  cursor.column = 0;
  cursor.line += 1;
  cursor.breaks += 1;
  return char === '\u2028' || char === '\u2029' ? char : '\n';
}

/** Whether `---` or `...` stands here at the start of a line. */
export function isDocumentMark(cursor: Cursor): boolean {
  const mark = cursor.text.slice(cursor.index, cursor.index + 3);
  return cursor.column === 0 && (mark === '---' || mark === '...') && isGap(charAt(cursor, 3));
}
