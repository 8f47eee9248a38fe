import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emitDocument, emitDocuments } from '../../src/source/emit/emit.ts';
import { caseFiles, decodeOutput, hasKustomizeCases } from '../support/kustomize-cases.ts';

describe('emitDocument', () => {
  test('joins documents by a line of three dashes', () => {
    expect(emitDocuments([{ a: 1 }, { b: [] }, {}])).toBe('a: 1\n---\nb: []\n---\n{}\n');
    expect(emitDocuments([])).toBe('');
  });

  test('does not indent a sequence below its key', () => {
    expect(emitDocument({ a: { b: [{ c: 1, d: [[1, [2]], []] }, 'x'] } })).toBe(
      'a:\n  b:\n  - c: 1\n    d:\n    - - 1\n      - - 2\n    - []\n  - x\n',
    );
  });

  test('sorts keys in natural order', () => {
    const keys = ['a10', 'a2', 'B', 'b', '10', '9', '_', 'a', 'a/b', 'a-b', 'a01', 'a1'];
    expect(emitDocument(Object.fromEntries(keys.map((key) => [key, 1])))).toBe(
      '_: 1\n"9": 1\n"10": 1\nB: 1\na: 1\na-b: 1\na/b: 1\na1: 1\na01: 1\na2: 1\na10: 1\nb: 1\n',
    );
  });
});

describe('strings, as kustomize v5.8.2 printed them', () => {
  const path = new URL('fixtures/emitted-strings.json', import.meta.url);
  const recorded = JSON.parse(readFileSync(path, 'utf8')) as [string, string][];

  test.each(recorded)('%j', (text, printed) => {
    // A key `<<` vanishes when kustomize reads the file.
    const spec = { v: text, l: [text], ...(text === '<<' ? {} : { m: { [text]: text } }) };
    expect(emitDocument({ spec })).toBe(`spec:\n${printed}`);
  });
});

describe.skipIf(!hasKustomizeCases)(
  'what kustomize printed (../shared/conformance, skipped where absent)',
  () => {
    test.each(['expected.yaml', 'expected-default-order.yaml'])('%s is the same again', (name) => {
      let documents = 0;
      for (const { path, text } of caseFiles(name)) {
        const values = decodeOutput(text);
        documents += values.length;
        expect(emitDocuments(values), path).toBe(text);
      }
      expect(documents).toBeGreaterThan(100);
    });
  },
);
