import { expect, test } from 'vitest';
import type { Reader, YamlReader } from '../../src/source/document.ts';
import type { LoadedFile } from '../../src/source/load.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { childIndex, keyAt, spanAt } from '../../src/source/position.ts';
import type { Path, Value } from '../../src/source/value.ts';

function parse(text: string, reader: YamlReader = 'kustomize'): LoadedFile {
  return parseDocuments({ path: 'a.yaml', text }, reader);
}

function values(text: string, reader: Reader = 'kustomize'): Value[] {
  const { documents, diagnostics } = parse(text, reader);
  expect(diagnostics).toEqual([]);
  return documents.map((document) => document.value);
}

/** The text that a path of the first document points at. */
function textAt(
  loaded: LoadedFile,
  path: Path,
  part: 'key' | 'value' | 'whole' = 'value',
): string | undefined {
  const positions = loaded.documents[0]?.positions;
  if (positions === undefined) return undefined;
  let index = 0;
  for (const step of path) index = childIndex(positions, index, step);
  const span = spanAt(positions, index, part);
  return index < 0 ? undefined : span.file.text.slice(span.start, span.end);
}

test('documents that are empty are skipped, the others counted', () => {
  const { documents } = parse('---\n# nothing\n---\na: 1\n---\n---\nb: 2\n...\n');
  expect(documents.map(({ index, value }) => [index, { ...(value as object) }])).toEqual([
    [0, { a: 1 }],
    [1, { b: 2 }],
  ]);
});

test('mappings inherit nothing', () => {
  const [value] = values('__proto__: {x: 1}\nconstructor: 2\n');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
});

test.each([
  [['a'], 'value', 'x'],
  [['a'], 'key', 'a'],
  [['a'], 'whole', 'a: x'],
  [['b', 1, 'c'], 'whole', "c: 'd'"],
  [['b'], 'value', "- 1\n  - c: 'd'"],
  [['e'], 'value', '|\n  text\n  more'],
  [['f', 'g h'], 'key', '"g h"'],
] as [Path, 'key' | 'value' | 'whole', string][])('the span of %j, %s', (path, part, expected) => {
  const text = 'a: x # y\nb:\n  - 1\n  - c: \'d\'\n\n# z\ne: |\n  text\n  more\nf: {"g h": [1, 2]}\n';
  expect(textAt(parse(text), path, part)).toBe(expected);
});

test('an alias repeats the rows it stands for under its own key', () => {
  const loaded = parse('a: &x {p: 1, q: [2]}\nb: *x\n');
  expect(textAt(loaded, ['b'], 'key')).toBe('b');
  expect(textAt(loaded, ['b', 'q', 0])).toBe('2');
  expect(loaded.documents[0]?.value).toMatchObject({ b: { p: 1, q: [2] } });
});

test('what a mapping sets itself wins over what it merges, the first of several merged maps over the rest', () => {
  const text = 'x: &x {p: 1, q: 2}\ny: &y {q: 3, r: 4}\nz:\n  <<: [*x, *y]\n  p: 0\n';
  const loaded = parse(text);
  expect(loaded.documents[0]?.value).toMatchObject({ z: { p: 0, q: 2, r: 4 } });
  expect(textAt(loaded, ['z', 'q'], 'whole')).toBe('q: 2');
  expect(textAt(loaded, ['z', 'r'], 'whole')).toBe('r: 4');
  expect(textAt(loaded, ['z', 'p'], 'whole')).toBe('p: 0');
});

test.each<readonly [text: string, kustomize: Value, cluster: Value]>([
  ['<<: [{<<: [{a: 1}]}, {a: 2}]\n', { a: 2 }, { a: 1 }],
  ['<<: [{<<: {a: 1}}, {<<: {b: 2}}]\n', { a: 1 }, { a: 1, b: 2 }],
])('of a list of merges in %j kustomize reads %j, the cluster %j, and it is told', (text, ...expected) => {
  const loaded = [parse(text), parse(text, 'api-server')];
  expect(loaded.map(({ documents }) => documents[0]?.value)).toEqual(expected);
  for (const { diagnostics } of loaded)
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('a map of this list has a `<<` itself'),
    ]);
});

test('of a merge within a merge it is told what kustomize does not find in it, and what a patch does not replace', () => {
  const words = (text: string, reader: 'kustomize' | 'patch') =>
    parse(text, reader).diagnostics.map(({ message }) => message);
  expect(words('metadata: {<<: {<<: {annotations: {a: 1}}}}\n', 'kustomize')).toEqual([
    'kustomize does not find annotations in a `<<` within a merge',
  ]);
  expect(words('metadata: {annotations: {<<: {<<: {a: b}}}}\n', 'kustomize')).toEqual([
    'kustomize rejects a `<<` within a merge in annotations: it makes an annotation of it',
  ]);
  expect(words('data: {<<: {<<: {a: z}}}\n', 'patch')).toEqual([
    'a `<<` within a merge in a patch: kustomize adds what the object does not set, and replaces nothing',
  ]);
  expect(words('data: {<<: {a: z}}\n', 'patch')).toEqual([]);
  expect(words('$patch: delete\ndata: {<<: {<<: {a: z}}}\n', 'patch')).toEqual([]);
});

