import type { Range } from 'vscode-languageserver';
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
