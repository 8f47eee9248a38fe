import type { Span } from '../../diagnostic/span.ts';
import type { Suppression } from '../../diagnostic/suppression.ts';
import { lineColumn } from './line-column.ts';
import { enclosingNames } from './written-lines.ts';

/**
 * What a suppression is known by in another revision: what it says, and the object or the field that it speaks of, whatever value that
 * has. Line numbers have no part in it.
 */
export function suppressionKey({ by, rule, reason, expires, owner, span, key }: Suppression): string {
  const said = [by, rule, reason, expires, owner, span.file.path];
  if (by === 'annotation') return JSON.stringify([...said, key]);
  return JSON.stringify([...said, ...enclosingNames(span.file, lineOf(span, key))]);
}

/** The line that a comment speaks of, else its own. */
function lineOf({ file, start }: Span, key: string | undefined): number {
  const offset = key === undefined ? start : Number(key.slice(key.indexOf('\u0000') + 1));
  return lineColumn(file, offset).line;
}
