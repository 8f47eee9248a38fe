import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import type { Report } from '../../src/report/report.ts';
import { deployment } from '../support/gate.ts';
import { lintFiles } from '../support/lint-files.ts';

const only = ['unknown-field'];
const pod = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: "a:1"${more}}]}\n`;
const broken = pod('broken', ', imagee: x');
const url = 'https://example.com/org/base?ref=v1';

describe('a report', () => {
  it('says what was examined', () => {
    const files = { 'k/kustomization.yaml': 'resources: [pod.yaml]\n', 'k/pod.yaml': broken };
    const report = lintFiles(files, { only: ['unknown-field', 'privileged-container'] });
    expect(report.coverage).toMatchObject({
      ...{ filesRead: 2, filesParsed: 2, objects: 1, objectsKnown: 1, objectsJudged: 1 },
    });
    expect(report.coverage.policies).toBeGreaterThan(10);
    expect(report.policies).toContain('privileged-container');
    expect(report.rules).toContain('privileged-container');
    expect(report.policyWords?.get('privileged-container')).toContain('privileged');
    expect(report.findings.map(({ occurrences }) => occurrences[0]?.service)).toEqual(['broken']);
  });

  it('counts what the configuration accepts as not checked, and what no policy judges, among what is not', () => {
    const files = {
      'cdb-lint.yaml': `notJudged: [{remote: "https://example.com/org", reason: theirs}]\n`,
      'k/kustomization.yaml': `resources: [pod.yaml, "${url}"]\nhelmCharts: [{name: c, repo: "https://charts.example.com", version: 1.0.0}]\n`,
      'k/pod.yaml': pod('spared').replace('{name: spared}', '{name: spared, namespace: kube-system}'),
    };
    const { coverage } = lintFiles(files, { only });
    expect(coverage.notRendered).toEqual(
      expect.arrayContaining([`${url}: accepted in the configuration as not checked`]),
    );
    expect(coverage.leftOut?.map(({ why }) => why)).toContain('exempt from the policies of the catalogue');
    const { coverage: plain } = lintFiles({ 'pod.yaml': pod('a') }, { only });
    expect([plain.notRendered, plain.leftOut]).toEqual([[], []]);
  });

  it('counts what is not rendered, and what builds leave out', () => {
    const files = {
      'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  source: {repoURL: https://charts.example.com, chart: shop, targetRevision: 1.0.0}
`,
      'k/kustomization.yaml':
        'resources: [pod.yaml, gone.yaml]\npatches: [{patch: "{apiVersion: v1, kind: Pod, metadata: {name: gone}, $patch: delete}"}]\n',
      'k/pod.yaml': pod('pod'),
      'k/gone.yaml': pod('gone'),
    };
    const { coverage } = lintFiles(files, { only });
    expect([coverage.notRendered?.length, coverage.leftOut?.length]).toEqual([1, 1]);
  });

  it('shows no secret of a finding, nor one that a finding elsewhere repeats', () => {
    const password = 'correct-horse-battery-9271';
    const files = {
      'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: ${password}}\nunknown: 1\n`,
      'pod.yaml': pod('web', `, ${password}: x`),
    };
    const report = lintFiles(files, { only });
    expect(report.findings).toHaveLength(2);
    expect(report.findings.map(({ message }) => message).join()).not.toContain(password);
    expect(report.secrets.length).toBeGreaterThan(0);
  });

  it('fails from the severity on that is asked for, and by default for errors', () => {
    const exitCodes = (['note', 'warning', 'error', 'never', undefined] as const).map(
      (failOn) =>
        lintFiles({ 'pod.yaml': broken }, { only, ...(failOn === undefined ? {} : { failOn }) }).exitCode,
    );
    expect(exitCodes).toEqual([1, 1, 1, 0, 1]);
    expect(lintFiles({ 'pod.yaml': broken }, { only }).failOn).toBe('error');
  });

  it('is not complete where less is judged than is asked for', () => {
    const files = {
      'pod.yaml': pod('a'),
      'b.yaml': 'apiVersion: example.com/v1\nkind: A\nmetadata: {name: a}\n',
    };
    const exitCodes = [0, 50, 51, undefined].map(
      (least) => lintFiles(files, { only, ...(least === undefined ? {} : { minCoverage: least }) }).exitCode,
    );
    expect(exitCodes).toEqual([0, 0, 2, 0]);
  });

  it('is not complete where nothing is to be judged below its paths, unless the configuration is at fault', () => {
    const unchecked = ({ unchecked: some }: Report): string[] => some.map(({ what }) => what);
    expect(unchecked(lintFiles({}, { only, paths: ['k8s'] }))).toContain('k8s');
    expect(unchecked(lintFiles({ 'a.txt': '' }, { only }))).toEqual(['.']);
    expect(unchecked(lintFiles({ 'cdb-lint.yaml': 'nonsense: 1\n' }, { only }))).toEqual([
      'everything, because the configuration cannot be used',
    ]);
    expect(
      unchecked(lintFiles({ 'pod.yaml': broken }, { only, touched: ['a'], paths: ['pod.yaml'] })),
    ).toEqual([]);
  });

  it('has no pictures where it is only compared', () => {
    const compared = lintFiles({ 'k/kustomization.yaml': 'resources: []\n' }, { only, isOnlyCompared: true });
    const nothing = { environments: [], parity: [], resources: [], ownership: [], clusters: [] };
    expect(compared).toMatchObject(nothing);
  });

  it('names the policies that judged something, or would have', () => {
    const isNamed = (files: Readonly<Record<string, string>>): boolean =>
      lintFiles(files).policies.length > 0;
    expect(isNamed({})).toBe(false);
    expect(isNamed({ 'pod.yaml': pod('a') })).toBe(true);
    expect(isNamed({ 'k/kustomization.yaml': 'resources: []\n' })).toBe(true);
  });

  it('has the lines of evidence where it is asked for them', () => {
    const files = { 'k/kustomization.yaml': 'resources: [web.yaml]\n', 'k/web.yaml': deployment(':1') };
    expect(lintFiles(files, { only }).evidence).toBeUndefined();
    expect(
      lintFiles(files, { only, withEvidence: true }).evidence?.map(({ entryPoint }) => entryPoint),
    ).toEqual(['k']);
  });

  it('says which errors are warnings, and why, and nothing where there are none', () => {
    const lowered = lintFiles({ 'manifests/pod.yaml': broken, 'main.go': 'package main\n' }, { only });
    expect(lowered.findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(lowered.coverage.lowered?.length).toBe(1);
    expect(lintFiles({ 'pod.yaml': broken }, { only }).coverage).not.toHaveProperty('lowered');
  });
});

