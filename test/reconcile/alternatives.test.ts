import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, fluxKustomization } from './discover-files.ts';

function application(name: string, path: string): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    `metadata: { name: ${name}, namespace: argocd }`,
    'spec:',
    '  project: team',
    '  destination: { name: production, namespace: app }',
    `  source: { repoURL: https://git.example.com/team/platform.git, path: ${path}, targetRevision: v1 }`,
    '',
  ].join('\n');
}

const files = {
  'one/web.yaml': application('web', 'apps'),
  'two/all.yaml': application('all', 'apps'),
  'apps/kustomization.yaml': 'resources: [config.yaml]\n',
  'apps/config.yaml': configMap('web', 'key: value'),
};
const alternatives = 'alternatives: [{ paths: [one, two], reason: one at a time }]\n';

function rulesIn(more: Readonly<Record<string, string>>): string[] {
  return lintFiles({ ...files, ...more }, { only: ['paths-overlap', 'alternative-empty'] }).findings.map(
    ({ rule, span }) => `${rule} ${span.file.path}`,
  );
}

it('takes two ways to one cluster for owners of the same objects', () => {
  expect(rulesIn({})).toEqual(['paths-overlap one/web.yaml']);
});

it('checks each alternative as a whole of its own', () => {
  expect(rulesIn({ 'cdb-lint.yaml': alternatives })).toEqual([]);
  const again = { 'one/again.yaml': application('again', 'apps') };
  expect(rulesIn({ 'cdb-lint.yaml': alternatives, ...again })).toEqual(['paths-overlap one/again.yaml']);
});

it('tells alternatives apart that one kustomization lists', () => {
  const root = { 'kustomization.yaml': 'resources: [one/web.yaml, two/all.yaml]\n' };
  expect(rulesIn(root)).toEqual(['paths-overlap two/all.yaml']);
  expect(rulesIn({ 'cdb-lint.yaml': alternatives, ...root })).toEqual([]);
});

it('finds an alternative that deploys nothing', () => {
  const third = alternatives.replace('two]', 'two, three]');
  expect(rulesIn({ 'cdb-lint.yaml': third })).toEqual(['alternative-empty cdb-lint.yaml']);
});

it('refuses alternatives within each other, and one alone', () => {
  const messages = (text: string): string[] =>
    lintFiles({ ...files, 'cdb-lint.yaml': text }).findings.map(({ rule }) => rule);
  expect(messages('alternatives: [{ paths: [one, one/two], reason: r }]\n')).toEqual([
    'configuration-invalid',
  ]);
  expect(messages('alternatives: [{ paths: [one], reason: r }]\n')).toEqual(['configuration-invalid']);
});

it('takes what one alternative brings for nothing that the other could refer to', () => {
  const pod = (name: string): string =>
    [
      'apiVersion: v1',
      'kind: Pod',
      `metadata: { name: ${name}, namespace: app }`,
      'spec: { containers: [{ name: c, image: "c:1", envFrom: [{ configMapRef: { name: web } }] }] }',
      '',
    ].join('\n');
  const more = {
    'two/all.yaml': application('all', 'other'),
    'other/kustomization.yaml': 'resources: [pod.yaml]\n',
    'other/pod.yaml': pod('web'),
  };
  const missing = (text: Readonly<Record<string, string>>): string[] =>
    lintFiles({ ...files, ...more, ...text }, { only: ['reference-missing'] }).findings.map(
      ({ span }) => span.file.path,
    );
  expect(missing({})).toEqual([]);
  expect(missing({ 'cdb-lint.yaml': alternatives })).toEqual(['other/pod.yaml']);
});

it('checks next to environments what clusters get other than those', () => {
  const report = lintFiles(
    {
      'cdb-lint.yaml': 'environments: { production: { root: apps } }\n',
      'apps/kustomization.yaml': 'resources: [config.yaml]\n',
      'apps/config.yaml': configMap('web', 'key: 1'),
      'infra/extra.yaml': configMap('extra', 'key: 1'),
      'clusters/kustomization.yaml': 'resources: [apps.yaml, infra.yaml]\n',
      'clusters/apps.yaml': fluxKustomization('apps', './apps', 'unknown: 1'),
      'clusters/infra.yaml': fluxKustomization('infra', './infra'),
    },
    { only: ['wrong-type'] },
  );
  expect(report.findings.map(({ span, occurrences }) => [span.file.path, occurrences.length])).toEqual([
    ['apps/config.yaml', 1],
    ['infra/extra.yaml', 1],
  ]);
  expect(report.environments.map(({ name }) => name)).toEqual(['production']);
  // The ConfigMap of the environment counts once, beside it are the other one and the two Kustomizations.
  expect(report.coverage.objects).toBe(4);
});
