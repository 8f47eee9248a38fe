import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { emitDocument, emitDocuments } from '../../src/build/emit.ts';
import { type Mapping, newMapping, type Value } from '../../src/source/value.ts';

const cases = '../shared/conformance/kustomize/cases';

/** The documents of what kustomize printed, integers exact. */
function decode(text: string): Mapping[] {
  return parseAllDocuments(text, { schema: 'yaml-1.1', intAsBigInt: true, merge: false }).map(
    (document) => toValue(document.contents) as Mapping,
  );
}

function toValue(node: unknown): Value {
  if (isMap(node)) {
    const mapping = newMapping();
    for (const pair of node.items)
      mapping[String(isScalar(pair.key) ? pair.key.value : '')] = toValue(pair.value);
    return mapping;
  }
  if (isSeq(node)) return node.items.map(toValue);
  return isScalar(node) ? (node.value as Value) : null;
}

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

describe.skipIf(!existsSync(cases))(
  'what kustomize printed (../shared/conformance, skipped where absent)',
  () => {
    test('is the same again', () => {
      let documents = 0;
      for (const name of readdirSync(cases)) {
        for (const file of ['expected.yaml', 'expected-default-order.yaml']) {
          const path = join(cases, name, file);
          if (!existsSync(path)) continue;
          const text = readFileSync(path, 'utf8');
          const values = decode(text);
          documents += values.length;
          expect(emitDocuments(values), path).toBe(text);
        }
      }
      expect(documents).toBeGreaterThan(500);
    });
  },
);
