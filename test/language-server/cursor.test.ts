import { describe, expect, it } from 'vitest';
import { cursorAt } from '../../src/language-server/yaml/cursor.ts';
import type { Cursor } from '../../src/language-server/yaml/cursor-shape.ts';
import { objectsIn } from '../../src/language-server/yaml/objects.ts';
import { nodesOf, pathOf } from '../../src/language-server/yaml/outline-node.ts';

/** The cursor at `|`. */
function at(text: string): Cursor | undefined {
  const offset = text.indexOf('|');
  return cursorAt(text.slice(0, offset) + text.slice(offset + 1), offset);
}

const brief = (text: string): unknown => {
  const cursor = at(text);
  return cursor && [cursor.role, cursor.path.join('.'), cursor.typed];
};

describe('what someone writes', () => {
  it.each([
    ['a key half written', 'spec:\n  repl|\n', ['key', 'spec', 'repl']],
    ['a key of an empty line', 'spec:\n  a: 1\n  |\n  b: 2\n', ['key', 'spec', '']],
    ['a key that is deeper than it may be', 'spec:\n  a: 1\n     |\n', ['key', 'spec', '']],
    ['a key at the end of a string', 'spec:\n  a: 1\n|', ['key', '', '']],
    ['a value', 'spec:\n  policy: Al|\n', ['value', 'spec.policy', 'Al']],
    ['a value that is not there yet', 'spec:\n  policy: |\n', ['value', 'spec.policy', '']],
    ['a value in quotes', 'spec:\n  policy: "Al|"\n', ['value', 'spec.policy', 'Al']],
    ['a key of an item', 'list:\n  - name: a\n    im|\n', ['key', 'list.0', 'im']],
    ['the first key of an item', 'list:\n  - name: a\n  - na|\n', ['item', 'list.1', 'na']],
    ['an empty item', 'list:\n  - name: a\n  - |\n', ['item', 'list.1', '']],
    ['an item below its key', 'list:\n- a\n- |\n', ['item', 'list.1', '']],
    ['a key of an item in an item', 'a:\n  - b:\n      - c: 1\n        d|\n', ['key', 'a.0.b.0', 'd']],
    ['a key in braces', 'a: {b: 1, c|}\n', ['key', 'a', 'c']],
    ['a value in braces', 'a: {b: x|}\n', ['value', 'a.b', 'x']],
    ['an item in brackets', 'a: [b, c|]\n', ['item', 'a.1', 'c']],
    ['a key in braces of several lines', 'a: {\n  b: 1,\n  c|\n  d: 2\n}\n', ['key', 'a', 'c']],
    ['a value in braces of several lines', 'a: {\n  b: {c: x|},\n}\n', ['value', 'a.b.c', 'x']],
    ['an item in brackets of several lines', 'a: [\n  b,\n  {c: 1, d|},\n]\n', ['key', 'a.1', 'd']],
    ['a key in quotes of JSON', '{\n  "a": {\n    "b|"\n  }\n}\n', ['key', 'a', 'b']],
    ['a value in quotes of JSON', '{\n  "a": [{"b": "x y|"}]\n}\n', ['value', 'a.0.b', 'x y']],
    ['a key behind braces that are open', 'a: {b: 1\nc|\n', ['key', '', 'c']],
    ['a second document', 'a: 1\n---\nb:\n  |\n', ['key', 'b', '']],
    ['a comment', 'a: 1 # say|\n', undefined],
    ['a key that has a value', 'a:\n  na|me: x\n', ['key', 'a', 'na']],
    ['a key before lines that cannot be', 'a:\n  b|\n  : [\n   - }\n', ['key', 'a', 'b']],
    ['nothing', '|', ['key', '', '']],
  ])('%s', (_, text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  it('a document within a block scalar, in its own place', () => {
    const text = 'patches:\n  - patch: >\n      kind: Deployment\n      spec:\n        repl';
    const inner = cursorAt(text, text.length);
    expect(inner && [inner.role, inner.path.join('.'), inner.typed]).toEqual(['key', 'spec', 'repl']);
    expect(inner?.within?.path.join('.')).toBe('patches.0.patch');
    expect([inner?.line, inner?.from, inner?.to]).toEqual([4, 8, 12]);
  });

  it('next to the keys that are there', () => {
    expect(at('spec:\n  a: 1\n  |\n  b:\n    c: 1\n')?.siblings).toEqual(['a', 'b']);
  });

  it('next to the keys behind it in braces', () => {
    expect(at('a: {b: 1, |, c: 2}\n')?.siblings).toEqual(['b', 'c']);
    expect(at('a: {\n  b: 1,\n  |\n  c: 2\n}\n')?.siblings).toEqual(['b', 'c']);
  });

  it.each([
    ['a: "x|y"\n', 4, 7, '"'],
    ["a: 'x|\n", 4, 5, "'"],
    ['- "x|"\n', 3, 5, '"'],
    ['a: ["x|", b]\n', 5, 7, '"'],
    ['"x|": 1\n', 1, 3, '"'],
    ['a: x|y\n', 3, 5, undefined],
  ])('from behind the quote to its end: %j', (text, from, to, quote) => {
    expect(at(text)).toMatchObject({ from, to });
    expect(at(text)?.quote).toBe(quote);
  });

  it('whatever the text is', () => {
    const pieces = [
      'a:',
      ' b',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '#',
      ':',
      '---\n',
      ', ',
      '\t',
      '\u{1f600}',
    ];
    let seed = 7;
    for (let round = 0; round < 2_000; round++) {
      let text = '';
      for (let count = 0; count < 12; count++) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        text += pieces[seed % pieces.length];
      }
      for (const offset of [0, text.length >> 1, text.length]) {
        const cursor = cursorAt(text, offset);
        if (cursor !== undefined) expect(cursor.from).toBeLessThanOrEqual(cursor.to);
      }
    }
  });
});

describe('a text that no one writes', () => {
  const many = 100_000;
  it.each([
    ['brackets', '{'.repeat(many)],
    ['a list of brackets', `a: ${'['.repeat(many)}`],
    ['dashes', '- '.repeat(many)],
    ['quotes', `a: ${'"" '.repeat(many)}`],
    ['blanks behind a key', `a${' '.repeat(many)}b`],
    ['keys of one line', 'a:\n'.repeat(many)],
  ])('is read as far as anyone nests: %s', (_, text) => {
    const depths = objectsIn(text).map(({ outline }) => {
      const nodes = nodesOf(outline.root);
      return Math.max(0, ...nodes.slice(-10).map((node) => pathOf(node).length));
    });
    expect(Math.max(0, ...depths)).toBeLessThanOrEqual(1001);
    expect(() => cursorAt(text, text.length)).not.toThrow();
  });
});
