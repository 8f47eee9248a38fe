import type { SourceFile } from './source-file.ts';

/** A stretch of a file in UTF-16 code units, `end` exclusive. Lines and columns exist in `report/` only. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The start of a file: where a problem stands that has no better place, e.g. a file that cannot be read. */
export function startOf(file: SourceFile): Span {
  return { file, start: 0, end: 0 };
}
