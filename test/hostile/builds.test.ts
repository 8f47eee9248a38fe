import { describe, expect, it } from 'vitest';
import { lintHostile, lostWords, service } from '../support/hostile-input.ts';

const nest = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';
const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\nspec: {}\n';

const bomb = [
  'l0: &l0 [a, a, a, a, a, a, a, a, a, a]',
  ...Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`),
].join('\n');

function build(kustomization: string, files: Readonly<Record<string, string | Uint8Array>> = {}) {
  return lintHostile({
    'bad/kustomization.yaml': kustomization,
    'bad/s.yaml': service('s'),
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`bad/${path}`, text])),
  });
}

describe('what cannot be read is said, and the rest is checked', () => {
  it.each<[string, string, Record<string, string | Uint8Array>, string]>([
    [
      'an alias bomb as a resource',
      'resources: [b.yaml]\n',
      { 'b.yaml': `${config}data:\n${bomb.replace(/^/gmu, '  ')}\n` },
      'alias-bomb',
    ],
    ['an alias bomb as the kustomization', `${bomb}\n`, {}, 'alias-bomb'],
    [
      'an alias bomb as a patch',
      `resources: [s.yaml]\npatches:\n  - path: p.yaml\n`,
      { 'p.yaml': `${service('s')}x:\n${bomb.replace(/^/gmu, '  ')}\n` },
      'alias-bomb',
    ],
    [
      'an alias bomb as an inline patch',
      `resources: [s.yaml]\npatches:\n  - patch: |-\n${bomb.replace(/^/gmu, '      ')}\n`,
      {},
      'alias-bomb',
    ],
    ['open brackets as a resource', 'resources: [b.yaml]\n', { 'b.yaml': '['.repeat(10_240) }, 'too-deep'],
    ['open brackets as the kustomization', '['.repeat(10_240), {}, 'too-deep'],
    [
      'open brackets as a JSON patch',
      'resources: [s.yaml]\npatches:\n  - {path: p.json, target: {kind: Service}}\n',
      { 'p.json': '['.repeat(10_240) },
      'too-deep',
    ],
    [
      '100 MB',
      'resources: [b.yaml]\n',
      { 'b.yaml': new Uint8Array(100 * 1024 * 1024).fill(97) },
      'too-large',
    ],
    [
      '100 MB for a generator',
      'configMapGenerator: [{name: c, files: [b.bin]}]\n',
      { 'b.bin': new Uint8Array(100 * 1024 * 1024) },
      'too-large',
    ],
    [
      'a million documents',
      'resources: [b.yaml]\n',
      { 'b.yaml': '---\na: 1\n'.repeat(1_000_000) },
      'too-large',
    ],
    [
      'invalid UTF-8',
      'resources: [b.yaml]\n',
      { 'b.yaml': new Uint8Array([97, 58, 32, 0xc3, 0x28, 10]) },
      'not-utf8',
    ],
    [
      'half of UTF-16',
      'resources: [b.yaml]\n',
      { 'b.yaml': new Uint8Array(Buffer.from(`\ufeff${service('u')}\ud83d`, 'utf16le')) },
      'not-utf8',
    ],
    ['a NUL', 'resources: [b.yaml]\n', { 'b.yaml': `${config}data: {a: "\0"}\n` }, 'yaml-syntax'],
    [
      'duplicate keys',
      'resources: [b.yaml]\n',
      { 'b.yaml': `${config}data: {a: b}\ndata: {a: c}\n` },
      'duplicate-key',
    ],
    ['a kustomization of itself', 'resources: [.]\n', {}, 'kustomization-cycle'],
    ['a way out', 'resources: [../../etc/passwd]\n', {}, 'path-outside-repository'],
    [
      'a way out of a generator',
      'configMapGenerator: [{name: c, files: [../../../etc/passwd]}]\n',
      {},
      'path-outside-repository',
    ],
    ['an address', 'resources: ["https://example.com//x?ref=main"]\n', {}, 'remote-not-fetched'],
    [
      'a chart',
      'helmCharts: [{name: x, repo: "https://example.com", releaseName: "--post-renderer=/bin/sh"}]\n',
      {},
      'helm-chart-not-rendered',
    ],
  ])('%s', (_name, kustomization, files, rule) => {
    const outcome = build(kustomization, files);
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.rules).toContain(rule);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.findsBystander).toBe(true);
  });

  // kustomize 5.8.2 builds it, the last of the two counts, and a reviewer may have read the first.
  it('duplicate keys in an inline patch are an error of a build that is checked', () => {
    const patch =
      '      metadata: {name: s}\n      kind: Service\n      apiVersion: v1\n      spec: {}\n      spec: {}\n';
    const outcome = build(`resources: [s.yaml]\npatches:\n  - patch: |-\n${patch}`, {});
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.rules).toContain('duplicate-key');
    expect(outcome.exitCode).toBe(1);
    expect(outcome.findsBystander).toBe(true);
  });

  it('three kustomizations in a circle', () => {
    const outcome = lintHostile({
      'bad/a/kustomization.yaml': 'resources: [../b]\n',
      'bad/b/kustomization.yaml': 'resources: [../c]\n',
      'bad/c/kustomization.yaml': 'resources: [../a]\n',
      'bad/kustomization.yaml': 'resources: [a]\n',
    });
    expect(outcome.rules).toEqual(['kustomization-cycle']);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.findsBystander).toBe(true);
  });
});

describe('what grows while it is built is bounded', () => {
  it('a tree that patches nest deeper than any document may be', () => {
    const patches = Array.from({ length: 40 }, (_, n) => {
      const path = `/spec${'/a'.repeat(n * 90)}`;
      return `  - target: {kind: Widget}\n    patch: |-\n      [{"op": "add", "path": "${path}", "value": ${nest(90, '{"a":', '}').replace('}', '0}')}}]\n`;
    });
    const outcome = build(`resources: [w.yaml]\npatches:\n${patches.join('')}`, { 'w.yaml': widget });
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.rules).toContain('object-too-large');
    expect(outcome.exitCode).toBe(2);
    expect(outcome.findsBystander).toBe(true);
  });

  it('a copy of itself, again and again', () => {
    const operations = Array.from(
      { length: 60 },
      (_, n) => `{"op": "copy", "from": "/spec", "path": "/spec/c${n}"}`,
    );
    const patch = `      [${operations.join(',\n      ')}]\n`;
    const outcome = build(
      `resources: [w.yaml]\npatches:\n  - target: {kind: Widget}\n    patch: |-\n${patch}`,
      {
        'w.yaml': widget.replace('{}', '{a: 1}'),
      },
    );
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.findsBystander).toBe(true);
  });

  it('a thousand patches, each for hundreds of objects', () => {
    const objects = Array.from({ length: 500 }, (_, n) => service(`s${n}`)).join('---\n');
    const patch =
      '  - {target: {kind: Service}, patch: \'[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]\'}\n';
    const outcome = build(`resources: [many.yaml]\npatches:\n${patch.repeat(1000)}`, {
      'many.yaml': objects,
    });
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.rules).toEqual(['too-many-patches']);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.findsBystander).toBe(true);
  });

  it('thousands of patches for one object, whose history no one may follow by recursion', () => {
    const patch =
      '  - {target: {kind: Service}, patch: \'[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]\'}\n';
    const outcome = build(`resources: [s.yaml]\npatches:\n${patch.repeat(1500)}`, {
      's.yaml': `${service('s')}unknown: 1\n`,
    });
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.rules).toContain('unknown-field');
    expect(outcome.findsBystander).toBe(true);
  });
});

describe('keys that mean something to JavaScript mean nothing here', () => {
  const hostileKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(hostileKeys)('%s', (key) => {
    const outcome = build(
      `resources: [c.yaml, w.yaml]
configMapGenerator:
  - name: g
    literals: ["${key}=x", "a=b"]
labels:
  - pairs: {"${key}": x}
    includeSelectors: true
commonAnnotations: {"${key}": x}
patches:
  - patch: |-
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c, "${key}": {polluted: "yes"}}
      data: {"${key}": patched}
      "${key}": {polluted: "yes"}
  - target: {kind: Widget}
    patch: |-
      [{"op": "add", "path": "/${key}", "value": {"polluted": "yes"}},
       {"op": "add", "path": "/spec/${key}", "value": {"polluted": "yes"}},
       {"op": "add", "path": "/spec/${key}/deep", "value": 1}]
