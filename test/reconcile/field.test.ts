import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

const source =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {interval: 1m, url: "https://git.example.org/org/fleet"}\n';
/** Two clusters over one base; the patch of each is a list in YAML. */
function kustomized(cluster: string): string {
  return [
    'resources: [../../flux, apps.yaml]',
    'patches:',
    '  - target: {kind: Kustomization, name: flux-system}',
    '    patch: |',
    '      - op: replace',
    '        path: /spec/path',
    `        value: ./clusters/${cluster}`,
    '      - op: add',
    '        path: /spec/postBuild',
    `        value: {substitute: {CLUSTER: ${cluster}}}`,
    '',
  ].join('\n');
}

const fleet = {
  'flux/kustomization.yaml': 'resources: [source.yaml, sync.yaml]\n',
  'flux/source.yaml': source,
  'flux/sync.yaml': fluxKustomization('flux-system', './clusters/a'),
  ...Object.fromEntries(
    ['a', 'b'].flatMap((cluster) => [
      [`clusters/${cluster}/kustomization.yaml`, kustomized(cluster)],
      [`clusters/${cluster}/apps.yaml`, fluxKustomization('apps', './apps/$'.concat('{CLUSTER}'))],
      [`apps/${cluster}/map.yaml`, configMap('web', 'k: v')],
    ]),
  ),
};

