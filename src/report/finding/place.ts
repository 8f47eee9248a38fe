import type { Span } from '../../diagnostic/span.ts';
import { visible } from '../visible.ts';
import { lineColumn } from './line-column.ts';

/** Where a span starts, as compilers write it and editors open it. */
export function place(span: Span): string {
  const { line, column } = lineColumn(span.file, span.start);
  return `${visible(span.file.path)}:${line}:${column}`;
}

/** The line that a span starts in. */
export function placeOfLine({ file, start }: Span): string {
  return `${visible(file.path)}:${lineColumn(file, start).line}`;
}
