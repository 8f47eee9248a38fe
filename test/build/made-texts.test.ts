import { expect, test } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const generator = 'configMapGenerator:\n- name: c\n  files: [g.txt]\n';
const literals = (behavior: string, literal: string) =>
  `resources: [../base]\nconfigMapGenerator:\n- name: c\n  behavior: ${behavior}\n  literals: [${literal}]\n`;
const patched = (patch: string) => `resources: [../base]\npatches:\n- patch: '${patch}'\n`;
const object = 'apiVersion: v1, kind: ConfigMap, metadata: {name: c}';
const operations = (operation: string) =>
  `patches:\n- target: {kind: ConfigMap}\n  patch: '[{${operation}}]'\n`;

function rulesOf(text: string, base: string, overlay: string): string[] {
  const sources = openSources(
    memoryFileSystem({
      'base/g.txt': text,
      'base/kustomization.yaml': base,
      'overlay/kustomization.yaml': overlay,
    }),
  );
  return openBuilder(sources)
    .build('overlay')
    .diagnostics.filter(({ unchecked }) => unchecked !== undefined)
    .map(({ rule }) => rule);
}

// kustomize 5.8.2 reads what a generator made when it writes it, and not before.
test.each(['\ttab\n', 'a\u007fb\n'])('%j may be made as long as nothing is left of it', (text) => {
  const built = [
    [generator, literals('replace', 'a=b')],
    [generator, literals('merge', 'g.txt=x')],
    [`${generator}namePrefix: p-\n`, literals('replace', 'a=b')],
    [`${generator}labels: [{pairs: {a: b}}]\n`, literals('replace', 'a=b')],
    [generator, patched(`{${object}, data: {g.txt: null}}`)],
    [generator, patched(`{$patch: delete, ${object}}`)],
  ] as const;
  for (const [base, overlay] of built) expect(rulesOf(text, base, overlay)).toEqual([]);
});

test.each([
  ['it is written', generator, 'resources: [../base]\n'],
  ['something else is merged', generator, literals('merge', 'a=b')],
  [
    'operations go through JSON',
    `${generator}${operations('"op": "add", "path": "/data/z", "value": "1"')}`,
    literals('replace', 'a=b'),
  ],
  [
    'operations that remove it',
    generator,
    `resources: [../base]\n${operations('"op": "remove", "path": "/data/g.txt"')}`,
  ],
])('a text that begins with a tab is refused where %s', (_, base, overlay) => {
  expect(rulesOf('\ttab\n', base, overlay)).toEqual(['generator-invalid']);
});
