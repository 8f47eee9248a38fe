import { describe, expect, it } from 'vitest';
import { ignoreComments } from '../../src/accept/ignore-comments.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { lineKey } from '../../src/diagnostic/suppression.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Found = ReturnType<typeof ignoreComments>;

function read(text: string, path = 'a.yaml'): Found {
  const sources = openSources(memoryFileSystem({ [path]: text }));
  return ignoreComments(sources, [path], 'kustomize');
}

/** The rules that are accepted at a place in a text, which is where `at` first stands. */
function acceptedAt(text: string, at: string, path = 'a.yaml'): string[] {
  const start = text.indexOf(at);
  const span = { file: { path, text }, start, end: start + at.length };
  const one = { span } as Diagnostic;
  return read(text, path)
    .suppressions.filter(({ key, covers }) => covers(one) && (key === undefined || key === lineKey(span)))
    .map(({ rule }) => rule);
}

const ignore = '# cdb-lint-ignore r -- accepted';

describe('a comment', () => {
  it.each<[string, string, string, string[]]>([
    ['accepts in its line', `A: B ${ignore}\nC: D\n`, 'B', ['r']],
    ['accepts nothing in the next line then', `A: B ${ignore}\nC: D\n`, 'D', []],
    ['accepts nothing in the line above', `A: B\nC: D ${ignore}\n`, 'B', []],
    ['accepts in the line below', `${ignore}\nA: B\nC: D\n`, 'B', ['r']],
    ['accepts nothing further below', `${ignore}\nA: B\nC: D\n`, 'D', []],
    ['accepts below other comments and empty lines', `${ignore}\n \t\r\n  # more\n\nA: B\n`, 'B', ['r']],
    ['accepts together with another', `${ignore}\n# cdb-lint-ignore s -- accepted\nA: B\n`, 'B', ['r', 's']],
    ['accepts below, indented', `A:\n  ${ignore}\n  B: C\n`, 'C', ['r']],
    ['accepts nothing at the end', `A: B\n${ignore}\n`, 'B', []],
    ['accepts nothing at the end without a line', `A: B\n${ignore}`, 'B', []],
    ['accepts with a colon', 'A: B # cdb-lint-ignore: r -- accepted\n', 'B', ['r']],
    ['accepts nothing at the end below another without a line', `A: B\n${ignore}\n${ignore}`, 'B', []],
    [
      'accepts below another, in its line',
      `${ignore}\nA: B # cdb-lint-ignore s -- accepted`,
      'B',
      ['r', 's'],
    ],
    ['accepts in the last line', `${ignore}\nA: B`, 'B', ['r']],
    ['accepts in all of its line', `A: {B: C, D: E} ${ignore}\n`, 'E', ['r']],
    ['accepts without a space behind the colon', 'A: B # cdb-lint-ignore:r -- accepted\n', 'B', ['r']],
    ['accepts without spaces', 'A: B #cdb-lint-ignore r -- accepted\n', 'B', ['r']],
    ['accepts with tabs', 'A: B\t#\tcdb-lint-ignore\t:\tr -- accepted\n', 'B', ['r']],
    ['is none by another name', 'A: B # cdb-lint-ignored r -- accepted\n', 'B', []],
    ['is none by a longer name', 'A: B # cdb-lint-ignore-all r -- accepted\n', 'B', []],
    ['is none in another comment', 'A: B # see cdb-lint-ignore r -- accepted\n', 'B', []],
    ['is none in a value', `A: B${ignore}\n`, 'B', []],
    ['is none in a text', `A: "B ${ignore}"\n`, 'B', []],
    ['is none in a long text', `A: |\n  B\n  ${ignore}\n  C\n`, 'C', []],
    ['accepts within a long text that begins below', `${ignore}\nA: |\n  B\n  C\nD: E\n`, 'C', ['r']],
    ['accepts in a line below a long text', `A: |\n  B\n  C\nD: E ${ignore}\n`, 'E', ['r']],
    ['accepts within a long text that is a document', `${ignore}\n"B\n  C"\n`, 'C', ['r']],
    ['accepts nothing before a long text that begins below', `A: B\n${ignore}\nC: |\n  D\n  E\n`, 'B', []],
    ['accepts nothing at the end of it', `${ignore}\nA: "B\n  C" # D\n`, ' # D', []],
    ['accepts above texts with comments', `A: B ${ignore}\nC: "${ignore} ${ignore}"\n`, 'B', ['r']],
    ['is none in a text with another', `A: "B ${ignore}\n  ${ignore}"\n`, 'B', []],
    ['is none in a text with another, and none below', `A: "B ${ignore}\n\n  ${ignore}"\nC: D\n`, 'D', []],
    ['accepts nothing behind that', `${ignore}\nA: |\n  B\n  C\nD: E\n`, 'D', []],
    ['accepts what begins in the line of a long text', `${ignore}\nA: |\n  B\n  C\nD: E\n`, 'A', ['r']],
    ['accepts nothing within a long text further below', `${ignore}\nA: B\nC: |\n  D\n  E\n`, 'E', []],
    ['accepts in a later document', `A: B\n---\nC: D ${ignore}\n`, 'D', ['r']],
    ['accepts behind a text', `A: "B # C" ${ignore}\n`, 'B', ['r']],
  ])('%s', (_, text, at, rules) => {
    expect(acceptedAt(text, at)).toEqual(rules);
  });

  it('of another file accepts nothing in a long text', () => {
    const text = `${ignore}\nA: |\n  B\n  C\n`;
    const [one] = read(text).suppressions;
    const span = { file: { path: 'b.yaml', text }, start: text.indexOf('B'), end: text.length };
    expect(one?.covers({ span } as Diagnostic)).toBe(false);
  });

  it('stands where it does', () => {
    const [one] = read(`a: b ${ignore}  \r\n`).suppressions;
    expect(one).toMatchObject({ by: 'comment', reason: 'accepted', span: { start: 5, end: 36 } });
  });

  it('in a patch of a kustomization is one, and in another text of it is not', () => {
    const patch = `patches:\n- patch: |\n    A: B ${ignore}\n    C: D\n`;
    expect(acceptedAt(patch, 'B', 'kustomization.yaml')).toEqual(['r']);
    expect(acceptedAt(patch, 'D', 'kustomization.yaml')).toEqual([]);
    expect(acceptedAt(patch, 'B')).toEqual([]);
    expect(
      acceptedAt(`patches:\n${ignore}\n- patch: |\n    A: B\n`, 'patch: |', 'kustomization.yaml'),
    ).toEqual(['r']);
    expect(acceptedAt(`patches:\n${ignore}\n- patch: |\n    A: B\n`, 'B', 'kustomization.yaml')).toEqual([]);
    const item = `patchesStrategicMerge:\n- |\n  A: B ${ignore}\n`;
    expect(acceptedAt(item, 'B', 'kustomization.yaml')).toEqual(['r']);
    expect(acceptedAt(`namePrefix: "B ${ignore}"\n`, 'B', 'kustomization.yaml')).toEqual([]);
  });

  it.each([
    ['a.yaml', 1],
    ['a.yml', 1],
    ['Kustomization', 1],
    ['a.yaml.txt', 0],
    ['a.json', 0],
  ])('counts in YAML alone: %s', (path, count) => {
    expect(read(`a: b ${ignore}\n`, path).suppressions.length).toBe(count);
  });

  it('counts in a thousand lines of a file', () => {
    const many = (count: number): Found =>
      read(Array.from({ length: count }, (_, index) => `a${index}: b ${ignore}\n`).join(''));
    expect(many(1000).diagnostics).toEqual([]);
    const { suppressions, diagnostics } = many(1002);
    expect(suppressions.length).toBe(1000);
    expect(diagnostics).toMatchObject([{ rule: 'suppression-too-broad', severity: 'error', related: [] }]);
    const [one] = diagnostics;
    expect(one?.span.file.text.slice(0, one.span.start)).toMatch(/\na1000: b $/u);
  });

  it('that makes no sense is an error', () => {
    const { suppressions, diagnostics } = read('a: b # cdb-lint-ignore all -- accepted\n');
    expect([suppressions.length, diagnostics.map(({ rule }) => rule)]).toEqual([
      0,
      ['suppression-too-broad'],
    ]);
  });
});

it('a file that is not there accepts nothing', () => {
  expect(ignoreComments(openSources(memoryFileSystem({})), ['a.yaml'], 'kustomize')).toEqual({
    suppressions: [],
    diagnostics: [],
  });
});
