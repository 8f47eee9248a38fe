import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const wheel = 'apiVersion: example.com/v1\nkind: Wheel\nmetadata: {name: w}\nspec:\n  colr: red\n';
const crd = (field: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: wheels.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: wheels, singular: wheel, kind: Wheel, listKind: WheelList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {${field}: {type: string}}}
`;
const only = ['unknown-field', 'schema-missing', 'suppression-unused', 'file-unreadable'];
const tree = { 'prod/kustomization.yaml': 'resources: [wheel.yaml]\n', 'prod/wheel.yaml': wheel };

describe('CRDs are schemas', () => {
  it.each([
    ['in a build', { 'crds/kustomization.yaml': 'resources: [c.yaml]\n', 'crds/c.yaml': crd('color') }],
    ['as plain manifests', { 'elsewhere/c.yaml': crd('color') }],
    ['next to a kustomization that does not deploy them', { 'prod/c.yaml': crd('color') }],
  ])('%s', (_where, more) => {
    const report = lintFiles({ ...tree, ...more }, { only });
    expect(report.findings.map(({ rule, help }) => [rule, help])).toEqual([
      ['unknown-field', 'did you mean "color"?'],
    ]);
    expect(report.coverage.withoutSchema).toEqual([]);
  });

  it('in a folder that the configuration names, although it is not below PATH', () => {
    const files = { ...tree, 'vendor/c.yaml': crd('color'), 'cdb-lint.yaml': 'schemas: [vendor]\n' };
    expect(lintFiles(files, { only, paths: ['prod'] }).findings).toHaveLength(1);
    expect(lintFiles(files, { only, paths: ['prod'] }).coverage.objects).toBe(1);
    const gone = lintFiles({ ...files, 'cdb-lint.yaml': 'schemas: [vendro]\n' }, { only, paths: ['prod'] });
    expect(gone.findings.map(({ rule }) => rule)).toEqual(['file-unreadable']);
    expect(gone.exitCode).toBe(2);
  });

  it('each build goes by its own', () => {
    const environment = (name: string, field: string): Record<string, string> => ({
      [`${name}/kustomization.yaml`]: 'resources: [wheel.yaml, crd.yaml]\n',
      [`${name}/wheel.yaml`]: wheel,
      [`${name}/crd.yaml`]: crd(field),
    });
    const report = lintFiles({ ...environment('dev', 'colr'), ...environment('prod', 'color') }, { only });
    expect(report.findings.map(({ entryPoint }) => entryPoint)).toEqual(['prod']);
  });
});

describe('kinds without schema', () => {
  it('are counted and named, and no finding', () => {
    const report = lintFiles(tree, { only });
    expect(report.findings).toEqual([]);
    expect(report.coverage).toMatchObject({
      withoutSchema: ['example.com/v1 Wheel'],
      objectsWithoutSchema: 1,
    });
    expect(report.exitCode).toBe(0);
  });

  it.each([
    ['the command line', {}, { requireSchemas: true }],
    ['the configuration', { 'cdb-lint.yaml': 'requireSchemas: true\n' }, {}],
  ])('are not checked where %s asks for schemas', (_who, more, options) => {
    const report = lintFiles({ ...tree, ...more }, { only, failOn: 'never', ...options });
    expect(report.findings.map(({ rule, span }) => [rule, span.file.path])).toEqual([
      ['schema-missing', 'prod/wheel.yaml'],
    ]);
    expect(report.exitCode).toBe(2);
  });
});

describe('looseSchemas', () => {
  const loose = (more = ''): string => `looseSchemas:\n  - {kind: Wheel, reason: rolling${more}}\n`;

  it('let unknown fields pass, counted with their reason; the rest stays strict', () => {
    const files = {
      ...tree,
      'prod/wheel.yaml': wheel.replace('colr: red', 'colr: red\n  size: 3'),
      'c.yaml': crd('size'),
    };
    const settings = { only: [...only, 'wrong-type'] };
    const report = lintFiles({ ...files, 'cdb-lint.yaml': loose() }, settings);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['wrong-type']);
    expect(report.suppressed.map(({ finding, reason }) => [finding.message, reason])).toEqual([
      ['unknown field "colr"', 'rolling'],
    ]);
    expect(report.summary.suppressed).toBe(1);
  });

  it('take a kind out of what requires schemas', () => {
    const report = lintFiles({ ...tree, 'cdb-lint.yaml': `requireSchemas: true\n${loose()}` }, { only });
    expect(report.exitCode).toBe(0);
    expect(report.coverage.objectsWithoutSchema).toBe(1);
  });

  it('hold for a version where one is named, and are a warning where nothing needs them', () => {
    const files = { ...tree, 'c.yaml': crd('color') };
    const other = lintFiles({ ...files, 'cdb-lint.yaml': loose(', apiVersion: example.com/v2') }, { only });
    expect(other.findings.map(({ rule, severity, span }) => [rule, severity, span.file.path])).toEqual([
      ['unknown-field', 'error', 'prod/wheel.yaml'],
      ['suppression-unused', 'warning', 'cdb-lint.yaml'],
    ]);
  });
});

it('remotes stand for remote bases', () => {
  const url = 'https://example.com/org/repo//deploy?ref=v1';
  const files = {
    'prod/kustomization.yaml': `resources:\n  - ${url}\n`,
    'vendor/deploy/kustomization.yaml': 'resources: [cm.yaml]\n',
    'vendor/deploy/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndta: {}\n',
  };
  const missing = lintFiles(files, { paths: ['prod'] });
  expect(missing.exitCode).toBe(2);
  expect(missing.findings.map(({ rule }) => rule)).toContain('remote-not-fetched');
  const configuration = { 'cdb-lint.yaml': `remotes:\n  ${url}: vendor/deploy\n` };
  const report = lintFiles({ ...files, ...configuration }, { paths: ['prod'], only });
  expect(report.findings.map(({ rule, span }) => [rule, span.file.path])).toEqual([
    ['unknown-field', 'vendor/deploy/cm.yaml'],
  ]);
});
