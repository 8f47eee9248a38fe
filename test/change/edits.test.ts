import { expect, it } from 'vitest';
import { editsBetween } from '../../src/change/edits.ts';
import type { Side } from '../../src/change/side.ts';

const path = 'a.yaml';
const side = (lines: readonly string[]): Side => ({ textOf: () => lines.join('\n') }) as unknown as Side;
/** A span of so many characters at the start of a line. */
function spanOf(lines: readonly string[], line: number, length = 1) {
  const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  return { file: { path, text: lines.join('\n') }, start, end: start + length };
}

it('finds the first edited line of a span, the edit that it belongs to, and the line of the head in its place', () => {
  const base = ['a', 'b', '', 'c', 'gone', 'd'];
  const head = ['a', 'B', '', 'C', 'd', 'new'];
  const edits = editsBetween(side(base), side(head));
  const lineOf = (span: { start: number; end: number } | undefined) => span && [span.start, span.end];
  expect(lineOf(edits.within('head', spanOf(head, 0)))).toBeUndefined();
  expect(lineOf(edits.within('head', spanOf(head, 0, 6)))).toEqual([2, 3]);
  expect(lineOf(edits.within('head', spanOf(head, 3)))).toEqual([5, 6]);
  expect(lineOf(edits.within('head', spanOf(head, 4)))).toBeUndefined();
  expect(lineOf(edits.within('head', spanOf(head, 5)))).toEqual([9, 10]);
  const numbers = [0, 1, 3, 4, 5].map((line) => edits.editOf('head', spanOf(head, line)));
  expect(numbers.map((one) => one !== undefined)).toEqual([false, true, true, false, true]);
  expect(lineOf(edits.near(spanOf(base, 4)))).toEqual([5, 6]);
  expect(edits.near(spanOf(base, 0))).toBeUndefined();
});
