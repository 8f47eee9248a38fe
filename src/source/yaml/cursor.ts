/** A place in a text, with the line that it is in as go-yaml counts lines. */
export interface Cursor {
  readonly text: string;
  /** Where the text ends for this reader. */
  readonly end: number;
  at: number;
  line: number;
  lineStart: number;
}

/** The code of the character `ahead` of the cursor, 0 behind the end. */
export function peek(cursor: Cursor, ahead = 0): number {
  const at = cursor.at + ahead;
  return at < cursor.end ? cursor.text.charCodeAt(at) : 0;
}

export function columnOf(cursor: Cursor): number {
  return cursor.at - cursor.lineStart;
}

/** Passes the line break at the cursor and gives back what go-yaml makes of it: only LS and PS stay what they are. */
export function passBreak(cursor: Cursor): string {
  const code = peek(cursor);
  if (!isBreak(code)) return '';
  cursor.at += code === 13 ? carriageReturnLength(cursor) : 1;
  cursor.line += 1;
  cursor.lineStart = cursor.at;
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
}

// What splits a text into documents makes an LF of each CR LF, so that a CR before those two becomes a part of that break.
function carriageReturnLength(cursor: Cursor): number {
  if (peek(cursor, 1) === 10) return 2;
  return peek(cursor, 1) === 13 && peek(cursor, 2) === 10 ? 3 : 1;
}

export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Whether nothing but white space, or the end, stands there. */
export function isBlankOrEnd(code: number): boolean {
  return code === 32 || code === 9 || code === 0 || isBreak(code);
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

/** Passes what is left of the line. */
export function passToBreak(cursor: Cursor): void {
  while (!isBreakOrEnd(peek(cursor))) cursor.at += 1;
}

/** Whether `---` or `...` stands here by itself, at the start of a line. */
export function isIndicator(cursor: Cursor, code: number): boolean {
  return (
    cursor.at === cursor.lineStart &&
    peek(cursor) === code &&
    peek(cursor, 1) === code &&
    peek(cursor, 2) === code &&
    isBlankOrEnd(peek(cursor, 3))
  );
}

export const dash = 45;
export const dot = 46;
