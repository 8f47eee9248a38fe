import { expect, it } from 'vitest';
import { lineBounds, lineColumn } from '../../src/report/finding/line-column.ts';

const file = { path: 'a.yaml', text: 'one\ntwo\r\nthree\rfour\n' };

it.each([
  [0, 1, 1],
  [2, 1, 3],
  [4, 2, 1],
  [9, 3, 1],
  [15, 4, 1],
  [18, 4, 4],
  [20, 5, 1],
  [999, 5, 1],
])('offset %i is in line %i, column %i', (offset, line, column) => {
  expect(lineColumn(file, offset)).toEqual({ line, column });
});

it('gives the text of a line without its line break, whichever it is', () => {
  const lines = [1, 2, 3, 4, 5].map((line) => {
    const bounds = lineBounds(file, line);
    return bounds === undefined ? undefined : file.text.slice(bounds.start, bounds.end);
  });
  expect(lines).toEqual(['one', 'two', 'three', 'four', '']);
  expect(lineBounds(file, 6)).toBeUndefined();
});

it('places everything in an empty file at its start', () => {
  expect(lineColumn({ path: 'b.yaml', text: '' }, 0)).toEqual({ line: 1, column: 1 });
});
