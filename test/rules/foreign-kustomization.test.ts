import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const unchecked = (files: Record<string, string>) =>
  lintFiles(files)
    .findings.filter((finding) => finding.unchecked !== undefined)
    .map(({ rule }) => rule);

it('leaves a kustomization alone that another tool has to fill in', () => {
  const files = {
    'boilerplate/kustomization.yaml':
      'kind: Kustomization\nresources: [ns.yaml]\nconfigMapGenerator:\n  - name: {{ .app }}-values\n    files: [values.yaml]\n',
    'boilerplate/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ .app }}\n',
    'app/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: n }\n',
  };
  expect(unchecked(files)).toEqual([]);
  const broken = { ...files, 'boilerplate/kustomization.yaml': 'resources: [ns.yaml\n' };
  expect(unchecked(broken)).not.toEqual([]);
});

it('takes no file for a manifest that speaks of apiVersion in a text', () => {
  const values = 'a: 1\na: 2\nnote: |\n  apiVersion: apps/v1\n';
  expect(unchecked({ 'values.yaml': values })).toEqual([]);
  expect(unchecked({ 'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\n' })).toEqual([
    'duplicate-key',
  ]);
});

it('takes keys for set once that a merge brings and that are set again', () => {
  const manifest = [
    'apiVersion: example.org/v1',
    'kind: Web',
    'metadata: { name: web }',
    'spec:',
    '  one: &one { type: string, text: a }',
    '  two: { <<: *one, text: b }',
    '',
  ].join('\n');
  expect(unchecked({ 'web.yaml': manifest })).toEqual([]);
});
