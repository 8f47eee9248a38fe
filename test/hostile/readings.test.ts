import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec:
  hostPID: true
  containers: [{name: x, image: 'shop/web:1.4.2'}]
`;
const item = `  - ${pod.trimEnd().replaceAll('\n', '\n    ')}\n`;
const kustomization = 'resources: [a.yaml]\n';

function rulesOf({ findings }: Report): string[] {
  return findings.map(({ rule }) => rule);
}

describe('the items of any kind are what reaches a cluster', () => {
  const widget = `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w, namespace: a}\nitems:\n${item}`;

  test.each([
    ['in a plain manifest', { 'a.yaml': widget }],
    ['in a kustomization', { 'a.yaml': widget, 'kustomization.yaml': kustomization }],
  ])('%s', (_, files) => {
    const rules = rulesOf(lintFiles(files));
    expect(rules).toContain('taken-for-list');
    expect(rules).toContain('host-namespace-shared');
  });

  test('and a list is one as ever', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n${item}`;
    expect(rulesOf(lintFiles({ 'a.yaml': list }))).not.toContain('taken-for-list');
    expect(rulesOf(lintFiles({ 'a.yaml': list }))).toContain('host-namespace-shared');
  });

  test('clients unpack one level: a list within a list is refused, and an object with items within one is sent as it is', () => {
    const inner = (kind: string): string =>
      `- apiVersion: example.com/v1\n  kind: ${kind}\n  metadata: {name: w}\n  items:\n  ${item.trimEnd().replaceAll('\n', '\n  ')}\n`;
    const rules = (kind: string): string[] =>
      rulesOf(lintFiles({ 'a.yaml': `apiVersion: v1\nkind: List\nitems:\n${inner(kind)}` }));
    expect(rules('WidgetList')).toEqual(expect.arrayContaining(['not-admitted', 'host-namespace-shared']));
    expect(rules('Widget')).not.toContain('taken-for-list');
    expect(rules('Widget')).not.toContain('host-namespace-shared');
  });

  test('items that are no list, and items that are no objects, are errors', () => {
    const rules = (items: string): string[] =>
      rulesOf(lintFiles({ 'a.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems: ${items}\n` }));
    expect(rules('{a: b}')).toContain('taken-for-list');
    expect(rules('[1]')).toContain('not-admitted');
    expect(rules('[{data: {}}]')).toContain('not-admitted');
  });

  test('an item without apiVersion and kind has those of its list for kubectl alone', () => {
    const findings = (item: string): string[] =>
      lintFiles({ 'a.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems: [${item}]\n` }).findings.map(
        ({ rule, severity }) => `${severity} ${rule}`,
      );
    expect(findings('{metadata: {name: a}}')).toContain('warning not-admitted');
    expect(findings('{metadata: {name: a}}')).not.toContain('error not-admitted');
    expect(findings('{metadata: {name: a}, data: {k: 1}}')).toContain('error wrong-type');
    expect(findings('{kind: ConfigMap, metadata: {name: a}}')).toContain('error not-admitted');
  });
});

describe('a document does not vanish', () => {
  test.each([
    ['its key begins with a byte order mark', `\ufeff${pod}`, 'hidden-text'],
    ['it has no apiVersion', pod.replace('apiVersion: v1\n', ''), 'required-field-missing'],
    ['it is not a mapping', '- a\n', 'not-admitted'],
  ])('where %s', (_, document, rule) => {
    const other = pod.replace('name: p', 'name: q').replace('  hostPID: true\n', '');
    expect(rulesOf(lintFiles({ 'a.yaml': `${other}---\n${document}` }))).toContain(rule);
  });

  // kustomize 5.8.2: missing kind in object
  test.each([
    ['key by key', ['apiVersion', 'kind', 'metadata', 'spec'].map((key) => `{op: remove, path: /${key}}`)],
    ['as a whole', ['{op: replace, path: "", value: {}}']],
  ])('where a JSON patch takes all of it away, %s', (_, operations) => {
    const patch = operations.map((one) => `      - ${one}\n`).join('');
    const { findings, exitCode } = lintFiles({
      'a.yaml': pod,
      'kustomization.yaml': `${kustomization}patches:\n  - target: {kind: Pod}\n    patch: |\n${patch}`,
    });
    expect(exitCode).toBe(2);
    expect(findings.find(({ rule }) => rule === 'patch-invalid')?.unchecked).toBe('the build of .');
  });

  test('where its kind is written with escapes and something is wrong with it', () => {
    const escaped = pod
      .replace('apiVersion', '"\\x61piVersion"')
      .replace('hostPID: true', 'hostPID: true\n  hostPID: true');
    expect(rulesOf(lintFiles({ 'a.yaml': escaped }))).toContain('duplicate-key');
  });
});

describe('configuration of what is built into kustomize has field names in any case', () => {
  const harmless = pod.replace('  hostPID: true\n', '');
  const findings = (transformer: string): Report =>
    lintFiles({
      'a.yaml': harmless,
      't.yaml': transformer,
      'kustomization.yaml': `${kustomization}transformers: [t.yaml]\n`,
    });

  test.each([
    '{kind: ImageTagTransformer, imageTag: {name: shop/web, NewTag: latest}, fieldSpecs: [{path: spec/containers/image}]}',
    '{kind: ImageTagTransformer, ImageTag: {name: shop/web, newTag: latest}, FieldSpecs: [{Path: spec/containers/image}]}',
  ])('%s', (configuration) => {
    const { findings: found } = findings(
      configuration.replace('{kind', '{apiVersion: builtin, metadata: {name: x}, kind'),
    );
    expect(found.some(({ message }) => message.includes('shop/web:latest'))).toBe(true);
  });

  test.each([
    [
      '{kind: PatchTransformer, target: {kind: Pod}, Patch: "- {op: add, path: /spec/hostPID, value: true}"}',
      'host-namespace-shared',
    ],
    ['{kind: PatchTransformer, target: {kind: Pod}, patch: "[]", Patch: "[]"}', 'plugin-invalid'],
    ['{kind: LabelTransformer, labels: [a]}', 'plugin-invalid'],
    ['{kind: PrefixTransformer, Prefix: a-}', 'plugin-invalid'],
    ['{kind: PrefixTransformer, prefix: [a], fieldSpecs: []}', 'plugin-invalid'],
  ])('%s', (configuration, rule) => {
    const report = findings(
      configuration.replace('{kind', '{apiVersion: builtin, metadata: {name: x}, kind'),
    );
    expect(rulesOf(report)).toContain(rule);
  });

  test('the same holds for replacements in a file of their own', () => {
    const report = lintFiles({
      'a.yaml': pod,
      'r.yaml':
        'Source: {Kind: Pod, FieldPath: metadata.name}\nTargets: [{Select: {kind: Pod}, FieldPaths: [metadata.labels.a], Options: {create: true}}]\n',
      'kustomization.yaml': `${kustomization}replacements: [{path: r.yaml}]\n`,
    });
    expect(rulesOf(report)).not.toContain('replacement-invalid');
  });

  test('two spellings of one field are an error', () => {
    const report = lintFiles({
      'a.yaml': pod,
      'kustomization.yaml': `${kustomization}namespace: a\nNamespace: b\n`,
    });
    expect(rulesOf(report)).toContain('kustomization-invalid');
  });

  test('a label whose key YAML takes for a number cannot be added', () => {
    const report = lintFiles({
      'a.yaml': pod,
      'kustomization.yaml': `${kustomization}labels: [{pairs: {"1": b}}]\n`,
    });
    expect(report.exitCode).toBe(2);
  });
});
