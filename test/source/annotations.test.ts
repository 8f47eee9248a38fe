import { describe, expect, test } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

function built(files: Record<string, string>): string | undefined {
  const { resources, complete } = openBuilder(openSources(memoryFileSystem(files))).build('');
  return complete ? emitDocuments(resources.map(({ object }) => object)) : undefined;
}

const object = (metadata: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, ${metadata}}\n`;
const resource = (metadata: string) =>
  built({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': object(metadata) });

// kustomize 5.8.2 takes annotations by what stands there, whatever it would be elsewhere.
test.each([
  ['.inf', '".inf"'],
  ['1e400', '1e400'],
  ['!!int abc', 'abc'],
  ['!!int 1.0', '"1.0"'],
  ['!!float 1.50', '"1.50"'],
  ['!!bool yes', '"yes"'],
  ['!!null ""', '""'],
  ['!!null x', 'x'],
  ['!!binary aGk=', 'aGk='],
  ['!!binary "%%"', "'%%'"],
  ['!!timestamp x', 'x'],
  ['!custom 5', '"5"'],
])('an annotation of %s is a text', (written, printed) => {
  expect(resource(`annotations: {q: ${written}}`)).toContain(`\n  annotations:\n    q: ${printed}\n`);
});

test.each(['!!binary aGk=', '!!binary aGk=a', '!!int abc'])(
  'a key of an annotation is a text: %s',
  (written) => {
    const text = written.split(' ')[1];
    expect(resource(`annotations: {${written}: r}`)).toContain(`\n  annotations:\n    ${text}: r\n`);
    expect(resource(`labels: {${written}: r}`) ?? '').not.toContain(`${text}: r`);
  },
);

test.each(['.inf', '!!int abc', '!!null x'])('a label of %s is refused', (written) => {
  expect(resource(`labels: {q: ${written}}`)).toBeUndefined();
});

test('the tag alone says that a patch takes a value away', () => {
  const files = {
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
    'a.yaml': `${object('annotations: {q: r}')}data: {k: v}\n`,
    'p.yaml': `${object('annotations: {q: !!null x}')}data: {k: !!null x}\n`,
  };
  expect(built(files)).toBe('apiVersion: v1\ndata: {}\nkind: ConfigMap\nmetadata:\n  name: a\n');
});

test.each([
  'configMapGenerator: [{name: g, literals: [a=b], options: {labels: {l: null}}}]\n',
  'generatorOptions: {labels: {l: ~}}\nconfigMapGenerator: [{name: g, literals: [a=b]}]\n',
])('nothing as a label of a generator is the empty text: %s', (kustomization) => {
  expect(built({ 'kustomization.yaml': kustomization })).toContain('\n  labels:\n    l: ""\n');
});

// What kustomize 5.8.2 has sent through JSON is spelled as JSON is.
describe('an annotation that went through JSON', () => {
  const spelled = [
    ['010', '"8"'],
    ['1_000', '"1000"'],
    ['1.50', '"1.5"'],
    ['2020-01-01', '"2020-01-01T00:00:00Z"'],
    ['~', '"null"'],
    ['"010"', '"010"'],
  ] as const;

  test.each(spelled)('as an item of a list: %s', (written, printed) => {
    const item = object(`annotations: {q: ${written}}`).replaceAll('\n', '\n  ').trimEnd();
    const list = `apiVersion: v1\nkind: ConfigMapList\nitems:\n- ${item}\n`;
    const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': list };
    expect(built(files)).toContain(`    q: ${printed}\n`);
  });

  test.each(spelled)('with operations of a patch: %s', (written, printed) => {
    const files = {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, patch: "- {op: add, path: /data, value: {k: v}}"}]\n',
      'a.yaml': object(`annotations: {q: ${written}}`),
    };
    expect(built(files)).toContain(`    q: ${printed}\n`);
  });
});
