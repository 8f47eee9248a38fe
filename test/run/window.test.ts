import { describe, expect, it } from 'vitest';
import { isShown, windowsOf } from '../../src/run/window.ts';

const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
const file = { path: 'a.yaml', text: lines.join('\n') };

/** The place of a part of a line, from one character on. */
function at(line: number, from = 0, length = 1): { file: typeof file; start: number; end: number } {
  const start = lines.slice(0, line).join('\n').length + (line === 0 ? 0 : 1) + from;
  return { file, start, end: start + length };
}

/** The first and the last line of each window, which begins and ends with a line. */
function shown(...places: readonly { file: typeof file; start: number; end: number }[]): string[] {
  return windowsOf(file, places).map(({ start, end }) => {
    expect(start === 0 || file.text[start] === '\n').toBe(true);
    expect(end === file.text.length || file.text[end] === '\n').toBe(true);
    const some = file.text.slice(start, end).replace(/^\n/u, '').split('\n');
    return `${some[0]?.slice(5)} to ${some.at(-1)?.slice(5)}`;
  });
}

describe('windows of a file', () => {
  it('are twelve whole lines before and behind a place', () => {
    expect(shown()).toEqual([]);
    expect(shown(at(50))).toEqual(['38 to 62']);
    expect(shown(at(50, 5))).toEqual(['38 to 62']);
    expect(shown(at(50, 6))).toEqual(['38 to 63']);
    expect(shown(at(0))).toEqual(['0 to 12']);
    expect(shown(at(5, 2))).toEqual(['0 to 17']);
    expect(shown(at(12))).toEqual(['0 to 24']);
    expect(shown(at(13))).toEqual(['1 to 25']);
    expect(shown(at(99, 6))).toEqual(['87 to 99']);
    expect(shown(at(87))).toEqual(['75 to 99']);
    expect(shown(at(86))).toEqual(['74 to 98']);
  });

  it('end behind the end of a place', () => {
    expect(shown({ ...at(50), end: at(55, 3).start })).toEqual(['38 to 67']);
    expect(shown({ ...at(50), end: at(50).start })).toEqual(['38 to 62']);
  });

  it('are one where they touch, in whatever order', () => {
    expect(shown(at(20), at(50))).toEqual(['8 to 32', '38 to 62']);
    expect(shown(at(50), at(20))).toEqual(['8 to 32', '38 to 62']);
    expect(shown(at(20), at(44))).toEqual(['8 to 56']);
    expect(shown(at(20), at(45))).toEqual(['8 to 57']);
    expect(shown(at(20), at(46))).toEqual(['8 to 32', '34 to 58']);
    expect(shown(at(20), at(30), at(31), at(20))).toEqual(['8 to 43']);
    expect(shown(at(20), at(20, 3), at(20, 5))).toEqual(['8 to 32']);
    expect(shown(at(20), at(20, 6))).toEqual(['8 to 33']);
    expect(shown({ ...at(20), end: at(40).start }, at(22))).toEqual(['8 to 52']);
    expect(shown(at(20), at(33), at(34, 2))).toEqual(['8 to 46']);
    expect(shown(at(20), at(21), at(60), at(61))).toEqual(['8 to 33', '48 to 73']);
  });

  it('of a very long place show its beginning', () => {
    const text = `${'a\n'.repeat(3000)}`;
    const long = { path: 'a.yaml', text };
    expect(windowsOf(long, [{ file: long, start: 0, end: 6000 }])).toEqual([{ start: 0, end: 2025 }]);
  });

  it('of a file without lines are all of it', () => {
    const one = { path: 'a.yaml', text: 'abc' };
    expect(windowsOf(one, [{ file: one, start: 1, end: 2 }])).toEqual([{ start: 0, end: 3 }]);
  });
});

it.each<[number, number, boolean]>([
  [0, 10, false],
  [0, 11, true],
  [10, 20, true],
  [12, 13, true],
  [19, 25, true],
  [20, 30, false],
  [20, 31, true],
  [5, 50, true],
  [39, 50, true],
  [40, 50, false],
])('a stretch from %i to %i is shown: %j', (start, end, expected) => {
  const windows = [
    { start: 10, end: 20 },
    { start: 30, end: 40 },
  ];
  expect(isShown(windows, start, end)).toBe(expected);
  expect(isShown([], start, end)).toBe(false);
});
