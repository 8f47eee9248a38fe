import { expect, test } from 'vitest';
import { parseDocuments } from '../../src/source/parse.ts';
import { parseEmbedded } from '../../src/source/parse-embedded.ts';
import { childIndex, spanAt } from '../../src/source/position.ts';
import { isMapping, type Path } from '../../src/source/value.ts';

function embedded(text: string, path: Path): string[] {
  const [outer] = parseDocuments({ path: 'k.yaml', text }, 'kustomize').documents;
  if (outer === undefined || !isMapping(outer.value)) throw new Error('no mapping');
  const index = childIndex(outer.positions, 0, 'patch');
  const inner = parseEmbedded(String(outer.value['patch']), outer.positions, index, { as: 'kustomize' });
  expect(inner.diagnostics).toEqual([]);
  const positions = inner.documents[0]?.positions;
  if (positions === undefined) throw new Error('no document');
  let row = 0;
  for (const step of path) row = childIndex(positions, row, step);
  return (['key', 'value'] as const).map((part) => {
    const span = spanAt(positions, row, part);
    return span.file.text.slice(span.start, span.end);
  });
}

test.each([
  ['patch: |-\n  a:\n\n    - b: cd # e\n', ['a', 0, 'b'], ['b', 'cd']],
  ['patch: |2-\n    a:\n      - b: cd # e\n', ['a', 0, 'b'], ['b', 'cd']],
  ['patch: |\r\n  a:\r\n    - b: cd\r\n', ['a', 0, 'b'], ['b', 'cd']],
  ['patch: >-\n  {"a":\n  [{"b": "cd"}]}\n', ['a', 0, 'b'], ['"b"', '"cd"']],
  ['patch: \'{"a": [{"b": "it\'\'s"}]}\'\n', ['a', 0, 'b'], ['"b"', '"it\'\'s"']],
  ['patch: "{\\"a\\": [{\\"b\\": \\"cd\\"}]}"\n', ['a', 0, 'b'], ['\\"b\\"', '\\"cd\\"']],
  ['patch: "a:\\n- b: cd\\n"\n', ['a', 0, 'b'], ['b', 'cd']],
] as [string, Path, string[]][])('%j', (text, path, expected) => {
  expect(embedded(text, path)).toEqual(expected);
});

test('a finding of the inner text is in the outer file', () => {
  const text = 'patch: |-\n  a: 1\n  a: 2\n';
  const [outer] = parseDocuments({ path: 'k.yaml', text }, 'kustomize').documents;
  if (outer === undefined) throw new Error('no document');
  const [finding] = parseEmbedded('a: 1\na: 2', outer.positions, 1, { as: 'kustomize' }).diagnostics;
  expect(finding?.rule).toBe('duplicate-key');
  expect([finding?.span.start, finding?.related[0]?.span.start]).toEqual([19, 12]);
  expect(finding?.span.file.text).toBe(text);
});
