import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told(files: Files, only: readonly string[], wanted = 'error'): string[] {
  return lintFiles(files, { only })
    .findings.filter(({ severity }) => severity === wanted)
    .map(({ rule, span }) => `${rule} ${span.file.path}`);
}

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\ndata: { k: v }\n';

describe('the version of Flux that a release of the chart flux-instance installs', () => {
  const release = (values: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: flux, namespace: flux-system }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: flux-instance }\n${values}`;
  const files = (values: string, version: string): Files => ({
    'flux/cluster/ks.yaml': fluxKustomization('cluster', './apps'),
    'apps/flux/kustomization.yaml':
      'namespace: flux-system\nresources: [release.yaml, repository.yaml]\nconfigMapGenerator:\n  - name: flux-values\n    files: [values.yaml]\ngeneratorOptions: { disableNameSuffixHash: true }\n',
    'apps/flux/release.yaml': release(values),
    'apps/flux/values.yaml': `instance:\n  distribution:\n    version: ${version}\n`,
    'apps/flux/repository.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1beta2\nkind: OCIRepository\nmetadata: { name: app, namespace: flux-system }\nspec: { interval: 1h, url: "oci://ghcr.io/org/app" }\n',
  });
  const fromMap = '  valuesFrom: [{ kind: ConfigMap, name: flux-values }]\n';
  const only = ['flux-api-removed', 'unsupported-value'];

  it('comes from its values, wherever they stand', () => {
    expect(told(files(fromMap, '2.5.1'), only)).toEqual([]);
    expect(told(files(fromMap, '2.9.x'), only)).toEqual(['flux-api-removed apps/flux/repository.yaml']);
    expect(
      told(files('  values: { instance: { distribution: { version: 2.6.0 } } }\n', '2.9.x'), only),
    ).toEqual([]);
  });

  it('is the newest where they do not say it', () => {
    expect(told(files(fromMap, '2.x'), only)).toEqual(['flux-api-removed apps/flux/repository.yaml']);
    expect(told(files('  values: { instance: {} }\n', '2.5.1'), only)).toEqual([
      'flux-api-removed apps/flux/repository.yaml',
    ]);
  });
});

describe('a kustomization that a directory lacks', () => {
  const files = (more: Files): Files => ({
    'main.go': 'package main\n',
    'config/default/kustomization.yaml': 'resources: [../manager]\n',
    'config/manager/manager.yaml': map,
    ...more,
  });
  const only = ['kustomization-missing'];

  it('may lie in working copies alone', () => {
    expect(told(files({}), only)).toEqual(['kustomization-missing config/default/kustomization.yaml']);
    expect(told(files({ '.gitignore': 'config/*/kustomization.yaml\n' }), only)).toEqual([]);
  });

  it('may be written by the recipe that builds it', () => {
    const recipe = 'build:\n\tcd config/manager && cp -f kustomization.yaml.in kustomization.yaml\n';
    expect(told(files({ Makefile: recipe }), only)).toEqual([]);
    expect(told(files({ Makefile: recipe.replace('manager', 'other') }), only)).toHaveLength(1);
  });
});

it('a file that a script copies into a folder is written before the build', () => {
  const files = (command: string): Files => ({
    'main.go': 'package main\n',
    'config/manager/cluster/kustomization.yaml': 'resources: [operator.yaml]\n',
    'hack/generate.sh': `${command}\n`,
  });
  const only = ['file-missing'];
  expect(told(files('cp ../deploy/operator.yaml ../config/manager/cluster'), only)).toEqual([]);
  expect(told(files('cp ../deploy/operator.yaml ../config/manager/namespace'), only)).toEqual([
    'file-missing config/manager/cluster/kustomization.yaml',
  ]);
});

it('a release of Kubernetes or OpenShift in a path is the one that the file is for', () => {
  const hook =
    'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: a }\nwebhooks: []\n';
  const only = ['unsupported-value'];
  for (const folder of ['ocp3x', 'openshift-3.11', 'kubernetes-1.15', 'k8s_1_21'])
    expect([folder, told({ [`${folder}/hook.yaml`]: hook }, only)]).toEqual([folder, []]);
  for (const folder of ['ocp4x', 'kubernetes-1.22', 'app-1.15'])
    expect([folder, told({ [`${folder}/hook.yaml`]: hook }, only)]).toEqual([
      folder,
      [`unsupported-value ${folder}/hook.yaml`],
    ]);
});

describe('an entry point among examples', () => {
  const application = (name: string, path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${path} }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`;
  const files = (place: string, more: Files = {}): Files => ({
    'argocd/web.yaml': application('web', 'apps/web'),
    'apps/web/map.yaml': map,
    [`${place}/app.yaml`]: application('other', 'apps/gone'),
    [`${place}/map.yaml`]: map.replace('data:', 'datas:'),
    ...more,
  });
  const only = ['application-path-missing', 'unknown-field'];

  it('is seen to be applied by nobody, nor is what stands beside it', () => {
    expect(told(files('docs/guide'), only)).toEqual([]);
    expect(told(files('docs/guide'), only, 'warning')).toHaveLength(2);
    expect(told(files('guide'), only)).toHaveLength(2);
  });

  it('is one that a guide applies', () => {
    const more = { 'README.md': '```sh\nkubectl apply -f docs/guide/app.yaml\n```\n' };
    expect(told(files('docs/guide', more), only)).toContain('application-path-missing docs/guide/app.yaml');
  });

  it('is as good as any where there are no others', () => {
    const { 'argocd/web.yaml': _, ...others } = files('examples/app');
    const all = { ...others, 'examples/web.yaml': application('web', 'apps/web') };
    expect(told(all, only)).toContain('application-path-missing examples/app/app.yaml');
  });
});

it('a Kustomization with a source alone is a patch, and applies nothing', () => {
  const { clusters } = discoverFiles({
    'clusters/a/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/_all/patch.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: any, namespace: flux-system }\nspec:\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
    'infra/ks.yaml': fluxKustomization('infra', './infra/gone'),
  });
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name));
  expect(owners.sort()).toEqual(['flux-system', 'infra']);
});

it('a parameter that is missing in the namespace of an Application is overwritten', () => {
  const set = (namespace: string, path: string): Files => ({
    'argocd/set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: apps, namespace: argocd }\nspec:\n  generators: [{ list: { elements: [{ name: web }] } }]\n  template:\n    metadata: { name: "{{ name }}", namespace: "${namespace}" }\n    spec:\n      project: default\n      source: { repoURL: "https://git.example.com/org/platform.git", path: "${path}", targetRevision: main }\n      destination: { server: "https://kubernetes.default.svc", namespace: web }\n`,
    'apps/web/map.yaml': map,
  });
  const parameters = (files: Files): string[] =>
    findingsOf(discoverFiles(files)).filter((one) => one.startsWith('applicationset-parameter'));
  expect(parameters(set('{{ namespace }}', 'apps/{{ name }}'))).toEqual([]);
  expect(parameters(set('argocd', 'apps/{{ dir }}'))).toHaveLength(1);
});