describe('clusters whose entry points come out of kustomize', () => {
  it('apply themselves with the substitution that a patch gives them', () => {
    const discovery = discoverFiles(fleet);
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/a', 'clusters/b']);
    for (const { root, reconciliations } of discovery.clusters) {
      const paths = reconciliations.map(({ name, path }) => `${name} ${path}`);
      expect(paths).toEqual([`flux-system ${root}`, `apps apps/${root.at(-1)}`]);
    }
  });

  it('are each followed, although one base holds the entry point of both', () => {
    const overlay = (path: string): string =>
      `resources: [../../base]\npatches:\n  - target: {kind: Kustomization, name: apps}\n    patch: |\n      - op: replace\n        path: /spec/path\n        value: ${path}\n`;
    const discovery = discoverFiles({
      'base/kustomization.yaml': 'resources: [source.yaml, apps.yaml]\n',
      'base/source.yaml': source,
      'base/apps.yaml': fluxKustomization('apps', './apps/a'),
      'clusters/a/kustomization.yaml': overlay('./apps/a'),
      'clusters/b/kustomization.yaml': overlay('./apps/gone'),
      'apps/a/map.yaml': configMap('web', 'k: v'),
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/a', 'clusters/b']);
    expect(findingsOf(discovery).map((one) => one.replace(/:.*/u, ''))).toEqual([
      'flux-path-missing clusters/b/kustomization.yaml',
    ]);
  });

  it('are built without a load restrictor, as kustomize-controller does', () => {
    const files = {
      ...fleet,
      'clusters/a/kustomization.yaml': kustomized('a').replace(
        'apps.yaml]',
        'apps.yaml, ../../apps/more.yaml]',
      ),
      'apps/more.yaml': configMap('more', 'k: v'),
    };
    expect(findingsOf(discoverFiles(files))).toEqual([]);
    expect(lintFiles(files).findings.map(({ rule }) => rule)).not.toContain('file-outside-kustomization');
  });
});

it('follows the instance of a HelmRelease of the chart flux-instance', () => {
  const discovery = discoverFiles({
    'clusters/a/config/settings.yaml': configMap('settings', 'DOMAIN: a.example.org'),
    'clusters/a/apps/web.yaml': fluxKustomization('web', './apps/web'),
    'clusters/a/infra/instance.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: flux-instance, namespace: flux-system}\nspec:\n  chart: {spec: {chart: flux-instance, sourceRef: {kind: HelmRepository, name: operator, namespace: flux-system}}}\n  values:\n    instance:\n      sync: {kind: GitRepository, url: "https://git.example.org/org/fleet", ref: refs/heads/main, path: clusters/a}\n',
    'apps/web/map.yaml': configMap('web', 'k: v'),
  });
  expect(
    findingsOf(discovery).filter((one) => one.startsWith('variable') || one.startsWith('dependency')),
  ).toEqual([]);
  expect(discovery.clusters).toHaveLength(1);
  expect(discovery.clusters[0]?.reconciliations.map(({ path }) => path)).toContain('clusters/a');
});

it('takes a variable in a path whose value is not here for a value that is not known, and no missing directory', () => {
  const discovery = discoverFiles({
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/apps.yaml': fluxKustomization('apps', './apps/$'.concat('{CLUSTER}')),
  });
  expect(findingsOf(discovery)).toEqual([]);
  expect(discovery.coverage.notRendered).toEqual([
    'Kustomization flux-system/apps: the value of a variable in spec.path is not in the repository',
  ]);
  expect(discovery.coverage.unresolvedVariables).toEqual(['CLUSTER']);
});

it('takes an entry point that the kustomization of its folder leaves out for none', () => {
  const files = {
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/kustomization.yaml': 'resources: [flux-system/gotk-sync.yaml, apps.yaml]\n',
    'clusters/a/apps.yaml': fluxKustomization('apps', './apps'),
    'clusters/a/old.yaml': fluxKustomization('old', './gone'),
    'apps/map.yaml': configMap('web', 'k: v'),
  };
  expect(findingsOf(discoverFiles(files))).toEqual([]);
  const left = lintFiles(files).findings.filter(({ span }) => span.file.path === 'clusters/a/old.yaml');
  expect(left.map(({ rule }) => rule)).toEqual(['file-not-reached']);
});

describe('what is not a manifest', () => {
  const deployment = (more = ''): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n${more}`;

  it.each([
    [
      'talos.yaml',
      'apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\n',
      'configuration of another tool',
    ],
    ['away.yaml', `$patch: delete\n${deployment()}`, 'a patch'],
    [
      'values.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {config.kubernetes.io/local-config: "true"}}\ndata: {a: {b: true}}\n',
      'only for tools, because of its annotation local-config',
    ],
  ])('is left out and named: %s', (path, text, why) => {
    const { findings, coverage } = lintFiles({ [path]: text });
    expect(findings).toEqual([]);
    expect(coverage.notDeployed).toEqual([`${path}: ${why} (1 object)`]);
  });

  it('is noted where a file that is called a patch holds a part of an object, and checked where it holds a whole one', () => {
    const { findings } = lintFiles({ 'patches/web-patch.yaml': deployment('spec: {replicas: 3}\n') });
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['note']));
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: "a:1", securityContext: {privileged: true}}]\n';
    const whole = lintFiles({ 'patches/web-patch.yaml': pod }).findings;
    expect(whole.map(({ rule, severity }) => `${severity} ${rule}`)).toContain('error privileged-container');
  });

  it('is a template of another tool only where an action stops the reader, not at the word of a comment', () => {
    const pod = (field: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: false\n${field}\n  containers: [{name: a, image: "a:1"}]\n`;
    const rules = (field: string): string[] =>
      lintFiles({ 'a.yaml': pod(field), 'b.yaml': 'a: b\n' }).findings.map(({ rule }) => rule);
    expect(rules('  hostPID: true # {{ x }}')).toContain('duplicate-key');
    expect(rules('  hostIPC: [ # {{ x }}')).toContain('yaml-syntax');
    expect(rules('  hostIPC: {{ x }}')).toEqual([]);
  });

  it('is an error where a version without a group is a misspelled one of Kubernetes', () => {
    const { findings } = lintFiles({
      'a.yaml': 'apiVersion: v1beta1\nkind: ConfigMap\nmetadata: {name: a}\n',
    });
    expect(findings.map(({ rule }) => rule)).toEqual(['unsupported-value']);
  });
});

it('takes a port that a probe asks in the container itself for one that is listened on', () => {
  const { findings } = lintFiles({
    'web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n          image: web:1\n          ports: [{containerPort: 8080}]\n          livenessProbe: {exec: {command: [curl, "http://localhost:8081/metrics"]}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 8081, targetPort: 8081}]\n',
  });
  expect(findings.map(({ rule }) => rule)).not.toContain('service-port-unmatched');
});