describe('what is accepted where it is found', () => {
  const custom = 'apiVersion: example.com/v1\nkind: A\nmetadata: {name: a}\nspec: {b: 1}\n';
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: as.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: as, singular: a, kind: A, listKind: AList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}}]
`;
  const files = { 'a.yaml': custom, 'crd.yaml': crd };
  const suppressed = (configuration: string, options: object = {}): string[] =>
    lintFiles({ ...files, 'cdb-lint.yaml': configuration }, options).suppressed.map(
      ({ finding }) => finding.rule,
    );
  const loose = 'looseSchemas: [{kind: A, reason: theirs}]\n';

  it('is told as accepted, if it was asked for', () => {
    expect(suppressed(loose)).toContain('unknown-field');
    expect(suppressed(loose, { only })).toEqual(['unknown-field']);
    expect(suppressed(loose, { only: ['wrong-type'] })).toEqual([]);
    expect(suppressed(loose, { skip: only })).not.toContain('unknown-field');
    expect(suppressed(`${loose}rules: {unknown-field: {severity: 'off'}}\n`)).not.toContain('unknown-field');
    expect(suppressed(`${loose}rules: {unknown-field: {severity: note}}\n`)).toContain('unknown-field');
  });
});

describe('a baseline', () => {
  const files = { 'pod.yaml': broken };
  const report = lintFiles(files, { only });
  const withBaseline = (text: string, more: object = {}): Report =>
    lintFiles({ ...files, 'b.json': text, ...more }, { only, baseline: 'b.json' });

  it('takes out what it knows, and says what is fixed', () => {
    const gone = { fingerprint: 'gone', rule: 'unknown-field', file: 'pod.yaml', since: '2026-01-01' };
    const { findings: written } = JSON.parse(writeBaseline(report, '2026-01-01')) as { findings: object[] };
    const text = JSON.stringify({ version: 2, findings: [...written, gone] });
    const { findings, baseline, exitCode } = withBaseline(text);
    expect([findings, baseline?.known.length, baseline?.fixed.length, exitCode]).toEqual([[], 1, 1, 0]);
    expect(report.baseline).toBeUndefined();
  });

  it('of version 1 asks for the names that findings had then, of no other version', () => {
    const formerly = (version: number, ...findings: readonly object[]): boolean[] =>
      withBaseline(JSON.stringify({ version, findings })).findings.map((one) => one.formerly !== undefined);
    const other = { fingerprint: 'f', rule: 'r', file: 'f', since: '2026-01-01' };
    expect(formerly(1, other)).toEqual([true]);
    expect(formerly(2, other)).toEqual([false]);
    expect(formerly(1)).toEqual([false]);
    expect(report.findings.map((one) => one.formerly)).toEqual([undefined]);
  });
});
