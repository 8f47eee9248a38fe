import { describe, expect, it } from 'vitest';
import type { Span } from '../../src/diagnostic/span.ts';
import { codeFrame, frameOf, sourceLine, wholeLine } from '../../src/report/finding/code-frame.ts';
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

/** The lines of a frame, marked from `[` to `]`. */
function marked(span: Span, width = 80, secrets: readonly Span[] = []): string[] {
  return frameOf(span, { secrets, width }).lines.map(({ text, offset, length }) => {
    const line = text.padEnd(offset + length);
    const [head, body, tail] = [
      line.slice(0, offset),
      line.slice(offset, offset + length),
      line.slice(offset + length),
    ];
    return length === 0 ? text : `${head}[${body}]${tail}`;
  });
}

const whole = (text: string): Span => ({ file: { path: 'a', text }, start: 0, end: text.length });

it('stops after three lines of a span of more, and says so', () => {
  const frame = codeFrame(whole('a:\n  - 1\n  - 2\n  - 3\n  - 4\n'), plain);
  expect(frame).toEqual([
    '  |',
    '1 | a:',
    '  | ^^',
    '2 |   - 1',
    '  |   ^^^',
    '3 |   - 2',
    '  |   ^^^',
    '  | …',
  ]);
  const text = 'a:\n- 1\n- 2\n- 3\n- 4\n';
  expect(marked(spanOf(text, 'a:\n- 1\n- 2'))).toEqual(['[a:]', '[- 1]', '[- 2]', '- 3']);
  expect(marked(spanOf(text, 'a:\n- 1\n- 2\n- 3'))).toEqual(['[a:]', '[- 1]', '[- 2]']);
  expect(frameOf(whole(''), plain)).toEqual({ lines: [], isCut: false });
});

it('shows empty lines before a span and in it, and no empty one behind it', () => {
  expect(codeFrame(spanOf('a: 1  \n\nb: 2\n\nc: 3', 'b: 2'), plain)).toEqual([
    '  |',
    '1 | a: 1',
    '2 |',
    '3 | b: 2',
    '  | ^^^^',
  ]);
  expect(marked(spanOf('a:\n\n  b', 'a:\n\n  b'))).toEqual(['[a:]', '', '  [b]']);
  expect(marked(spanOf('a:\n\nb', 'a:\n\n'))).toEqual(['[a:]', '', 'b']);
});

it('marks neither indentation nor blanks at the end of a line, save for a place among them', () => {
  const text = `a${' '.repeat(2000)}`;
  const { lines } = frameOf({ file: { path: 'a', text }, start: 700, end: 2000 }, { ...plain, width: 2000 });
  expect(lines.map(({ length }) => length)).toEqual([1]);
  expect(marked(spanOf('a: |  \n  b  \n  c', '|  \n  b  \n  c'))).toEqual(['a: [|]  ', '  [b]  ', '  [c]']);
});

it('cuts a long line around the marks', () => {
  const text = `key: ${'x'.repeat(300)}HERE${'y'.repeat(300)}\n`;
  const [, line = '', marks = ''] = codeFrame(spanOf(text, 'HERE'), { ...plain, width: 60 });
  expect(line.length).toBeLessThanOrEqual(64);
  expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
});

