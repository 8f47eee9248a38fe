import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, fluxKustomization } from './discover-files.ts';

const cluster = {
  'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization(
    'apps',
    './apps/prod',
    'postBuild: { substitute: { nodes: "-1" } }',
  ),
  'apps/prod/kustomization.yaml': 'resources: [../base]\n',
  'apps/base/kustomization.yaml': 'resources: [workload.yaml]\n',
  'apps/base/workload.yaml': [
    'apiVersion: policy/v1',
    'kind: PodDisruptionBudget',
    'metadata: { name: web, namespace: app }',
    'spec:',
    '  minAvailable: ${nodes}',
    '  unhealthyPodEvictionPolicy: AlwaysAllow',
    '  selector: { matchLabels: { app: web } }',
    '',
  ].join('\n'),
};

it('starts where the cluster starts and checks what is there after substitution', () => {
  const report = lintFiles(cluster, { only: ['invalid-value'] });
  expect(report.environments.map(({ name, objects }) => [name, objects])).toEqual([['prod', 3]]);
  expect(report.coverage.builds).toBe(2);
  const [finding] = report.findings;
  expect(finding?.field).toBe('spec.minAvailable');
  expect(finding?.span.file.path).toBe('clusters/prod/apps.yaml');
  expect(finding?.related.map(({ span }) => span.file.path)).toEqual(['apps/base/workload.yaml']);
});

it('says how a value that Flux puts in stays a string', () => {
  const files = {
    ...cluster,
    'apps/base/workload.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: app }\nspec: { ports: [{ port: 80 }], externalName: "${nodes}" }\n',
  };
  const [finding, ...more] = lintFiles(files, { only: ['wrong-type'] }).findings;
  expect(more).toEqual([]);
  expect(finding?.help).toContain(`put them in the value: '"-1"'`);
});

it('takes variables of what no cluster takes as filled in elsewhere, where Flux is at work', () => {
  const { 'apps/base/workload.yaml': budget, ...others } = cluster;
  const files = { 'old/kustomization.yaml': 'resources: [budget.yaml]\n', 'old/budget.yaml': budget };
  const rulesOf = (more: Readonly<Record<string, string>>) =>
    lintFiles(more, { only: ['wrong-type', 'invalid-value'], paths: ['old', 'clusters'] }).findings.map(
      ({ rule }) => rule,
    );
  expect(rulesOf({ ...others, 'apps/base/workload.yaml': configMap('a', 'k: v'), ...files })).toEqual([]);
  expect(rulesOf({ ...files, 'clusters/a.yaml': configMap('a', 'k: v') })).toEqual(['invalid-value']);
});

it('leaves what no cluster takes to be built by itself', () => {
  const report = lintFiles({
    ...cluster,
    'tools/kustomization.yaml': 'resources: [a.yaml]\n',
    'tools/a.yaml': configMap('a', 'k: v'),
  });
  expect(report.environments.map(({ name }) => name)).toEqual(['prod', 'tools']);
  expect(report.coverage.notDeployed).toEqual([]);
});

it('checks environments as the configuration names them, and the graph next to them', () => {
  const report = lintFiles({
    ...cluster,
    'cdb-lint.yaml': 'environments: { production: { root: apps/prod } }\n',
    'clusters/prod/lost.yaml': fluxKustomization('lost', './lost'),
  });
  expect(report.environments.map(({ name }) => name)).toEqual(['production']);
  expect(report.findings.map(({ rule }) => rule)).toContain('flux-path-missing');
});

it('counts charts and what they would bring as not rendered', () => {
  const report = lintFiles({
    ...cluster,
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/templates/web.yaml': '{{ if .Values.on }}\nkind: [\n{{ end }}\n',
  });
  expect(report.coverage.notRendered).toEqual(['charts/web: charts are not rendered']);
  expect(report.findings.filter(({ span }) => span.file.path.startsWith('charts/'))).toEqual([]);
});

it('checks what Flux applies as a server-side apply, the rest as kubectl would send it', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      image: c:1\n      env: [{name: A, value: "1"}, {name: A, value: "2"}]\n';
  const files = {
    'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': 'resources: [pod.yaml]\n',
    'apps/pod.yaml': pod,
    'tools/kustomization.yaml': 'resources: [pod.yaml]\n',
    'tools/pod.yaml': pod,
  };
  const refused = (more: Record<string, string>, options = {}): string[] =>
    lintFiles({ ...files, ...more }, { only: ['duplicate-value'], ...options }).findings.map(
      ({ span }) => span.file.path,
    );
  expect(refused({})).toEqual(['apps/pod.yaml']);
  const environments = 'environments:\n  apps: {root: apps}\n  tools: {root: tools}\n';
  expect(refused({ 'cdb-lint.yaml': environments })).toEqual(['apps/pod.yaml']);
  expect(refused({ 'cdb-lint.yaml': `appliedBy: client-side-apply\n${environments}` })).toEqual([]);
  expect(refused({}, { appliedBy: 'client-side-apply' })).toEqual([]);
});

it('says nothing of a value that only the cluster knows', () => {
  const apps = fluxKustomization(
    'apps',
    './apps/prod',
    'postBuild: { substituteFrom: [{ kind: Secret, name: made-by-hand }] }',
  );
  const report = lintFiles({ ...cluster, 'clusters/prod/apps.yaml': apps });
  expect(report.coverage.unresolvedVariables).toEqual(['nodes']);
  const found = report.findings.filter(({ span }) => span.file.path === 'apps/base/workload.yaml');
  expect(found.map(({ rule }) => rule)).toEqual(['namespace-missing']);
});

it('takes a comment for what is in a file that nothing reads', () => {
  const kind = 'kind: ConfigMap # cdb-lint-ignore file-not-reached -- an example';
  const report = lintFiles({
    'apps/kustomization.yaml': 'resources: [a.yaml]\n',
    'apps/a.yaml': configMap('a', 'k: v'),
    'apps/b.yaml': configMap('b', 'k: v').replace('kind: ConfigMap', kind),
  });
  expect(report.findings.map(({ rule }) => rule)).toEqual([]);
  expect(report.suppressed.map(({ finding }) => finding.rule)).toEqual(['file-not-reached']);
});

it('takes an API version for served where the clusters run a Flux that still has it', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2beta2
kind: HelmRelease
metadata: { name: web, namespace: apps }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: web } }
`;
  const rulesFound = (more: Record<string, string>): string[] =>
    lintFiles({ 'release.yaml': release, ...more }).findings.map(
      ({ rule, severity }) => `${severity} ${rule}`,
    );
  expect(rulesFound({})).toEqual(['error unsupported-value']);
  expect(rulesFound({ 'cdb-lint.yaml': 'flux: { version: "2.7" }\n' })).toEqual(['warning flux-api-removed']);
});
