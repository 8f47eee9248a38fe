import { describe, expect, it } from 'vitest';
import { type Files, fluxCluster, fluxKustomization, objectLines, planFiles } from '../support/plan-files.ts';

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {a: "${value}"}\n`;

function application(source: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  syncPolicy: {automated: {prune: true}}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  ${source}
`;
}

const here = 'repoURL: https://git.example.com/team/fleet.git, targetRevision: main';
const chart = 'repoURL: https://charts.example.com, chart: shop, targetRevision: 1.0.0';

const umbrella = `apiVersion: v2
name: shop
version: 1.0.0
dependencies: [{name: redis, version: 1.0.0, repository: https://charts.example.com}]
`;

describe('an edit of a file that something reads which is not rendered', () => {
  it.each<[string, Files, string, string]>([
    [
      'a chart that was not fetched',
      {
        'argocd/shop.yaml': application(
          `sources: [{${chart}, helm: {valueFiles: [$values/envs/prod.yaml]}}, {${here}, ref: values}]`,
        ),
        'envs/prod.yaml': 'replicas: 2\n',
      },
      'envs/prod.yaml',
      'Application argocd/shop',
    ],
    [
      'a chart whose dependency is missing, with files of values elsewhere',
      {
        'argocd/shop.yaml': application(
          `source: {${here}, path: charts/shop, helm: {valueFiles: [/envs/prod.yaml]}}`,
        ),
        'charts/shop/Chart.yaml': umbrella,
        'charts/shop/values.yaml': 'redis: {a: 1}\n',
        'envs/prod.yaml': 'redis: {a: 2}\n',
      },
      'envs/prod.yaml',
      'Application argocd/shop',
    ],
    [
      'the version of a dependency',
      {
        'argocd/shop.yaml': application(`source: {${here}, path: charts/shop}`),
        'charts/shop/Chart.yaml': umbrella,
      },
      'charts/shop/Chart.yaml',
      'Application argocd/shop',
    ],
    [
      'a chart of an ApplicationSet',
      {
        'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shop, namespace: argocd}
spec:
  goTemplate: true
  generators: [{git: {repoURL: https://git.example.com/team/fleet.git, revision: main, files: [{path: "envs/*/config.yaml"}]}}]
  template:
    metadata: {name: "{{.path.basename}}"}
    spec:
      project: default
      destination: {server: https://kubernetes.default.svc, namespace: shop}
      sources:
        - {${chart}, helm: {valueFiles: ["$values/{{.path.path}}/values.yaml"]}}
        - {${here}, ref: values}
`,
        'envs/prod/config.yaml': 'a: 1\n',
        'envs/prod/values.yaml': 'a: 1\n',
      },
      'envs/prod/values.yaml',
      'Application argocd/prod',
    ],
    [
      'a chart in a Git repository elsewhere',
      {
        'argocd/shop.yaml': application(
          `sources: [{repoURL: https://git.example.com/other/charts.git, path: shop, targetRevision: main, helm: {valueFiles: [$values/envs/prod.yaml]}}, {${here}, ref: values}]`,
        ),
        'envs/prod.yaml': 'a: 1\n',
      },
      'envs/prod.yaml',
      'Application argocd/shop',
    ],
    [
      'a chart in a registry, with an empty name for one of a Helm repository',
      {
        'argocd/shop.yaml': application(
          `sources: [{repoURL: "oci://charts.example.com/shop", chart: "", path: ".", targetRevision: 1.0.0, helm: {valueFiles: [$values/envs/prod.yaml]}}, {${here}, ref: values}]`,
        ),
        'envs/prod.yaml': 'a: 1\n',
      },
      'envs/prod.yaml',
      'Application argocd/shop',
    ],
    [
      'a plugin',
      {
        'argocd/shop.yaml': application(`source: {${here}, path: apps/shop, plugin: {name: x}}`),
        'apps/shop/below/helmfile.yaml': 'a: 1\n',
      },
      'apps/shop/below/helmfile.yaml',
      'Application argocd/shop',
    ],
    [
      'Jsonnet, with what it imports',
      {
        'argocd/shop.yaml': application(`source: {${here}, path: apps/shop}`),
        'apps/shop/made.jsonnet': 'import "lib/b.libsonnet"\n',
        'apps/shop/lib/b.libsonnet': '{}\n',
      },
      'apps/shop/lib/b.libsonnet',
      'Application argocd/shop',
    ],
    [
      'Jsonnet that imports YAML beside it',
      {
        'argocd/shop.yaml': application(`source: {${here}, path: apps/shop}`),
        'apps/shop/made.jsonnet': "importstr 'values.yaml'\n",
        'apps/shop/values.yaml': 'a: 1\n',
      },
      'apps/shop/values.yaml',
      'Application argocd/shop',
    ],
    [
      'a chart of a kustomization',
      {
        'clusters/prod/kustomization.yaml':
          'helmCharts: [{name: c, repo: "https://charts.example.com", version: 1.0.0, valuesFile: values.yaml}]\n',
        'clusters/prod/values.yaml': 'a: 1\n',
      },
      'clusters/prod/values.yaml',
      'the build of clusters/prod',
    ],
    [
      'a chart of a kustomization whose dependency is missing',
      {
        'clusters/prod/kustomization.yaml': 'helmCharts: [{name: shop, releaseName: shop}]\n',
        'clusters/prod/charts/shop/Chart.yaml': umbrella,
        'clusters/prod/charts/shop/templates/a.yaml': configMap('a', '1'),
      },
      'clusters/prod/charts/shop/templates/a.yaml',
      'the build of clusters/prod',
    ],
    [
      'a generator that is a plugin',
      {
        'clusters/prod/kustomization.yaml': 'generators: [generator.yaml]\n',
        'clusters/prod/generator.yaml':
          'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: g}\nfiles: [./secret.enc.yaml]\n',
        'clusters/prod/secret.enc.yaml': 'a: 1\n',
      },
      'clusters/prod/secret.enc.yaml',
      'the build of clusters/prod',
    ],
  ])('has an unknown effect: %s', (_, base, file, reader) => {
    const { rows } = planFiles(base, { [file]: `${base[file]}# more\n` });
    expect(rows.map(({ title, severity }) => [severity, title])).toEqual([
      ['changes', `the effect of the edit of ${file} is unknown: ${reader} is not rendered in full`],
    ]);
  });

  it.each([
    ['chart', 'helmCharts:\n  - {name: c, repo: "https://charts.example.com", version: 1.0.0}\n'],
    ['remote base', 'resources:\n  - https://git.example.com/team/base?ref=1.0.0\n'],
  ])('is told of the kustomization that names another version of a %s', (_, text) => {
    const path = 'clusters/prod/kustomization.yaml';
    const base = { [path]: `namePrefix: a-\n${text}` };
    const titlesFor = (from: string, to: string): string[] =>
      planFiles(base, { [path]: base[path]?.replace(from, to) }).rows.map(({ title }) => title);
    expect(titlesFor('1.0.0', '2.0.0')).toEqual([
      `the effect of the edit of ${path} is unknown: the build of clusters/prod is not rendered in full`,
    ]);
    expect(titlesFor('a-', 'b-')).toEqual([]);
  });

  it('is told of a chart that nothing deploys, but not of texts in it or of one that is rendered', () => {
    const files = (directory: string): Files => ({
      [`${directory}/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      [`${directory}/templates/a.yaml`]: configMap('a', '{{ .Values.a }}'),
      [`${directory}/values.yaml`]: 'a: 1\n',
      [`${directory}/README.md`]: 'a\n',
    });
    const base = {
      ...files('charts/idle'),
      'charts/idle/values.yaml.old': 'a: 1\n',
      'charts/idle/values-dev.yml': 'a: 1\n',
      ...files('charts/shop'),
      'argocd/shop.yaml': application(`source: {${here}, path: charts/shop}`),
    };
    const edits = ['charts/idle', 'charts/shop'].flatMap((directory) => [
      [`${directory}/values.yaml`, 'a: 2\n'],
      [`${directory}/README.md`, 'b\n'],
    ]);
    const others = { 'charts/idle/values.yaml.old': 'a: 2\n', 'charts/idle/values-dev.yml': 'a: 2\n' };
    const { rows } = planFiles(base, { ...Object.fromEntries(edits), ...others });
    expect(rows.map(({ title }) => title)).toEqual([
      'ConfigMap shop/a changes: data.a',
      'the effect of the edit of charts/idle/values-dev.yml, charts/idle/values.yaml is unknown: the chart charts/idle (deployed by nothing here) is not rendered in full',
    ]);
  });

  it('is one row with all others of the same readers', () => {
    const base = {
      'argocd/shop.yaml': application(`source: {${here}, path: apps/shop, plugin: {name: x}}`),
      'apps/shop/a.txt': '1',
      'apps/shop/b.txt': '1',
      'apps/shop/c.txt': '1',
    };
    const { rows } = planFiles(base, { 'apps/shop/a.txt': '2', 'apps/shop/c.txt': undefined });
    expect(rows.map(({ title, further }) => [title, further?.map(({ revision }) => revision)])).toEqual([
      [
        'the effect of the edit of apps/shop/a.txt, apps/shop/c.txt is unknown: Application argocd/shop is not rendered in full',
        ['base'],
      ],
    ]);
  });

  it('is a row for each set of readers, whichever of them came first', () => {
    const reading = (name: string, ...files: readonly string[]): string =>
      application(
        `sources: [{${chart}, helm: {valueFiles: [${files.map((file) => `$values/${file}`).join()}]}}, {${here}, ref: values}]`,
      ).replace('name: shop', `name: ${name}`);
    const base = {
      'argocd/one.yaml': reading('one', 'envs/b.yaml', 'envs/c.yaml'),
      'argocd/two.yaml': reading('two', 'envs/a.yaml', 'envs/b.yaml'),
      'envs/a.yaml': '1',
      'envs/b.yaml': '1',
      'envs/c.yaml': '1',
    };
    const { rows } = planFiles(base, {
      'argocd/one.yaml': reading('one', 'envs/a.yaml', 'envs/b.yaml', 'envs/c.yaml', 'envs/empty.yaml'),
      'envs/a.yaml': '2',
      'envs/b.yaml': '2',
      'envs/c.yaml': '2',
      'envs/empty.yaml': '',
      'argocd/two.yaml': reading('two', 'envs/a.yaml', 'envs/b.yaml', 'envs/empty.yaml'),
    });
    const told = rows.filter(({ reason }) => reason === 'unrendered-input');
    expect(told.map(({ title, further }) => [title, further?.map(({ span }) => span.file.path)])).toEqual([
      [
        'the effect of the edit of envs/b.yaml, envs/a.yaml, envs/empty.yaml is unknown: Application argocd/one, Application argocd/two are not rendered in full',
        ['envs/a.yaml'],
      ],
      [
        'the effect of the edit of envs/c.yaml is unknown: Application argocd/one is not rendered in full',
        undefined,
      ],
    ]);
  });

  it('names the owner of a build, and not the build as well', () => {
    const base = {
      'cdb-lint.yaml': 'environments: {prod: {root: apps}}\n',
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
      'apps/kustomization.yaml':
        'helmCharts: [{name: c, repo: "https://charts.example.com", version: 1.0.0, valuesFile: values.yaml}]\n',
      'apps/values.yaml': 'a: 1\n',
    };
    expect(planFiles(base, { 'apps/values.yaml': 'a: 2\n' }).rows.map(({ title }) => title)).toEqual([
      'the effect of the edit of apps/values.yaml is unknown: Kustomization flux-system/apps is not rendered in full',
    ]);
  });

  it('is no edit of a manifest, where only the folder of what nobody builds has the file', () => {
    const base = { 'argocd/other.yaml': configMap('other', '1'), 'values/prod.yaml': 'a: 1\n' };
    expect(planFiles(base, { 'values/prod.yaml': 'a: 2\n' }).rows).toEqual([]);
  });

  it('is told of the Application itself, whose chart is elsewhere', () => {
    const titles = (field: string, from: string, to: string): string[] => {
      const text = (version: string): string =>
        application(field.replace('CHART', chart.replace('1.0.0', version)));
      return planFiles({ 'shop.yaml': text(from) }, { 'shop.yaml': text(to) }).rows.flatMap(
        ({ title, details }) => [title, ...details],
      );
    };
    expect(titles('source: {CHART}', '1.0.0', '2.0.0')).toEqual([
      'Application argocd/shop uses another revision: chart shop 1.0.0 → 2.0.0',
      'it is a new major version',
    ]);
    expect(titles(`sources: [{CHART}, {${here}, ref: values}]`, '1.1.0', '1.2.0')).toEqual([
      'Application argocd/shop uses another revision: chart shop 1.1.0 → 1.2.0',
    ]);
  });

  it('is known where a file is one of the manifests next to a program', () => {
    const base = {
      'argocd/shop.yaml': application(`source: {${here}, path: apps/shop}`),
      'apps/shop/made.jsonnet': '{}\n',
      'apps/shop/one.yaml': configMap('one', '1'),
      'apps/shop/two.yaml': configMap('two', '1'),
    };
    const found = planFiles(base, {
      'apps/shop/one.yaml': configMap('one', '2'),
      'apps/shop/two.yaml': undefined,
    });
    expect(found.rows.filter(({ reason }) => reason === 'unrendered-input')).toEqual([]);
    expect(objectLines(found)).toEqual([
      'argocd ConfigMap/one update updated',
      'argocd ConfigMap/two delete pruned',
    ]);
  });
});

describe('the values of a release', () => {
  const release = (valuesKey: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: shop}
spec:
  interval: 1h
  chart: {spec: {chart: shop, version: 1.0.0, sourceRef: {kind: HelmRepository, name: shop}}}
  valuesFrom: [{kind: ConfigMap, name: values, valuesKey: ${valuesKey}}]
`;

  it('are those of a ConfigMap that changes, if it takes the key', () => {
    const titles = (valuesKey: string): string[] => {
      const base = {
        ...fluxCluster('clusters/prod'),
        'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
        'apps/release.yaml': release(valuesKey),
        'apps/values.yaml': configMap('values', '1'),
      };
      return planFiles(base, { 'apps/values.yaml': configMap('values', '2') }).rows.map(({ title }) => title);
    };
    expect(titles('a')).toEqual([
      'ConfigMap shop/values changes the values of a release: HelmRelease shop/shop',
    ]);
    expect(titles('b')).toEqual(['ConfigMap shop/values changes: data.a']);
  });
});

it('an object that .sourceignore leaves out is deleted by its line', () => {
  const base = {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
    'apps/one.yaml': configMap('one', '1'),
    'apps/two/two.yaml': configMap('two', '1'),
  };
  const { rows } = planFiles(base, { '.sourceignore': 'apps/two\n' });
  expect(rows.map(({ title, place }) => [title, place?.span.file.path])).toEqual([
    ['ConfigMap shop/two is deleted', '.sourceignore'],
  ]);
});