describe('a line that is longer than the room', () => {
  const letters = 'abcdefghijklmno';
  const many = `${letters}pqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ`;
  it.each([
    ['is whole where it just fits', 'abcdefghi', 'i', 9, 'abcdefgh[i]'],
    ['ends where there is no more room', letters, 'c', 9, 'ab[c]defgh…'],
    ['has room for marks up to its last column but one', letters, 'h', 9, 'abcdefg[h]…'],
    ['begins with a third of the room before marks that are further away', letters, 'i', 9, '…fgh[i]jkl…'],
    ['goes on to its end', letters, 'l', 9, '…ijk[l]mno'],
    ['goes on to its end where that just fits', letters, 'k', 9, '…hij[k]lmno'],
    ['is marked as far as it is shown', letters, 'hijklmn', 9, '…efg[hijk…]'],
    ['begins with itself where the marks are near', letters, 'bcdefghijklmn', 9, 'a[bcdefgh…]'],
    [
      'begins with itself where it can show twenty marks',
      many,
      many.slice(9, 40),
      30,
      `abcdefghi[${many.slice(9, 29)}…]`,
    ],
    [
      'begins elsewhere where it cannot',
      many,
      many.slice(10, 40),
      29,
      `…${many.slice(1, 10)}[${many.slice(10, 28)}…]`,
    ],
  ])('%s', (_, text, part, width, shown) => {
    expect(marked(spanOf(text, part), width)).toEqual([shown]);
  });

  it('begins with its key where it only surrounds the span', () => {
    const text = `before: ${'x'.repeat(700)}\na: 1\nbehind: ${'x'.repeat(700)}\n`;
    expect(marked(spanOf(text, '1'), 12)).toEqual(['before: xxx…', 'a: [1]', 'behind: xxx…']);
  });

  it('is cut in a list of places as well', () => {
    const at = (width: number): string => sourceLine(spanOf('  abcdef  \n', 'c'), [], width);
    expect([7, 6, 5, 2, 1, 0].map(at)).toEqual(['abcdef', 'abcdef', 'abcd…', 'a…', 'a…', 'a…']);
  });

  it.each(['🚀', '\u{1f400}'])(
    'is looked at only as far as somebody can see it, and no %s is torn',
    (one) => {
      const text = `${one.repeat(500)}a${one.repeat(500)}`;
      const at = text.indexOf('a');
      for (const [start, before, behind] of [
        [at, 250, 250],
        [at - 1, 250, 249],
        [at + 1, 249, 250],
      ] as const) {
        const { lines } = frameOf(
          { file: { path: 'a', text }, start, end: start + 1 },
          { secrets: [], width: 9_000 },
        );
        expect(lines.map((line) => line.text)).toEqual([`${one.repeat(before)}a${one.repeat(behind)}`]);
      }
      expect(sourceLine(spanOf(text, 'a'), [], 9_000)).toBe(one.repeat(250));
      expect(wholeLine(spanOf(text, 'a'), [])).toBe(text);
    },
  );

  it.each(['x', '\ue000', '！'])('is looked at as far whatever stands there: %s', (one) => {
    const text = `${one.repeat(1000)}a${one.repeat(1000)}`;
    const [line] = frameOf(spanOf(text, 'a'), { secrets: [], width: 9_000 }).lines;
    expect(line?.text).toBe(`${one.repeat(500)}a${one.repeat(499)}`);
  });
});

it('a whole line is shown without the blanks behind it, and without secrets', () => {
  const text = '  a: hunter2  \nb: 1\n';
  expect(wholeLine(spanOf(text, 'hunter2'), [spanOf(text, 'hunter2')])).toBe('  a: ••••••');
});

describe('of a secret nothing is shown', () => {
  const secret = `${'s'.repeat(10)}${' '.repeat(990)}${'t'.repeat(500)}`;
  it.each([
    [
      'on each of its lines, behind their indentation',
      'a: |\n    one\n    two\nb: 1',
      'one\n    two',
      ['a: |', '    [••••••]', '    [••••••]', 'b: 1'],
    ],
    ['up to what stands behind it', 'b: 1\na: ss # b', 'ss', ['b: 1', 'a: [••••••] # b']],
    ['where a long line is looked at in the midst of it', `a: ${secret} # b`, secret, ['a: [••••••]']],
  ])('%s', (_, text, part, lines) => {
    const span = spanOf(text, part);
    expect(marked(span, 2_000, [span])).toEqual(lines);
  });

  it('around a place in the midst of it', () => {
    const text = `a: ${secret}`;
    const span = { ...spanOf(text, 'tt'), end: text.length };
    expect(marked(span, 2_000, [spanOf(text, secret)])).toEqual(['••••••[ ]']);
  });
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
