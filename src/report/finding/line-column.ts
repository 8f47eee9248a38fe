import { firstWhere } from '../../diagnostic/first-where.ts';
import type { SourceFile } from '../../diagnostic/source-file.ts';

/** A place as people and editors count it: both from 1, columns in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

const starts = new WeakMap<SourceFile, readonly number[]>();

/** The line and column of an offset; an offset beyond the end is the end. */
export function lineColumn(file: SourceFile, offset: number): LineColumn {
  const lines = lineStarts(file);
  const line = firstWhere(lines, (start) => start > offset);
  return { line, column: Math.min(offset, file.text.length) - (lines[line - 1] ?? 0) + 1 };
}

/** Where a line's text starts and ends, without its line break; undefined beyond the last line. */
export function lineBounds(file: SourceFile, line: number): { start: number; end: number } | undefined {
  const lines = lineStarts(file);
  const start = lines[line - 1];
  if (start === undefined) return undefined;
  const next = lines[line];
  if (next === undefined) return { start, end: file.text.length };
  return { start, end: file.text[next - 2] === '\r' && file.text[next - 1] === '\n' ? next - 2 : next - 1 };
}

// YAML 1.2 breaks lines at LF, CR and CRLF only; so do editors.
function lineStarts(file: SourceFile): readonly number[] {
  const known = starts.get(file);
  if (known !== undefined) return known;
  const found = [0];
  const { text } = file;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) found.push(index + 1);
  }
  starts.set(file, found);
  return found;
}
