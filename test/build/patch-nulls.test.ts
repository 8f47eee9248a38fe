import { describe, expect, test } from 'vitest';
import { readTree } from '../fuzz/readings.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';

function patched(body: string) {
  return readTree({
    'a.yaml': `${head}data: {a: b}\n`,
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
    'p.yaml': head + body,
  });
}

function built(body: string): unknown {
  const { objects, problems } = patched(body);
  expect(problems).toEqual([]);
  const {
    apiVersion: _,
    kind: __,
    metadata: ___,
    data: ____,
    ...rest
  } = objects[0] as Record<string, unknown>;
  return rest;
}

test('a patch in the configuration of a transformer takes away what has no value, in flow style as well', () => {
  const { objects, problems } = readTree({
    'a.yaml': `${head}data: {a: b, c: d}\n`,
    'kustomization.yaml': 'resources: [a.yaml]\ntransformers: [t.yaml]\n',
    't.yaml': `apiVersion: builtin\nkind: PatchStrategicMergeTransformer\nmetadata: {name: t}\npatches: '${head.replaceAll('\n', '\n\n  ')}data: {a: , z: &x}'\n`,
  });
  expect([problems, objects]).toMatchObject([[], [{ data: { c: 'd' } }]]);
  expect(objects[0]).not.toMatchObject({ data: { z: '' } });
});

// Each as kustomize 5.8.2 takes it.
describe('what a patch makes of nothing', () => {
  test.each([
    ['l:\n- b: {c: }\n', { l: [{ b: { c: '' } }] }],
    ['l: [{b: }]\n', { l: [{ b: '' }] }],
    ['l: [{b: ~, c: {d: !!null }}]\n', { l: [{ b: null, c: { d: null } }] }],
    ['l:\n- b:\n', { l: [{ b: null }] }],
    ['l:\n- <<: {d: {e: }, f: }\n', { l: [{ d: { e: '' }, f: null }] }],
    ['m: {<<: {d: {e: }, f: }}\n', { m: { d: {} } }],
    ['m: {1: null, b: c}\n', { m: { b: 'c' } }],
    ['1: a\n', { 1: 'a' }],
    ['~: a\n', {}],
    ['null: {a: .inf}\nl: b\n', { l: 'b' }],
    ['"~": a\n', { '~': 'a' }],
    ['!!binary "_": a\n', { _: 'a' }],
    ['!!int b: c\n', { b: 'c' }],
  ])('%j', (body, expected) => expect(built(body)).toEqual(expected));

  test.each([
    'l:\n- 1: null\n  b: c\n',
    'l:\n- ~: null\n',
    'm: {~: null}\n',
    'm: {n: {~: null, b: c}}\n',
    'm: {1: a}\n',
  ])('a key that is no text is refused where it stays: %j', (body) =>
    expect(patched(body).problems.join()).toContain('is not a string'),
  );

  test.each(['$patch: delete\na: .inf\nb: |2\n  \tc\n', '$patch: delete\nd: "\\x7f"\n'])(
    'no value of a patch that deletes its target counts: %j',
    (body) => expect(patched(body)).toEqual({ objects: [], problems: [], isWhole: true }),
  );

  test('a merge of a patch that deletes its target counts', () =>
    expect(patched('$patch: delete\n<<: a\n').problems).not.toEqual([]));
});

describe('the path of a field spec', () => {
  const specs = (path: string) =>
    readTree({
      'a.yaml': head,
      'kustomization.yaml': 'resources: [a.yaml]\nnamespace: ns\nconfigurations: [c.yaml]\n',
      'c.yaml': `namespace: [{path: ${JSON.stringify(path)}, create: true}]\n`,
    });

  test.each(['spec\n/ns', ' spec/ns', 'spec/\u00a0/ns ', 'spec/ \t/ns'])(
    'is read without the space around its names: %j',
    (path) => expect(specs(path).objects).toEqual([expect.objectContaining({ spec: { ns: 'ns' } })]),
  );

  test.each(['spec/~', 'spec/null', 'spec/true', 'spec/1.5'])('makes no key that is no text: %j', (path) =>
    expect(specs(path).problems.join()).toContain('not a string'),
  );
});
