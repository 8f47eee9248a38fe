import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/source/document.ts';
import { Refusal } from '../../src/source/yaml/refusal.ts';
import { splitStream } from '../../src/source/yaml/split-stream.ts';

type Marks = { readonly hasByteOrderMark?: true; readonly isUtf16?: true };

/** The parts of a text, with `JSON ` before those that are; or what is refused, and where. */
function parts(text: string, reader: Reader, marks: Marks = {}): readonly string[] | string {
  try {
    return [...splitStream({ path: 'a.yaml', text, ...marks }, reader)].map(
      ({ start, end, isJson }) => `${isJson ? 'JSON ' : ''}${text.slice(start, end)}`,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.message}: ${JSON.stringify(text.slice(error.start, error.end))}`;
  }
}

const refused = (line: string): string =>
  `only a comment can follow --- on its line: ${JSON.stringify(line)}`;

describe('kustomize splits a text at lines that begin with ---', () => {
  it.each<[string, readonly string[] | string]>([
    ['', ['']],
    ['a: 1', ['a: 1']],
    ['a: 1\n---\nb: 1\n', ['a: 1\n', 'b: 1\n']],
    ['a: 1\n---\n---\nb: 1\n', ['a: 1\n', '---\nb: 1\n']],
    ['a: 1\n---\nb: 1\n---\nc: 1', ['a: 1\n', 'b: 1\n', 'c: 1']],
    ['---\na: 1\n', ['---\na: 1\n']],
    ['a: 1\n---', ['a: 1\n---']],
    ['a: 1\n--- # x\nb: 1\n', ['a: 1\n', 'b: 1\n']],
    ['a: 1\n---#x\nb: 1\n', ['a: 1\n', 'b: 1\n']],
    ['a: 1\n--- \t\r\nb: 1\n', ['a: 1\n', 'b: 1\n']],
    ['a: 1\n---\xa0\u3000\nb: 1\n', ['a: 1\n', 'b: 1\n']],
    ['a: 1\n ---\nb: 1\n', ['a: 1\n ---\nb: 1\n']],
    ['a: 1\n--- b\nc: 1\n', refused('--- b')],
    ['a: 1\n----\nc: 1\n', refused('----')],
    ['a: 1\n---\nb: 1\n--- c\nd: 1\n', refused('--- c')],
    ['{"a": 1}{"b": 1}', ['{"a": 1}{"b": 1}']],
  ])('%j', (text, expected) => {
    expect(parts(text, 'kustomize')).toEqual(expected);
  });

  it('and finds none in UTF-16', () => {
    const text = 'a: 1\n---\nb: 1\n';
    expect([...splitStream({ path: 'a.yaml', text, isUtf16: true }, 'kustomize')]).toEqual([
      { start: 0, end: text.length, isJson: false },
    ]);
    expect(parts('a: 1\n--- b\nb: 1\n', 'kustomize', { isUtf16: true })).toEqual(['a: 1\n--- b\nb: 1\n']);
  });
});

describe('others split a text at lines that begin with ---, behind its JSON', () => {
  it.each<[string, readonly string[] | string]>([
    ['', []],
    ['a: 1', ['a: 1']],
    ['a: 1\n---\nb: 1\n', ['a: 1\n', 'b: 1\n']],
    ['a: 1\n---\n---\nb: 1\n', ['a: 1\n', '---\nb: 1\n']],
    ['---\na: 1\n', ['---\na: 1\n']],
    ['---\n---\na: 1\n', ['---\n', 'a: 1\n']],
    ['a: 1\n---', ['a: 1\n']],
    ['a: 1\n--- # x', ['a: 1\n']],
    ['--- # x\na: 1', ['--- # x\na: 1']],
    ['a: 1\n---\n', ['a: 1\n']],
    ['a: 1\n--- \t', ['a: 1\n']],
    ['\n---\na: 1\n', ['\n', 'a: 1\n']],
    ['a: 1\n ---\nb: 1\n', ['a: 1\n ---\nb: 1\n']],
    ['--- a\nb: 1\n', refused('--- a')],
    ['--- a', refused('--- a')],
    ['a: 1\n--- b\nc: 1\n', refused('--- b')],
    ['a: 1\n--- b', refused('--- b')],
    ['{"a": 1}', ['JSON {"a": 1}']],
    ['{"a": 1}{"b": 1}', ['JSON {"a": 1}', 'JSON {"b": 1}']],
    ['{"a": 1}\n---\nb: 1\n', ['JSON {"a": 1}', '---\nb: 1\n']],
    ['{"a": 1}\nb: 1\n', ['JSON {"a": 1}', 'b: 1\n']],
    ['{"a": 1}\n---\nb: 1\n---\nc: 1\n', ['JSON {"a": 1}', '---\nb: 1\n', 'c: 1\n']],
    ['{a: 1}\n---\nb: 1\n', ['{a: 1}\n', 'b: 1\n']],
  ])('%j', (text, expected) => {
    expect(parts(text, 'api-server')).toEqual(expected);
  });

  it('but for its first line, where a byte order mark stands before it, which no JSON does', () => {
    const marked = (text: string): unknown => parts(text, 'api-server', { hasByteOrderMark: true });
    expect(marked('--- a\nb: 1\n')).toEqual(['--- a\nb: 1\n']);
    expect(marked('--- a\n---\nb: 1\n')).toEqual(['--- a\n', 'b: 1\n']);
    expect(marked('{"a": 1}{"b": 1}')).toEqual(['{"a": 1}{"b": 1}']);
    expect(marked('')).toEqual([]);
  });
});
