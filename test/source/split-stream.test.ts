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

const notJson = (rest: string): string => `this follows JSON, but is not JSON: ${JSON.stringify(rest)}`;
const notJsonObjects = (rest: string): string =>
  `this follows JSON objects, but is not JSON: ${JSON.stringify(rest)}`;

/** A text that begins with a JSON object, and what of the rest is read as what. */
describe('behind a JSON object', () => {
  it.each<[string, readonly string[] | string]>([
    ['null{"b": 1}', ['JSON {"b": 1}']],
    ['\n null\t\r\n{"b": 1}', ['JSON {"b": 1}']],
    [' 12 {"b": 1}', ['JSON 12', 'JSON {"b": 1}']],
    ['\n-0.5e+10\n"x\\"y" true false', ['JSON -0.5e+10', 'JSON "x\\"y"', 'JSON true', 'JSON false']],
    [' 3.14159 1E55 1e-5 20 0', ['JSON 3.14159', 'JSON 1E55', 'JSON 1e-5', 'JSON 20', 'JSON 0']],
    [' 01', ['JSON 0', 'JSON 1']],
    ['[1, {"b": "]"}][]', ['JSON [1, {"b": "]"}]', 'JSON []']],
    ['{"b": "\\"}"}{"c": "\\\\"}', ['JSON {"b": "\\"}"}', 'JSON {"c": "\\\\"}']],
    ['""', ['JSON ""']],
    ['\n\n', []],
    // What is YAML is read from its first character, or from the second line.
    ['b: 1\n', ['b: 1\n']],
    [' bcde', ['bcde']],
    ['\n  b: 1\n', ['  b: 1\n']],
    [' \t\nb: 1\n', ['b: 1\n']],
    [' "\\q"bcd', ['"\\q"bcd']],
    ['\n\n\nb: 1\n', ['\n\nb: 1\n']],
    [' \u00e4\u00e4\nbcde: 1', ['\u00e4\u00e4\nbcde: 1']],
    ['\u00a0{"b": 1}', ['{"b": 1}']],
    ['\n\ufffdabc: 1', ['\ufffdabc: 1']],
    ['"b\nc"', ['"b\nc"']],
    [' [1, 2', ['[1, 2']],
    [' {"b": }', ['{"b": }']],
    [' {"b"', ['{"b"']],
    ['-b: 1', ['-b: 1']],
    // The reader looks four bytes ahead.
    ['\nbcd', ['bcd']],
    ['\nbc', notJson('\nbc')],
    ['\nb', notJson('\nb')],
    [' b', notJson(' b')],
    [' bcd', notJson('bcd')],
    [' \u00e4\u00e4', ['\u00e4\u00e4']],
    [' \u00e4', notJson(' \u00e4')],
    ['}', notJson('}')],
    ['] x', notJson('] x')],
    [' "b', notJson(' "b')],
    [' "b\\', notJson('"b\\')],
    [' -', notJson(' -')],
    ['  b\n', notJson(' b\n')],
    ['\ufffdabcd', 'this follows JSON, and is no character: "\ufffd"'],
    // Behind two there must be nothing else.
    ['{"b": 1} c: 1', notJsonObjects('c')],
    ['{"b": 1}\n---\nc: 1\n', notJsonObjects('-')],
    [' 1.', notJsonObjects('.')],
    ['null b: 1', notJsonObjects('b')],
  ])('%j', (rest, expected) => {
    const all = parts(`{"a": 1}${rest}`, 'api-server');
    expect(typeof all === 'string' ? all : all.slice(1)).toEqual(expected);
    if (typeof all !== 'string') expect(all[0]).toBe('JSON {"a": 1}');
  });
});

describe('JSON is looked for', () => {
  const two = '{"a": 1}{"b": 1}';
  it.each<[string, number, boolean]>([
    ['spaces', 4095, true],
    ['spaces', 4096, false],
  ])('behind %s, %i of them: %j', (_, length, isFound) => {
    const before = ' '.repeat(length);
    expect(parts(before + two, 'api-server')).toEqual(
      isFound ? ['JSON {"a": 1}', 'JSON {"b": 1}'] : [before + two],
    );
  });

  it('in bytes, not in characters', () => {
    const before = '\u2003'.repeat(1366);
    expect(parts(`${before}{"a": 1}`, 'api-server')).toEqual([`${before}{"a": 1}`]);
    // What is space to the one who guesses is none in JSON, which leaves YAML that begins at a brace.
    expect(parts('\u2003\t\u3000{"a": 1}', 'api-server')).toEqual(['{"a": 1}']);
  });

  it.each<[string, readonly string[] | string]>([
    ['[1]\n{"a": 1}', ['[1]\n{"a": 1}']],
    ['null\n{"a": 1}', ['null\n{"a": 1}']],
    ['\n\n{"a": 1}', ['JSON {"a": 1}']],
    ['{', notJson('{')],
    ['{"a', notJson('{"a')],
    ['{"a\\', ['{"a\\']],
    ['{"a": }', ['{"a": }']],
    ['{"a": 1]', ['{"a": 1]']],
  ])('at the beginning: %j', (text, expected) => {
    expect(parts(text, 'api-server')).toEqual(expected);
  });
});
