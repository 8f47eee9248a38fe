import { describe, expect, test } from 'vitest';
import { readTree } from '../fuzz/readings.ts';
import { lintFiles } from '../support/lint-files.ts';

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { a: b }\n';
const built = (kustomization: string, patch = '') =>
  readTree({ 'kustomization.yaml': kustomization, 'a.yaml': object, 'p.yaml': patch });
const namesOf = (kustomization: string) =>
  built(kustomization).objects.map((one) => (one as { metadata: { name: string } }).metadata.name);

// Each as kustomize 5.8.2 reads it: go-yaml is given the whole text, and stops behind the first document.
describe('a kustomization', () => {
  test.each([
    ['kind:\n---\r\n Kustomization\n', 'x'],
    ['---\nnamePrefix: a-\n', 'x'],
    ['--- # next\nnamePrefix: a-\n', 'x'],
    ['namePrefix: a-\n...\nnameSuffix: -b\n', 'a-x'],
  ])('is read up to the end of its first document: %j', (rest, name) => {
    expect(namesOf(`resources: [a.yaml]\n${rest}`)).toEqual([name]);
  });

  test('has no separator with anything but white space and comments behind it', () => {
    expect(built('resources: [a.yaml]\n---\u00a0\nnamePrefix: a-\n').isWhole).toBe(false);
    expect(namesOf('--- {resources: [a.yaml], namePrefix: a-}\n')).toEqual(['a-x']);
  });

  test('keeps a last line without a line break as it is', () => {
    const { objects } = built('configMapGenerator:\n- name: g\n  literals:\n  - |\n    a=b');
    expect(objects[0]).toMatchObject({ data: { a: 'b' } });
  });

  test('warns of what nothing reads', () => {
    const { findings } = lintFiles({
      'kustomization.yaml': 'resources: [a.yaml]\n---\nnamePrefix: a-\n',
      'a.yaml': object,
    });
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'nothing reads this: kustomize takes the first document of a kustomization and no more'],
    ]);
  });
});

describe('a patch whose first document is empty', () => {
  const patched = (patch: string) => built('resources: [a.yaml]\npatches: [{ path: p.yaml }]\n', patch);

  test.each(['---\n---\na: [\n', '~\n---\na: [\n', '---\n# c\n---\na: b\n', 'null\n---\n\t\n'])(
    'is no operation where the rest is no patch: %j',
    (patch) => {
      expect(patched(patch)).toMatchObject({ isWhole: true, problems: [], objects: [{ data: { a: 'b' } }] });
    },
  );

  test.each(['# c\n---\na: [\n', '{}\n---\na: [\n', '[]\n---\n\t'])('is refused: %j', (patch) => {
    expect(patched(patch).isWhole).toBe(false);
  });

  test('is a merge patch where the rest is one', () => {
    const { objects } = patched(`---\n---\n${object.replace('a: b', 'c: d')}`);
    expect(objects[0]).toMatchObject({ data: { a: 'b', c: 'd' } });
  });
});
