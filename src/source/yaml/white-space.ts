import { type Cursor, isBlank, isBreak, passBreak, passToBreak, peek } from './cursor.ts';
import type { Dialect, Tokens } from './tokens.ts';

/** Passes blanks, line breaks and comments. A tab is a blank only where no key may start. */
export function passToToken(tokens: Tokens): void {
  const { cursor } = tokens;
  for (;;) {
    const isTabBlank = tokens.flowLevel > 0 || !tokens.mayStartKey;
    while (peek(cursor) === 32 || (isTabBlank && peek(cursor) === 9)) cursor.at += 1;
    if (peek(cursor) === 35) passComment(cursor, tokens.dialect);
    if (!isBreak(peek(cursor))) return;
    passBreak(cursor);
    if (tokens.flowLevel === 0) tokens.mayStartKey = true;
  }
}

function passComment(cursor: Cursor, { isThird }: Dialect): void {
  passToBreak(cursor);
  if (!isThird) return;
  for (let next = commentBehind(cursor); next > 0; next = commentBehind(cursor)) {
    while (cursor.at < next) if (passBreak(cursor) === '') cursor.at += 1;
    passToBreak(cursor);
  }
}

const furthestComment = 512;

/** v3 takes comments together that only white space separates: tabs, too, which it refuses elsewhere at the start of a line. */
function commentBehind({ text, at, end }: Cursor): number {
  let next = at;
  while (next < end && /[ \t\r\n]/.test(text.charAt(next))) next += 1;
  const isComment = next > at && next < end && text.charAt(next) === '#';
  return isComment && next - at < furthestComment ? next : -1;
}

/** v3 looks for a comment on the line of each token, whatever blanks stand before it. */
export function passLineComment(cursor: Cursor): void {
  const before = cursor.text.slice(cursor.lineStart, cursor.at);
  if (cursor.line > 0 && /^[ \t]*$/.test(before)) return;
  let ahead = 0;
  while (isBlank(peek(cursor, ahead))) ahead += 1;
  if (peek(cursor, ahead) !== 35) return;
  cursor.at += ahead;
  passToBreak(cursor);
}