replacements:
  - source: {kind: ConfigMap, name: c, fieldPath: "data.${key}"}
    targets:
      - select: {kind: Widget}
        options: {create: true}
        fieldPaths: ["spec.${key}.polluted", "${key}.polluted", "spec.[${key}=x].y"]
`,
      {
        'c.yaml': `${config}data: {"${key}": x}\n"${key}": {polluted: "yes"}\n`,
        'w.yaml': widget.replace('{}', `{"${key}": {"${key}": x}}`),
      },
    );
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.findsBystander).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(hostileKeys)('%s in the configuration', (key) => {
    const outcome = lintHostile({
      'cdb-lint.yaml': `environments:\n  ${key}: {root: good}\nrules:\n  ${key}: off\n${key}: {polluted: "yes"}\n`,
    });
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.exitCode).toBe(2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('patterns take linear time', () => {
  const evil = '(a+)+(a|aa)+(a|a?)+$';
  const long = `${'a'.repeat(5000)}!`;

  it.each([
    ['the name of a patch target', `patches:\n  - {target: {name: "${evil}"}, patch: "[]"}\n`],
    [
      'the label selector of a patch target',
      `patches:\n  - {target: {labelSelector: "a in (${long})"}, patch: "[]"}\n`,
    ],
    ['the name of an image', `images:\n  - {name: "${evil}", newTag: "1"}\n`],
    [
      'a replacement',
      `replacements:\n  - source: {kind: "${evil}"}\n    targets: [{select: {name: "${evil}"}, fieldPaths: [spec.a]}]\n`,
    ],
    ['what is not a pattern', 'patches:\n  - {target: {name: "((("}, patch: "[]"}\n'],
    ['a pattern that looks ahead', 'patches:\n  - {target: {name: "(?=a)"}, patch: "[]"}\n'],
    [
      'a pattern that repeats too often',
      'patches:\n  - {target: {name: "((a{1000}){1000}){1000}"}, patch: "[]"}\n',
    ],
  ])('in %s', (_, text) => {
    const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${'a'.repeat(5000)}\nspec:\n  containers: [{name: a, image: "${long}"}]\n`;
    const outcome = build(`resources: [p.yaml]\n${text}`, { 'p.yaml': pod });
    expect(outcome.words).not.toMatch(lostWords);
    expect(outcome.findsBystander).toBe(true);
  });
});
