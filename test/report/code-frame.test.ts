import { expect, it } from 'vitest';
import type { Span } from '../../src/diagnostic/span.ts';
import { codeFrame, sourceLine } from '../../src/report/finding/code-frame.ts';
import { paintWith } from '../../src/report/terminal/colour.ts';

const plain = { paint: paintWith(false), style: 'error', secrets: [], width: 80 } as const;

function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  return { file: { path: 'a.yaml', text }, start, end: start + part.length };
}

it('shows two lines before, the line underlined, one line after', () => {
  const text = 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n';
  expect(codeFrame(spanOf(text, '4'), plain)).toEqual([
    '  |',
    '2 | b: 2',
    '3 | c: 3',
    '4 | d: 4',
    '  |    ^',
    '5 | e: 5',
  ]);
});

it('aligns the marks below tabs, astral characters and spelled-out ones', () => {
  const text = '\t"\u202e🚀x": value\n';
  expect(codeFrame(spanOf(text, 'value'), plain)).toEqual([
    '  |',
    '1 |   "<U+202E>🚀x": value',
    '  |                  ^^^^^',
  ]);
});

it('marks an empty place once, and shows nothing of a file without text', () => {
  const text = 'a: 1\n';
  expect(codeFrame({ file: { path: 'a', text }, start: 0, end: 0 }, plain)).toEqual([
    '  |',
    '1 | a: 1',
    '  | ^',
  ]);
  expect(codeFrame({ file: { path: 'a', text: '' }, start: 0, end: 0 }, plain)).toEqual([]);
});

it('stops after three lines of a long span', () => {
  const text = 'a:\n  - 1\n  - 2\n  - 3\n  - 4\n';
  const frame = codeFrame({ file: { path: 'a', text }, start: 0, end: text.length }, plain);
  expect(frame.filter((line) => line.includes('^'))).toHaveLength(3);
  expect(frame.at(-1)).toBe('  | …');
});

it('cuts a long line around the marks', () => {
  const text = `key: ${'x'.repeat(300)}HERE${'y'.repeat(300)}\n`;
  const [, line = '', marks = ''] = codeFrame(spanOf(text, 'HERE'), { ...plain, width: 60 });
  expect(line.length).toBeLessThanOrEqual(64);
  expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
});

it('shows dots for a secret, in the frame and in a single line, however long it is', () => {
  const text = 'data:\n  password: aHVudGVyMg==\n  other: |\n    line-one\n    line-two\nend: 1\n';
  const secrets = [spanOf(text, 'aHVudGVyMg=='), spanOf(text, '|\n    line-one\n    line-two')];
  const shown = codeFrame(spanOf(text, 'aHVudGVyMg=='), { ...plain, secrets });
  expect(shown).toContain('2 |   password: ••••••');
  expect(shown).toContain('  |             ^^^^^^');
  const block = codeFrame(spanOf(text, 'line-two'), { ...plain, secrets }).join('\n');
  expect(block).not.toMatch(/line-/u);
  expect(sourceLine(spanOf(text, 'aHVudGVyMg=='), secrets, 80)).toBe('password: ••••••');
});

it('knows CRLF', () => {
  const text = 'a: 1\r\nb: 2\r\n';
  expect(codeFrame(spanOf(text, '2'), plain)).toEqual(['  |', '1 | a: 1', '2 | b: 2', '  |    ^']);
});
