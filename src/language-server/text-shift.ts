import type { Position, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Where the parts of a text are after it was edited, as far as they are still there. */
export interface TextShift {
  /** The offset in the newer text; of what is gone, where it stood. */
  forward(offset: number): number;
  /** The offset in the older text. */
  back(offset: number): number;
}

/** One edit is told exactly; of several all between the first and the last counts as replaced. */
export function shiftBetween(before: string, after: string): TextShift {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let kept = 0;
  const rest = most - start;
  while (
    kept < rest &&
    before.charCodeAt(before.length - 1 - kept) === after.charCodeAt(after.length - 1 - kept)
  )
    kept += 1;
  return {
    forward: (offset) => moved(offset, start, before.length - kept, after.length - kept),
    back: (offset) => moved(offset, start, after.length - kept, before.length - kept),
  };
}

/** What lies before the edit stays, what lies behind moves with its end, what lies in it comes to the end at most. */
function moved(offset: number, start: number, endHere: number, endThere: number): number {
  if (offset <= start) return offset;
  return offset >= endHere ? offset - endHere + endThere : Math.min(offset, endThere);
}

/** Finds ranges of the older text in the newer one. */
export function openRangeShift(before: string, after: string): (range: Range) => Range {
  if (before === after) return (range) => range;
  const [older, newer] = [textOf(before), textOf(after)];
  const { forward } = shiftBetween(before, after);
  const move = (position: Position): Position => newer.positionAt(forward(older.offsetAt(position)));
  return ({ start, end }) => ({ start: move(start), end: move(end) });
}

function textOf(text: string): TextDocument {
  return TextDocument.create('', '', 0, text);
}
