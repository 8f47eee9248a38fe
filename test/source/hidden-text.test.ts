import { expect, test } from 'vitest';
import type { Reader } from '../../src/source/document.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { parseEmbedded } from '../../src/source/parse-embedded.ts';

function read(text: string, reader: Reader = 'kustomize') {
  const { documents, diagnostics } = parseDocuments({ path: 'a.yaml', text }, reader);
  return {
    values: documents.map(({ value }) => value),
    told: diagnostics.map(({ rule, span, unchecked }) => [rule, span.start, unchecked !== undefined]),
  };
}

test.each(['\r', '\x85', '\u2028', '\u2029'])('%j ends a comment, which is told and read', (character) => {
  const text = `a: 1 # the registry is slow${character}b: 2\n`;
  expect(read(text)).toEqual({ values: [{ a: 1, b: 2 }], told: [['hidden-text', 27, false]] });
  expect(read(text, 'api-server')).toEqual(read(text));
});

test('a carriage return before a line feed is a line break like any other', () => {
  expect(read('a: 1 # x\r\nb: 2\r\n')).toEqual({ values: [{ a: 1, b: 2 }], told: [] });
});

test.each(['\u202e', '\u2066', '\u200b', '\u00ad', '\ufeff', '\u{e0041}'])(
  '%j hides text from a reviewer wherever it stands',
  (character) => {
    expect(read(`a: b${character}c\n`).told).toEqual([['hidden-text', 4, false]]);
    expect(read(`a: b # ${character}\n`).told).toEqual([['hidden-text', 7, false]]);
    expect(read(`a: "${character}"\n`).values).toEqual([{ a: character }]);
  },
);

test('what is drawn with its neighbours hides nothing', () => {
  const family = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}';
  expect(read(`a: ${family} \u2764\ufe0f \u06cc\u200c\u0647\n`).told).toEqual([]);
  expect(read('a: b\u200dc\n').told).toHaveLength(1);
  expect(read('a: b\ufe0f\n').told).toHaveLength(1);
  expect(read(`a: "\\U0001F5BC\ufe0f"\n`).told).toEqual([]);
  expect(read(`a: "\\U0000004A\ufe0f"\n`).told).toHaveLength(1);
});

test('a control character leaves the file unread', () => {
  expect(read('a: b\u0000\n')).toEqual({ values: [], told: [['yaml-syntax', 4, true]] });
});

test('a byte order mark is one at the start of a string and hides a key elsewhere', () => {
  expect(read('\ufeffa: 1\n')).toEqual({ values: [{ a: 1 }], told: [] });
  expect(read('a: 1\n---\n\ufeffb: 1\n')).toEqual({
    values: [{ a: 1 }, { b: 1 }],
    told: [['hidden-text', 9, false]],
  });
});

test('what an escape hides is reported where it stands when the text is parsed', () => {
  const outer = '"- op: test # harmless\\L- op: add\\L"\n';
  const [document] = parseDocuments({ path: 'a.yaml', text: `patch: ${outer}` }, 'kustomize').documents;
  if (document === undefined) throw new Error('the outer text holds one document');
  const { patch } = document.value as { patch: string };
  const inner = parseEmbedded(patch, document.positions, 1, { as: 'kustomize' });
  expect(inner.documents.map(({ value }) => value)).toEqual([[{ op: 'test' }, { op: 'add' }]]);
  expect(inner.diagnostics.map(({ rule, span }) => [rule, span.start])).toEqual([
    ['hidden-text', 7 + outer.indexOf('\\L')],
    ['hidden-text', 7 + outer.lastIndexOf('\\L')],
  ]);
});

test.each([
  ['a: 1\n...\nb: 2\n', 9],
  ['a: 1\n... # c\n--- \nb: 2\n', undefined],
  ['{a: 1}\n{b: 2}\n', 7],
])('what is behind the end of a document is read by nobody: %j', (text, at) => {
  const told = at === undefined ? [] : [['yaml-syntax', at, false]];
  const { values, told: found } = read(text);
  expect(found).toEqual(told);
  expect(values[0]).toEqual({ a: 1 });
});

test.each(['--- {a: 1}', '--- |', '---x: |', '--- !!map', '--- &x'])(
  'nothing but a comment may follow a separator: %s',
  (separator) => {
    expect(read(`a: 1\n${separator}\n`).told).toEqual([['yaml-syntax', 5, true]]);
    expect(read(`${separator}\n`, 'api-server').told).toEqual([['yaml-syntax', 0, true]]);
  },
);

test.each(['---#x\na: 2\n', '---\t # x\na: 2\n', '---\r\na: 2\r\n'])('%j separates documents', (text) => {
  expect(read(`a: 1\n${text}`)).toEqual({ values: [{ a: 1 }, { a: 2 }], told: [] });
});

test('two JSON objects are two documents for the API server and one for kustomize', () => {
  expect(read('{"a": 1}{"b": 2}', 'api-server')).toEqual({ values: [{ a: 1 }, { b: 2 }], told: [] });
  expect(read('{"a": 1}\n{"b": 2}').values).toEqual([{ a: 1 }]);
});

test('a character without width beside a word of a sentence is a warning, inside a word or a short value an error', () => {
  const severities = (text: string) =>
    parseDocuments({ path: 'a.yaml', text }, 'kustomize').diagnostics.map(({ severity }) => severity);
  expect(severities('a: this says what the field means\u200b\n')).toEqual(['warning']);
  expect(severities('a: this says what the fie\u200bld means\n')).toEqual(['error']);
  expect(severities('a: this says what the field means\u202e\n')).toEqual(['error']);
  expect(severities('a: prod\u200b\n')).toEqual(['error']);
});
