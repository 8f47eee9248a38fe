import type { Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../diagnostic/span.ts';
import { lineColumn } from '../report/finding/line-column.ts';

/** A span as editors count it: from 0, in UTF-16 code units, as the protocol has it where nothing else was agreed. */
export function rangeOf({ file, start, end }: Span): Range {
  const from = lineColumn(file, start);
  const to = lineColumn(file, Math.max(start, end));
  return {
    start: { line: from.line - 1, character: from.column - 1 },
    end: { line: to.line - 1, character: to.column - 1 },
  };
}

/** A stretch of a text that the editor shows. */
export function rangeIn(document: TextDocument, start: number, end: number): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function isWithin(position: Position, { start, end }: Range): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
