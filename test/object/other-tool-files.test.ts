import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

function rulesOf(text: string): string[] {
  return lintFiles(
    { 'file.yaml': text, 'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' },
    { only: ['required-field-missing', 'not-admitted', 'invalid-value'] },
  ).findings.map(({ rule }) => rule);
}

it('a kind without a version is an object where its fields are those of objects, and else the file of another tool', () => {
  expect(rulesOf('kind: ZarfPackageConfig\nmetadata: { name: core }\ncomponents: []\n')).toEqual([]);
  expect(rulesOf('kind: Deployment\nmetadata: { name: web }\nspec: {}\n')).toEqual([
    'required-field-missing',
  ]);
});

it('what SOPS encrypted is what it was before', () => {
  const secret = (value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: pull }\ntype: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: "${value}" }\n`;
  expect(rulesOf(secret('ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]'))).toEqual([]);
  expect(rulesOf(secret('no json'))).toEqual(['invalid-value']);
});

it('a workload that is merged into another one lacks what the other has, which is a note', () => {
  const text =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: server }\nspec: { template: { spec: { containers: [{ name: server, env: [] }] } } }\n';
  const severities = (more: string): string[] =>
    lintFiles(
      { 'extension.yaml': text.replace('spec: {', `spec: { ${more}`) },
      { only: ['required-field-missing'] },
    ).findings.map(({ severity }) => severity);
  expect(new Set(severities(''))).toEqual(new Set(['note']));
  expect(severities('selector: { matchLabels: { app: a } }, ')).toContain('error');
});

it('what follows a line of an action is a template as well', () => {
  const files = (text: string): string[] =>
    lintFiles(
      {
        'app/kustomization.yaml': text,
        'app/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
      },
      { only: ['yaml-syntax', 'not-json'] },
    ).findings.map(({ rule }) => rule);
  expect(files('resources:\n  {{<- if .enabled >}}\n  - a.yaml\n  {{<- end >}}\n')).toEqual([]);
  expect(files('resources:\n  a: b: c\n  - a.yaml\n')).toEqual(['yaml-syntax']);
});
