import { describe, expect, test } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { a: b }\n';
const key = (length: number, last = 'k') => `${'k'.repeat(length - 1)}${last}`;

/** How often it is told that a key is too long. */
function timesTold(kustomization: string, files: Readonly<Record<string, string>> = {}): number {
  const { findings } = lintFiles({ 'kustomization.yaml': kustomization, 'a.yaml': object, ...files });
  return findings.filter(({ message }) => /a key of more than 1024 characters/.test(message)).length;
}

const patched = (patch: string) =>
  timesTold('resources: [a.yaml]\npatches: [{ path: p.yaml, target: { kind: ConfigMap } }]\n', {
    'p.yaml': patch,
  });

// Each as kustomize 5.8.2 takes it, which counts the quotes, and what Go escapes as it is written.
describe('a key that kustomize writes and cannot read again', () => {
  test.each([
    [
      'a file',
      (name: string) =>
        timesTold('resources: [a.yaml]\n', { 'a.yaml': `${object}spec:\n  ? ${name}\n  : a\n` }),
    ],
    ['a merge patch', (name: string) => patched(`${object}spec:\n  ? ${name}\n  : a\n`)],
    [
      'a value of an operation',
      (name: string) => patched(`[{"op":"add","path":"/spec","value":{"${name}":"a"}}]`),
    ],
    ['a pointer', (name: string) => patched(`[{"op":"add","path":"/data/${name}","value":"a"}]`)],
    [
      'a literal',
      (name: string) => timesTold(`configMapGenerator: [{ name: g, literals: ["${name}=a"] }]\n`),
    ],
  ])('is told once, of %s', (_, told) => {
    expect([told(key(1022)), told(key(1023))]).toEqual([0, 1]);
  });

  test('is as long as Go writes it', () => {
    const told = (name: string) =>
      timesTold('resources: [a.yaml]\n', { 'a.yaml': `${object}spec:\n  ? "${name}"\n  : a\n` });
    expect([told(key(1017, '<')), told(key(1018, '<'))]).toEqual([0, 1]);
    expect([told('é'.repeat(1022)), told('é'.repeat(1023))]).toEqual([0, 1]);
    expect([told('😀'.repeat(1022)), told('😀'.repeat(1023))]).toEqual([0, 1]);
  });
});

// kustomize 5.8.2 prints `"<<"` without its quotes on its way, and reads it again as a merge.
describe('a merge key in quotes', () => {
  const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: x }\nspec: { a: b }\n';
  const unchecked = (kustomization: string, manifest = widget) => {
    const { findings } = lintFiles({ 'kustomization.yaml': kustomization, 'a.yaml': manifest });
    return findings.filter((found) => /the key "<<"/.test(found.message) && found.unchecked !== undefined);
  };
  const patch = (operation: string) =>
    `resources: [a.yaml]\npatches:\n- target: { kind: Widget }\n  patch: |\n    - ${operation}\n`;

  test.each([
    ['a file', 'resources: [a.yaml]\n', `${widget}z: { "<<": { hostPID: true } }\n`],
    ['a pointer', patch('{ op: add, path: /spec/<<, value: { hostPID: true } }'), widget],
    ['a value', patch('{ op: add, path: /spec/c, value: [{ "<<": { hostPID: true } }] }'), widget],
    ['a label', 'resources: [a.yaml]\nlabels: [{ pairs: { "<<": c } }]\n', widget],
    ['an annotation', 'resources: [a.yaml]\ncommonAnnotations: { "<<": c }\n', widget],
    [
      'a merge patch',
      `resources: [a.yaml]\npatches:\n- patch: '${widget.replaceAll('\n', '\n\n    ')}\n\n    z: { "<<": { c: d } }'\n`,
      widget,
    ],
    [
      'a path of a replacement',
      'resources: [a.yaml]\nreplacements:\n- source: { kind: Widget, fieldPath: spec }\n  targets: [{ select: { kind: Widget }, fieldPaths: [z.<<], options: { create: true } }]\n',
      widget,
    ],
  ])('leaves the build unchecked, in %s', (_, kustomization, manifest) =>
    expect(unchecked(kustomization, manifest)).toHaveLength(1),
  );

  const removed = `patches:\n- patch: '${widget.replace('spec: { a: b }\n', 'spec: { "<<": ~ }').replaceAll('\n', '\n\n    ')}'\n`;
  const added = patch('{ op: add, path: /spec/<<, value: { hostPID: true } }');

  // The patch that takes it away meets `hostPID` in its place.
  test.each([
    ['the next patch', { 'kustomization.yaml': added + removed.replace('patches:\n', '') }],
    ['an overlay', { 'kustomization.yaml': `resources: [b]\n${removed}`, 'b/kustomization.yaml': added }],
    [
      'a patch next to a component',
      {
        'kustomization.yaml': `resources: [b/a.yaml]\ncomponents: [b]\n${removed}`,
        'b/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${added.replace('resources: [a.yaml]\n', '')}`,
      },
    ],
  ])('is told where %s removes it again', (_, files) => {
    const { findings } = lintFiles({ 'b/a.yaml': widget, 'a.yaml': widget, ...files });
    const told = findings.filter((one) => /the key "<<"/.test(one.message) && one.unchecked !== undefined);
    expect(told).toHaveLength(1);
  });

  test('is none without quotes, or in a text', () => {
    const merged = `${widget}y: &y { c: d }\nz: { <<: *y, e: "<<", f: "<<: *y" }\n`;
    expect(unchecked('resources: [a.yaml]\n', merged)).toEqual([]);
  });
});

// kustomize 5.8.2 reads `[a, b]` as `{ a: b }`, and panics at a list of one.
describe('metadata in a list', () => {
  const list = (field: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, ${field}: [config.kubernetes.io/local-config, "true"] }\n`;
  const told = (files: Readonly<Record<string, string>>) =>
    lintFiles({ 'kustomization.yaml': 'resources: [a.yaml]\n', ...files }).findings.filter(
      (one) => /metadata\.\S+ is a list/.test(one.message) && one.unchecked !== undefined,
    ).length;
  const metadata = (field: string, value: string) =>
    `- target: { kind: ConfigMap }\n  patch: |\n    - { op: add, path: /metadata/${field}, value: ${value} }\n`;

  test.each(['annotations', 'labels'])('is refused: %s', (field) => {
    expect(told({ 'a.yaml': list(field) })).toBe(1);
  });

  test.each(['annotations', 'labels'])('is refused where a later patch writes a map over it: %s', (field) => {
    const patches = metadata(field, '[a, b]') + metadata(field, '{ a: c }');
    expect(
      told({ 'a.yaml': object, 'kustomization.yaml': `resources: [a.yaml]\npatches:\n${patches}` }),
    ).toBe(1);
  });

  test('is refused where it is all of it, of a list without items', () => {
    const { findings } = lintFiles({
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMapList\nmetadata: x\n',
    });
    expect(findings.filter(({ message }) => /^metadata is a scalar/.test(message))).toHaveLength(1);
  });

  test('is nothing where it is empty', () => {
    expect(told({ 'a.yaml': object.replace('name: x', 'name: x, annotations: []') })).toBe(0);
  });
});
