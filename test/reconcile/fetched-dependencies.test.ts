import { describe, expect, it } from 'vitest';
import { textAt } from '../../src/object/object-field.ts';
import { nameOf } from '../../src/object/resource.ts';
import type { Discovery } from '../../src/reconcile/discover.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

const repository = 'https://charts.example.com';
const folder = '.cdb-lint/sources/charts.example.com';

function umbrella(...dependencies: readonly string[]): string {
  return `apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n${dependencies.map((one) => `  - ${one}\n`).join('')}`;
}

function redis(directory: string, version: string): Record<string, string> {
  return {
    [`${directory}/Chart.yaml`]: `apiVersion: v2\nname: redis\nversion: ${version}\n`,
    [`${directory}/values.yaml`]: 'mode: default\n',
    [`${directory}/templates/a.yaml`]: configMap(
      '{{ .Chart.Name }}',
      'mode: {{ .Values.mode }}\n  version: v{{ .Chart.Version }}',
    ),
  };
}

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.com/team/fleet.git, path: charts/shop, targetRevision: main}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
`;

type Files = Readonly<Record<string, string>>;

function discovered(chart: string, more: Files): Discovery {
  return discoverFiles({
    'argocd/shop.yaml': application,
    'charts/shop/Chart.yaml': chart,
    'charts/shop/values.yaml': 'redis: {mode: own}\ncache: {mode: other}\n',
    ...more,
  });
}

/** `NAME MODE VERSION` of each object that an owner applies, and what is not rendered. */
function made({ clusters, coverage }: Discovery): readonly string[] {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const objects = owners
    .filter(({ kind }) => kind === 'Application' || kind === 'HelmRelease')
    .flatMap(({ build }) => build.resources);
  return [
    ...objects.map(({ object, chart }) =>
      [
        nameOf(object),
        textAt(object, 'data', 'mode'),
        textAt(object, 'data', 'version'),
        chart?.isOwn === true ? 'own' : chart?.path,
      ].join(' '),
    ),
    ...coverage.notRendered,
  ];
}

describe('a dependency of a chart that is not in its folder charts/', () => {
  const dependency = `{name: redis, version: ^1.0.0, repository: "${repository}"}`;

  it('is the chart that was fetched, which is nobody’s here', () => {
    expect(made(discovered(umbrella(dependency), redis(`${folder}/redis`, '1.2.0')))).toEqual([
      `redis own v1.2.0 ${folder}/redis`,
    ]);
  });

  it('is not rendered where it was not fetched, or in another version', () => {
    const why =
      'Application argocd/shop (charts/shop): it depends on the chart redis, which was not fetched; `cdb-lint sources` prints the command';
    expect(made(discovered(umbrella(dependency), {}))).toEqual([why]);
    expect(made(discovered(umbrella(dependency), redis(`${folder}/redis`, '2.0.0')))).toEqual([why]);
  });

  it('has the version of the lock', () => {
    const versions = { ...redis(`${folder}/redis-old`, '1.2.0'), ...redis(`${folder}/redis-new`, '1.3.0') };
    const lock = `dependencies: [{name: redis, repository: "${repository}", version: 1.2.0}]\n`;
    expect(made(discovered(umbrella(dependency), versions))).toEqual([
      `redis own v1.3.0 ${folder}/redis-new`,
    ]);
    expect(made(discovered(umbrella(dependency), { ...versions, 'charts/shop/Chart.lock': lock }))).toEqual([
      `redis own v1.2.0 ${folder}/redis-old`,
    ]);
  });

  it('stands for each of its aliases', () => {
    const aliases = [dependency, dependency.replace('{name', '{alias: cache, name')];
    expect(made(discovered(umbrella(...aliases), redis(`${folder}/redis`, '1.2.0')))).toEqual([
      `cache other v1.2.0 ${folder}/redis`,
      `redis own v1.2.0 ${folder}/redis`,
    ]);
  });

  it('is a directory of this repository, with what that depends on', () => {
    const local = umbrella('{name: middle, version: 1.0.0, repository: "file://../middle"}');
    const files = {
      'charts/middle/Chart.yaml': umbrella(dependency).replace('name: shop', 'name: middle'),
      'charts/shop/values.yaml': 'middle: {redis: {mode: inner}}\n',
      ...redis(`${folder}/redis`, '1.2.0'),
    };
    expect(made(discovered(local, files))).toEqual([`redis inner v1.2.0 ${folder}/redis`]);
    const outside = umbrella('{name: middle, version: 1.0.0, repository: "file://../../../middle"}');
    expect(made(discovered(outside, files))).toEqual([
      'Application argocd/shop (charts/shop): it depends on the chart middle, which is missing from its folder charts/',
    ]);
  });

  it('is not rendered where directories depend on each other', () => {
    const names = ['a', 'b', 'c', 'd'];
    const all = names.map((name) => `{name: ${name}, version: 1.0.0, repository: "file://../${name}"}`);
    const files = Object.fromEntries(
      names.map((name) => [`charts/${name}/Chart.yaml`, umbrella(...all).replace('shop', name)]),
    );
    const { clusters } = discovered(umbrella(...all), files);
    const messages = clusters.flatMap(({ reconciliations }) =>
      reconciliations.flatMap(({ build }) => build.diagnostics.map(({ message }) => message)),
    );
    expect(messages).toEqual([
      expect.stringContaining('a chart with more than 500 nested charts is not rendered here'),
    ]);
  });

  it('is fetched for a HelmRelease, too', () => {
    const discovery = discoverFiles({
      'clusters/prod/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: ssh://git@example.com/team/fleet}
---
${fluxKustomization('flux-system', './clusters/prod')}`,
      'clusters/prod/shop.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: app}
spec:
  interval: 1h
  chart: {spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}
`,
      'charts/shop/Chart.yaml': umbrella(dependency),
      ...redis(`${folder}/redis`, '1.2.0'),
    });
    expect(made(discovery)).toEqual([`redis default v1.2.0 ${folder}/redis`]);
  });
});
