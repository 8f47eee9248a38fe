import { type Cursor, charAt, isBlank, isBreak, isLineEnd, markOf, pass, passBreak } from './cursor.ts';
import type { Mark, Token, WaitingComment } from './token.ts';

/** What the scanner knows where a comment may stand. */
export interface CommentScope {
  readonly cursor: Cursor;
  readonly comments: WaitingComment[];
  /** The last token but for a comma. */
  readonly lastToken: Token | undefined;
  readonly indent: number;
  readonly isFlow: boolean;
}

/** A comment on the rest of the line belongs to the token at `owner`. */
export function scanLineComment(
  { cursor, comments }: Pick<CommentScope, 'cursor' | 'comments'>,
  owner: Mark,
): void {
  if (cursor.breaks > 0) return;
  let ahead = 0;
  while (isBlank(charAt(cursor, ahead))) ahead += 1;
  if (charAt(cursor, ahead) !== '#') return;
  while (ahead-- > 0) pass(cursor);
  const start = markOf(cursor);
  comments.push({
    ...emptyComment,
    line: readLine(cursor),
    scan: nowhere,
    token: owner,
    start,
    end: nowhere,
  });
}

const nowhere: Mark = { index: 0, line: 0, column: 0 };
const emptyComment = { head: '', line: '', foot: '' };

function readLine(cursor: Cursor): string {
  let text = '';
  while (!isLineEnd(charAt(cursor))) text += pass(cursor);
  return text;
}

/** The comment that is being read, and where it may go. */
interface Reading {
  text: string;
  start: Mark;
  scan: Mark;
  token: Mark;
}

/**
 * Comments on lines of their own: those that an empty line or another indentation ends belong to what stood before them, the
 * others to what follows (scannerc.go of go-yaml v3.0.5).
 */
export function scanComments(scope: CommentScope, scan: Mark): void {
  const { cursor, lastToken, isFlow } = scope;
  const indent = Math.max(scope.indent, 0);
  const footLine = footLineOf(cursor, scan);
  const reading: Reading = { text: '', start: nowhere, scan, token: lastToken?.start ?? nowhere };
  let seesEmpty = false;
  let isBeforeEmpty = cursor.breaks <= 1;
  let { line, column } = cursor;
  let ahead = 0;
  for (; ; ahead++) {
    column += 1;
    const char = charAt(cursor, ahead);
    if (isBlank(char)) continue;
    const closesFlow = isFlow && (char === ']' || char === '}');
    const here = { index: cursor.index + ahead, line, column };
    if (closesFlow || isLineEnd(char)) {
      if (closesFlow || !seesEmpty) {
        const isDedented = reading.start.column - 1 < indent;
        const isBelowToken = reading.start.line === footLine && lastToken?.type !== 'value';
        if (closesFlow || (isBeforeEmpty && (isBelowToken || isDedented))) {
          if (isDedented && reading.text !== '') reading.token = reading.start;
          leaveFoot(scope, reading, here);
        } else if (reading.text !== '' && char !== '\0') reading.text += '\n';
      }
      if (!isBreak(char)) break;
      isBeforeEmpty = false;
      seesEmpty = true;
      column = 0;
      line += 1;
      continue;
    }
    if (reading.text !== '' && column - 1 < indent && column !== reading.start.column) {
      leaveFoot(scope, reading, here);
    }
    if (char !== '#') break;
    if (reading.text === '') reading.start = here;
    else reading.text += '\n';
    seesEmpty = false;
    passTo(cursor, cursor.index + ahead);
    reading.text += readLine(cursor);
    // Behind the break of this line.
    ahead = 0;
    column = 0;
    ({ line } = cursor);
  }
  if (reading.text === '') return;
  const { text, start } = reading;
  const end = { index: cursor.index + ahead - 1, line, column };
  scope.comments.push({ ...emptyComment, head: text, scan: reading.scan, token: start, start, end });
}

function passTo(cursor: Cursor, index: number): void {
  while (cursor.index < index) {
    if (isBreak(charAt(cursor))) passBreak(cursor);
    else pass(cursor);
  }
}

/** The line on which a comment must start to belong to what stands before it. */
function footLineOf(cursor: Cursor, scan: Mark): number {
  if (scan.line === 0) return -1;
  const line = cursor.line - cursor.breaks + 1;
  return cursor.breaks === 0 && cursor.column > 1 ? line + 1 : line;
}

function leaveFoot({ comments }: CommentScope, reading: Reading, here: Mark): void {
  if (reading.text === '') return;
  const { text, scan, token, start } = reading;
  comments.push({ ...emptyComment, foot: text, scan, token, start, end: here });
  reading.text = '';
  reading.scan = here;
  reading.token = here;
}