test('a key that an alias makes a value of has the place of the alias, also behind a merge', () => {
  const loaded = parse('&k a: 1\nb: *k\nc: {<<: {d: *k}}\n');
  expect(loaded.documents[0]?.value).toEqual({ a: 1, b: 'a', c: { d: 'a' } });
  expect(textAt(loaded, ['b'], 'whole')).toMatch(/^b: /);
  expect(textAt(loaded, ['c', 'd'], 'whole')).toMatch(/^d: /);
});

test('what an earlier map of a list of merges has is never read of a later one, whatever it is', () => {
  expect(values('<<: [{c: 1}, {c: {<<: ~}, d: 2}]\n')).toEqual([{ c: 1, d: 2 }]);
  expect(parse('<<: [{c: 1}, {d: {<<: ~}}]\n').diagnostics.map(({ rule }) => rule)).toEqual(['yaml-syntax']);
});

test('a merge within a list of merges that all read alike is read without a word', () => {
  const text = 'x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: [*y, {c: 3}]}\n';
  for (const reader of ['kustomize', 'api-server'] as const)
    expect(values(text, reader)).toMatchObject([{ z: { a: 1, b: 2, c: 3 } }]);
  expect(textAt(parse(text), ['z', 'a'], 'whole')).toBe('a: 1');
});

test.each([
  ['1: a\n', '1', '1'],
  ['0x10: a\n', '16', '0x10'],
  ['"\\u0061b": a\n', 'ab', '"\\u0061b"'],
  ['? long\n: a\n', 'long', 'long'],
])('the key of %j', (text, key, raw) => {
  const loaded = parse(text, 'api-server');
  const positions = loaded.documents[0]?.positions;
  expect(positions && keyAt(positions, 1)).toBe(key);
  expect(textAt(loaded, [key], 'key')).toBe(raw);
});

test.each([
  ['a: 1\na: 2\n', 'duplicate-key', 5],
  ['a:\n\tb: 1\n', 'yaml-syntax', 3],
  ['a: b: c\n', 'yaml-syntax', 3],
  ['a: *b\n', 'yaml-syntax', 3],
  ['a: .inf\n', 'not-json', 3],
  ['? [a]\n: b\n', 'not-json', 2],
  [`a: ${'['.repeat(10_000)}`, 'too-deep', 101],
  ['- '.repeat(10_000), 'too-deep', 200],
])('%j is a finding', (text, rule, start) => {
  const [diagnostic] = parse(text).diagnostics;
  expect(diagnostic).toMatchObject({ rule, severity: 'error', unchecked: 'a.yaml' });
  expect(diagnostic?.help).toBeTruthy();
  expect(Math.abs((diagnostic?.span.start ?? -1) - start)).toBeLessThan(5);
});

test('a document next to a broken one is read', () => {
  const { documents, diagnostics } = parse('a: 1\n---\na: b: c\n---\nd: 1\n');
  expect(diagnostics).toHaveLength(1);
  expect(documents.map((document) => Object.keys(document.value as object))).toEqual([['a'], ['d']]);
});

test('finds what a merge sets again only where it is another value', () => {
  const told = (text: string): readonly string[] =>
    parseDocuments({ path: 'a.yaml', text }, 'api-server').diagnostics.map(({ message }) => message);
  const merge = (above: string): string => `x: &x {type: string, of: [a]}\ny:\n  ${above}\n  <<: *x\n`;
  expect(told(merge('type: string'))).toEqual([]);
  expect(told(merge('of: [a]'))).toEqual([]);
  expect(told(merge('of: [b]'))).toEqual([expect.stringContaining('sets "of" again')]);
});

test('a file of which both decoders make the same is parsed once for them', () => {
  const alike = 'kind: A\nreplicas: 3\nport: "80"\nlimits: { cpu: 100m, ip: 10.0.0.1 }\n';
  const sources = openSources(memoryFileSystem({ 'a.yaml': alike, 'b.yaml': 'kind: A\n---\nkind: B\n' }));
  for (const path of ['a.yaml', 'b.yaml'])
    expect(sources.load(path, 'kustomize').documents).toBe(sources.load(path, 'api-server').documents);
  expect(sources.counts.filesParsed).toBe(4);
});

test.each(['a: yes', 'a: { b: off }', 'n: 1', 'a: 2001-01-01', 'a: 0o-7', 'kind: List\nitems:\n  - kind: A'])(
  'of %j each decoder makes its own',
  (text) => {
    const sources = openSources(memoryFileSystem({ 'a.yaml': `${text}\n` }));
    const read = (['api-server', 'kustomize'] as const).map(
      (reader) => sources.load('a.yaml', reader).documents,
    );
    expect(read[0]).not.toBe(read[1]);
    expect(read).toEqual(
      (['api-server', 'kustomize'] as const).map((reader) => parse(`${text}\n`, reader).documents),
    );
  },
);
