import { describe, expect, test } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';
const refusal =
  /(?:an empty map or list|a map or list with a tag) below a key with a comment|a comment before a map or list in flow style/;

function isRefused(files: Readonly<Record<string, string>>): boolean {
  const { findings } = lintFiles({ 'kustomization.yaml': 'resources: [a.yaml]\n', ...files });
  return findings.some(({ message }) => refusal.test(message));
}

// Each as kustomize 5.8.2 takes it.
describe('a merge of nothing below a key', () => {
  test.each([
    'data: # c\n  <<: {}\n',
    'data: # c\n  <<: []\n',
    'data: # c\r\n  <<: {}\r\n',
    'data: # c\n\n  # d\n  <<: {}\n',
    "'data' : # c\n  <<: {}\n",
    '? data\n: # c\n  <<: {}\n',
    '? data # c\n: # d\n  <<: {}\n',
    'data: # c\n  !!map\n  <<: {}\n',
    'data: # c\n  !t\n  a: b\n',
    'data: # c\n# d\n  &a !t\n  - a\n',
    'data: # c\n  &a\n  <<: {}\n',
    'x: &x\n  <<: {}\ndata: # c\n  *x\n',
    '<<: # c\n  data: # c\n    <<: {}\n',
    'l:\n- data: # c\n    <<: {}\n',
    'l: &a # c\n  s: {e: 1}\n  c:\n    <<: {}\n',
    'l: !!map # c\n  s: [] # d\n  "t": &t {e: 1}\n  # f\n  c:\n    <<: {}\n',
    'l: &a # c\n  s: {e: {f: g}}\nc:\n  <<: {}\n',
  ])('is refused: %j', (body) => expect(isRefused({ 'a.yaml': head + body })).toBe(true));

  test.each([
    'data:\n  # c\n  <<: {}\n',
    'data:\n  <<: {} # c\n',
    'data: # c\n  {}\n',
    'data: # c\n  <<: {}\n  a: b\n',
    'data: !!map # c\n  <<: {}\n',
    'data:\n# c\n  !t\n  a: b\n',
    'data: # c\n  !t {a: b}\n',
    'data: &a # c\n  <<: {}\n',
    'x: &x {<<: {}}\ndata: # c\n  *x\n',
    'x: &x\n  <<: {}\ndata: *x # c\n',
    'l:\n- # c\n  <<: {}\n',
    'data: # c\n  <<: {<<: {}}\n',
    'data: # c\n  <<: [{}, {<<: {}}]\n',
    'l: &a # c\n  s: 1\n  c:\n    <<: {}\n',
    'l:\n  x.- &a # c\ny/z:\n  <<: [{}]\n',
    'l: &a # c\n  s:\n    e: 1\n  c:\n    <<: {}\n',
    'l: &a # c\n  s: {e: 1}\n  t:\n    c:\n      <<: {}\n',
    'l: &a # c\n- {e: 1}\n- c:\n    <<: {}\n',
  ])('is built: %j', (body) => expect(isRefused({ 'a.yaml': head + body })).toBe(false));

  test('goes through JSON in a list, but for a List in a file of its own', () => {
    const list = (kind: string, rest = '') =>
      `apiVersion: v1\nkind: ${kind}\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: { name: y }\n  data: # c\n    <<: {}\n${rest}`;
    expect(isRefused({ 'a.yaml': list('ConfigMapList') })).toBe(false);
    expect(isRefused({ 'a.yaml': list('List') })).toBe(true);
    expect(isRefused({ 'a.yaml': list('List', `---\n${head}`) })).toBe(false);
  });
});

describe('what a patch empties below a key with a comment', () => {
  const containers =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec:\n  template:\n    spec:\n      containers: # c\n      - name: a\n';
  const patched = (base: string, ...patches: readonly string[]) =>
    isRefused({
      'a.yaml': base,
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n${patches.map((patch) => `- { target: { name: ".*" }, patch: '${patch}' }\n`).join('')}`,
    });
  const merge = (data: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: ${data} }`;
  const data = `${head}data: # c\n  a: b\n`;

  test.each([
    [data, [merge('{ a: null }')]],
    [data, [merge('{ $patch: replace }')]],
    [data, [merge('{ a: null }'), '[{ "op": "add", "path": "/data/z", "value": "1" }]']],
    [
      containers,
      [
        '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: d }, spec: { template: { spec: { containers: [{ name: a, $patch: delete }] } } } }',
      ],
    ],
  ])('is refused: %j %j', (base, patches) => expect(patched(base, ...patches)).toBe(true));

  test.each([
    [data, [merge('{ a: c }')]],
    [data, ['[{ "op": "remove", "path": "/data/a" }]']],
    [data, ['[{ "op": "add", "path": "/data/z", "value": "1" }]', merge('{ a: null, z: null }')]],
    [data, [merge('{ a: null }'), merge('{ a: c }')]],
    [head, ['{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: {} }']],
  ])('is built: %j %j', (base, patches) => expect(patched(base, ...patches)).toBe(false));

  test('a key that a patch adds loses its comment, a key below it does not', () => {
    const added = (patch: string) =>
      isRefused({
        'a.yaml': head,
        'p.yaml': head + patch,
        'kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: p.yaml }]\n',
      });
    expect(added('data: # c\n  <<: {}\n')).toBe(false);
    expect(added('spec:\n  data: # c\n    <<: {}\n')).toBe(true);
  });
});
