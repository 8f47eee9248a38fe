import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/diagnostic/source-file.ts';
import type { AnyReader, LoadedFile } from '../../src/source/document.ts';
import type { Limits } from '../../src/source/limits.ts';
import { parseDocuments } from '../../src/source/parse.ts';

function read(
  text: string,
  reader: AnyReader,
  more: Partial<SourceFile> = {},
  limits?: Partial<Limits>,
): LoadedFile {
  return parseDocuments({ path: 'a.yaml', text, ...more }, reader, limits);
}

const valuesOf = ({ documents }: LoadedFile): unknown[] => documents.map(({ value }) => value);
const rulesOf = ({ diagnostics }: LoadedFile): string[] => diagnostics.map(({ rule }) => rule);
const inUtf16 = { isUtf16: true } as const;

it.each<[text: string, reader: AnyReader, values: unknown[], rules: string[]]>([
  ['{"a": "\x7f"}', 'json', [{ a: '\x7f' }], []],
  ['{"a": "\u202e"}', 'json', [{ a: '\u202e' }], ['hidden-text']],
  ['{"a": "\u202e"', 'json', [], ['hidden-text', 'not-json']],
  ['a: "\x7f"\n', 'kustomize', [], ['yaml-syntax']],
  ['a: "\u202e"\nb: "\x7f"\n', 'kustomize', [], ['hidden-text', 'yaml-syntax']],
  ['a: "\u202e"\n', 'kustomize', [{ a: '\u202e' }], ['hidden-text']],
  ['a: 1 # \u202e\nb: [\n', 'kustomize', [], ['hidden-text', 'yaml-syntax']],
  ['{"a": 01}', 'json', [], ['not-json']],
  ['{"a": 1, "a": 2}', 'json', [{ a: 2 }], []],
  ['a: 1\n---\nb: 2\n', 'operations', [{ a: 1 }], ['yaml-syntax']],
  ['a: 1\n...\nb: 2\n', 'operations', [{ a: 1 }], ['yaml-syntax']],
  ['...\na: 1\n', 'operations', [], ['yaml-syntax']],
  ['a: 1\n---\nb: 2\n', 'kustomize', [{ a: 1 }, { b: 2 }], []],
])('of %j, %s reads %j, and %j is told', (text, reader, values, rules) => {
  const file = { path: 'a.yaml', text };
  const loaded = parseDocuments(file, reader);
  expect(valuesOf(loaded)).toEqual(values);
  expect(rulesOf(loaded)).toEqual(rules);
  expect(loaded.file).toBe(file);
});

describe('of a file in UTF-16', () => {
  it.each<[reader: AnyReader, text: string, values: unknown[], rules: string[]]>([
    ['kustomize', 'a: 1\n---\nb: 2\n', [{ a: 1 }], ['yaml-syntax']],
    ['patch', 'a: 1\n---\nb: 2\n', [{ a: 1 }], ['yaml-syntax']],
    ['api-server', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }], ['not-utf8']],
    ['kustomization', 'a: 1\n', [{ a: 1 }], []],
    ['json', '{"a": 1}', [{ a: 1 }], []],
  ])('%s reads of %j %j, and %j is told', (reader, text, values, rules) => {
    const loaded = read(text, reader, inUtf16);
    expect(valuesOf(loaded)).toEqual(values);
    expect(rulesOf(loaded)).toEqual(rules);
  });

  it('the place that is told is its start, as a warning, and it is checked', () => {
    const [told] = read('a: 1\n', 'api-server', inUtf16).diagnostics;
    expect(told).toMatchObject({ severity: 'warning', span: { start: 0, end: 0 } });
    expect(told?.unchecked).toBeUndefined();
  });
});

it.each<[text: string, reader: AnyReader, more: Partial<SourceFile>, isAlike: boolean]>([
  ['kind: A\n', 'kustomize', {}, true],
  ['kind: A\n', 'api-server', {}, true],
  ['kind: Lists\n', 'kustomize', {}, true],
  ['kind: List\n', 'kustomize', {}, false],
  ['kind: A\n---\nkind: AList\n', 'api-server', {}, false],
  ['kind: 1\n', 'kustomize', {}, true],
  ['- a\n', 'kustomize', {}, true],
  ['a: yes\n', 'kustomize', {}, false],
  ['kind: A\n', 'kustomization', {}, false],
  ['kind: A\n', 'kustomize', inUtf16, false],
  ['kind: A\n', 'api-server', inUtf16, false],
])('%j is read alike by all, of which %s is one, in %j: %j', (text, reader, more, isAlike) => {
  expect(read(text, reader, more).isReadAlike).toBe(isAlike ? true : undefined);
});

describe('of lists', () => {
  const settings = 'apiVersion: v1\nkind: List\nfunctionConfig: {}\n';
  it.each<[reader: AnyReader, text: string, length: number]>([
    ['kustomize', settings, 0],
    ['kustomize', settings.replace('List', 'Lists'), 1],
    ['api-server', settings, 1],
  ])('%s reads %j as %i', (reader, text, length) => {
    expect(read(text, reader).documents).toHaveLength(length);
  });

  it.each<[reader: AnyReader, kind: string, isFromJson: boolean]>([
    ['kustomize', 'WebList', true],
    ['kustomize', 'ListOfWebs', false],
    ['api-server', 'WebList', false],
  ])('%s makes JSON of the items of a %s: %j', (reader, kind, isFromJson) => {
    const items = `kind: ${kind}\nitems: [{a: -0.0}]\n`;
    for (const text of [items, `kind: A\n---\n${items}`]) {
      const positions = read(text, reader).documents.at(-1)?.positions;
      expect(positions?.fromJson !== undefined).toBe(isFromJson);
    }
  });
});

it('what aliases add to all files together is limited, whoever counts it', () => {
  const text = 'a: &a [1, 2, 3]\nb: *a\n';
  expect(rulesOf(read(text, 'kustomize', {}, { totalAliasNodes: 2 }))).toEqual(['alias-bomb']);
  expect(rulesOf(read(text, 'kustomize'))).toEqual([]);
});

describe('of more problems than anyone reads', () => {
  const repeating = (count: number): LoadedFile => read('a: 1\n'.repeat(count + 1), 'kustomize');

  it('a hundred are told', () => {
    expect(repeating(100).diagnostics.map(({ rule }) => rule)).toEqual(Array(100).fill('duplicate-key'));
  });

  it('the rest is counted, at the first of them', () => {
    const { diagnostics } = repeating(107);
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)).toMatchObject({
      rule: 'yaml-syntax',
      message: '7 more problems in this file',
      span: { start: 5 * 101, end: 5 * 101 + 1 },
      unchecked: 'a.yaml',
    });
  });
});
