import { expect, it } from 'vitest';
import { maskedText } from '../../src/report/finding/masked-text.ts';

function masked(text: string, ...secrets: readonly (readonly [start: number, end: number])[]): string {
  const file = { path: 'a.yaml', text: text.replace(/^\ufeff/u, '') };
  return maskedText(
    'a.yaml',
    text,
    secrets.map(([start, end]) => ({ file, start, end })),
  );
}

it('stretches of a text are dots, each line by itself', () => {
  expect(masked('a: one\nb: two\n', [3, 6])).toBe('a: ••••••\nb: two\n');
  expect(masked('a: |\n  one two\r\n\n  x\nb: c\n', [5, 20])).toBe('a: |\n  ••••••\r\n\n  ••••••\nb: c\n');
  expect(masked('a: one\nb: two\n')).toBe('a: one\nb: two\n');
});

it('stretches in any order, or over one another, are masked whole', () => {
  expect(masked('one two three', [8, 13], [0, 3])).toBe('•••••• two ••••••');
  expect(masked('abcdefgh', [0, 4], [2, 6])).toBe('••••••••••••gh');
  expect(masked('abcdefgh', [0, 6], [2, 4])).toBe('••••••gh');
});

it('those of nothing or of other files mask nothing', () => {
  expect(masked('abc', [1, 1])).toBe('abc');
  const other = { file: { path: 'b.yaml', text: 'abc' }, start: 0, end: 3 };
  expect(maskedText('a.yaml', 'abc', [other])).toBe('abc');
});

it('a byte order mark moves them', () => {
  expect(masked('\ufeffab cd', [0, 2])).toBe('\ufeff•••••• cd');
  expect(masked('\ufeffab cd', [3, 5])).toBe('\ufeffab ••••••');
});
