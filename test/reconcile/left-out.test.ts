import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

const source =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {interval: 1m, url: "https://git.example.org/org/fleet"}\n';
const waiting = fluxKustomization('b', './b', 'dependsOn: [{ name: gone }]');

describe('an entry point that no one applies', () => {
  it('is none where Flux applies the kustomization of its folder, which leaves it out', () => {
    const discovery = discoverFiles({
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/a/kustomization.yaml': 'resources: [map.yaml]\n',
      'apps/a/map.yaml': configMap('a', 'k: v'),
      'apps/a/ks.yaml': waiting,
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/prod']);
    expect(findingsOf(discovery)).toEqual([]);
  });

  it('is none where a list above names the folders next to it, and that is said', () => {
    const app = (name: string): Record<string, string> => ({
      [`apps/${name}/kustomization.yaml`]: 'resources: [ks.yaml]\n',
      [`apps/${name}/ks.yaml`]: fluxKustomization(name, `./${name}`),
      [`${name}/map.yaml`]: configMap(name, 'k: v'),
    });
    const files = {
      'clusters/prod/kustomization.yaml':
        'resources: [source.yaml, ../../apps/a, ../../apps/c, ../../apps/d]\n',
      'clusters/prod/source.yaml': source,
      ...app('a'),
      ...app('b'),
      ...app('c'),
      ...app('d'),
      'apps/b/ks.yaml': waiting,
    };
    const discovery = discoverFiles(files);
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/prod']);
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.coverage.notRendered).toEqual([
      'apps/b: no kustomization lists it as it lists those next to it, so nothing deploys it',
    ]);
  });

  it('is none below a kustomization that Flux applies, however far, with one of its own in between', () => {
    const discovery = discoverFiles({
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [a/map.yaml]\n',
      'apps/a/map.yaml': configMap('a', 'k: v'),
      'apps/data/kustomization.yaml': 'resources: [store]\n',
      'apps/data/store/ks.yaml': waiting,
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/prod']);
    expect(findingsOf(discovery)).toEqual([]);
  });

  it('is none below a kustomization that Flux applies, where it has one of its own', () => {
    const discovery = discoverFiles({
      'apps/kustomization.yaml': 'resources: [a/ks.yaml]\n',
      'apps/a/ks.yaml': fluxKustomization('a', './a'),
      'a/map.yaml': configMap('a', 'k: v'),
      'apps/b/kustomization.yaml': 'resources: [ks.yaml]\n',
      'apps/b/ks.yaml': waiting,
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/prod']);
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.coverage.notRendered).toEqual([
      'apps/b: no kustomization lists it as it lists those next to it, so nothing deploys it',
    ]);
  });

  it('is none where the list above names such files of the folders next to it', () => {
    const app = (name: string): Record<string, string> => ({
      [`apps/${name}/install.yaml`]: fluxKustomization(name, `./apps/${name}/app`),
      [`apps/${name}/app/map.yaml`]: configMap(name, 'k: v'),
    });
    const discovery = discoverFiles({
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [a/install.yaml, c/install.yaml]\n',
      ...app('a'),
      ...app('b'),
      ...app('c'),
      'apps/b/install.yaml': waiting,
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/prod']);
    expect(findingsOf(discovery)).toEqual([]);
  });

  it('is none below a kustomization that Flux applies and that lists nothing any more', () => {
    const discovery = discoverFiles({
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'components/common/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [map.yaml]\n',
      'components/common/map.yaml': configMap('a', 'k: v'),
      'apps/games/kustomization.yaml': 'components: [../../components/common]\n# resources: [b/ks.yaml]\n',
      'apps/games/b/ks.yaml': waiting,
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/prod']);
    expect(findingsOf(discovery)).toEqual([]);
  });

  it('does not apply its own file where the kustomization next to it leaves that out', () => {
    const files = (list: string): Record<string, string> => ({
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [a/ks.yaml]\nnamespace: shop\n',
      'apps/a/kustomization.yaml': `resources: [${list}]\n`,
      'apps/a/map.yaml': configMap('a', 'k: v'),
      'apps/a/ks.yaml': fluxKustomization('a', './apps/a'),
    });
    const roots = (list: string): string[] => discoverFiles(files(list)).clusters.map(({ root }) => root);
    expect(roots('map.yaml')).toEqual(['clusters/prod']);
  });

  it('is a cluster of its own among clusters that no one names', () => {
    const discovery = discoverFiles({
      'clusters/base/kustomization.yaml': 'resources: [source.yaml]\n',
      'clusters/base/source.yaml': source,
      ...Object.fromEntries(
        ['a', 'b', 'c'].flatMap((name) => [
          [`clusters/${name}/kustomization.yaml`, 'resources: [../base, apps.yaml]\n'],
          [`clusters/${name}/apps.yaml`, fluxKustomization('apps', './apps')],
        ]),
      ),
      'apps/map.yaml': configMap('a', 'k: v'),
    });
    expect(discovery.clusters.map(({ root }) => root)).toEqual(['clusters/a', 'clusters/b', 'clusters/c']);
    expect(discovery.coverage.notRendered).toEqual([]);
  });
});

function application(name: string, path: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.org/org/fleet", path: ${path}, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: app }
`;
}

it('two applications of applications that bring the same ones are ways to set up a cluster, and not one with two owners', () => {
  const apps = (folder: string): Record<string, string> =>
    Object.fromEntries(
      ['infra', 'services'].map((name) => [`${folder}/${name}.yaml`, application(name, `layers/${name}`)]),
    );
  const discovery = discoverFiles({
    'bootstrap/bootstrap.yaml': application('single', 'sets/single'),
    'bootstrap/others/bootstrap.yaml': application('shared', 'sets/shared'),
    ...apps('sets/single'),
    ...apps('sets/shared'),
    'layers/infra/map.yaml': configMap('infra', 'k: v'),
    'layers/services/map.yaml': configMap('services', 'k: v'),
  });
  expect(discovery.clusters.map(({ root }) => root)).toEqual(['bootstrap', 'bootstrap/others']);
  expect(findingsOf(discovery).filter((one) => one.startsWith('object-owned-twice'))).toEqual([]);
});

it('waits for what the same repository may bring, where only a part of it is here', () => {
  const findings = lintFiles({
    'clusters/prod/source.yaml': source.replace('https://git.example.org/org/fleet', 'ssh://PREFIX/fleet'),
    'clusters/prod/tools.yaml': fluxKustomization('tools', './tools'),
    'clusters/prod/late.yaml': fluxKustomization('late', './late', 'dependsOn: [{ name: crossplane }]'),
  }).findings.filter(({ rule }) => rule === 'dependency-missing');
  expect(findings.map(({ severity }) => severity)).toEqual(['note']);
});

it('a source of the same name is that of the cluster next to, and brings back what is below a directory it leaves out', () => {
  const cluster = (name: string): Record<string, string> => ({
    [`${name}/flux/source.yaml`]: source.replace(
      'interval: 1m,',
      `interval: 1m, ignore: "/*\\n!/${name}/apps\\n!/${name}/flux",`,
    ),
    [`${name}/flux/apps.yaml`]: fluxKustomization('apps', `./${name}/apps`),
    [`${name}/apps/map.yaml`]: configMap('web', 'k: v'),
  });
  const discovery = discoverFiles({ ...cluster('clusters/a'), ...cluster('clusters/b') });
  expect(findingsOf(discovery)).toEqual([]);
  for (const { reconciliations } of discovery.clusters)
    expect(reconciliations.map(({ build }) => build.resources.length)).toEqual([1]);
});

it('folders that another root turns out to apply are part of its cluster, whatever comes first by name', () => {
  const discovery = discoverFiles({
    'apps/a/kustomization.yaml': 'resources: [ks.yaml]\n',
    'apps/a/ks.yaml': waiting.replace('name: gone', 'name: own'),
    'b/map.yaml': configMap('b', 'k: v'),
    'z/kustomization.yaml': 'resources: [source.yaml, ks.yaml]\n',
    'z/source.yaml': source,
    'z/ks.yaml': fluxKustomization('own', './apps'),
  });
  expect(discovery.clusters.map(({ root }) => root)).toEqual(['z']);
  expect(findingsOf(discovery).filter((one) => one.startsWith('dependency-missing'))).toEqual([]);
});

it('what the repository applies by hand may be there to wait for', () => {
  const severities = (name: string): string[] =>
    lintFiles({
      'setup/volume.yaml': fluxKustomization('volume', './volume'),
      'volume/map.yaml': configMap('v', 'k: v'),
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', `dependsOn: [{ name: ${name} }]`),
      'apps/map.yaml': configMap('a', 'k: v'),
    })
      .findings.filter(({ rule }) => rule === 'dependency-missing')
      .map(({ severity }) => severity);
  expect(severities('volume')).toEqual(['note']);
  expect(severities('nowhere')).toEqual(['error']);
});

it('a repository that is laid out like this one is another one', () => {
  const other = source.replaceAll('name: flux-system', 'name: private').replace('org/fleet', 'org/private');
  const discovery = discoverFiles({
    'clusters/prod/source.yaml': source,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'clusters/prod/more.yaml': fluxKustomization('more', './more'),
    'clusters/prod/private.yaml': `${other}---\n${fluxKustomization('private', './apps').replace('name: flux-system }', 'name: private }')}`,
    'apps/map.yaml': configMap('a', 'k: v'),
    'more/map.yaml': configMap('b', 'k: v'),
  });
  expect(findingsOf(discovery)).toEqual([]);
  expect(discovery.coverage.notRendered).toEqual([
    'Kustomization flux-system/private (GitRepository private): its repository is not known to be this one',
  ]);
});

describe('files that are not whole', () => {
  const release =
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: app }\nspec: { chartRef: { kind: OCIRepository, name: web } }\n';
  const patch = `patches:
  - target: { kind: Kustomization }
    patch: |
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: all }
      spec:
        patches:
          - target: { kind: HelmRelease }
            patch: |
              - op: add
                path: /spec/interval
                value: 1h`;
  const severities = (spec: readonly string[]): string[] =>
    lintFiles({
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ...spec),
      'apps/map.yaml': configMap('a', 'k: v'),
      'other/release.yaml': release,
    })
      .findings.filter(({ rule }) => rule === 'required-field-missing')
      .map(({ severity }) => severity);

  it('miss what Flux patches into all of their kind, which is a note where nothing applies them', () => {
    expect(severities(patch.split('\n'))).toEqual(['note']);
    expect(severities([])).toEqual(['warning']);
  });
});

it('what was put away under a dot or an underscore is named, and checked where someone names it', () => {
  const files = {
    'web/kustomization.yaml': 'resources: [map.yaml]\n',
    'web/map.yaml': configMap('a', 'k: v'),
    '.archive/old/kustomization.yaml': 'resources: [gone.yaml]\n',
    'web/_disabled/old/kustomization.yaml': 'resources: [gone.yaml]\n',
    'kubernetes/archive/old/kustomization.yaml': 'resources: [gone.yaml]\n',
    '.archive/old/map.yaml': configMap('b', 'k: v'),
    'web/_disabled/old/map.yaml': configMap('c', 'k: v'),
    'kubernetes/archive/old/map.yaml': configMap('d', 'k: v'),
  };
  const report = lintFiles(files);
  expect(report.findings).toEqual([]);
  expect(report.coverage.notDeployed).toEqual(['.archive', 'kubernetes/archive', 'web/_disabled']);
  expect(lintFiles(files, { paths: ['.archive'] }).findings.map(({ rule }) => rule)).toEqual([
    'file-missing',
  ]);
});

it('what a person applies once counts as no owner next to controllers, of which two are two all the same', () => {
  const files = {
    'clusters/prod/kustomization.yaml': 'resources: [source.yaml, a.yaml, b.yaml, map.yaml]\n',
    'clusters/prod/source.yaml': source,
    'clusters/prod/map.yaml': configMap('a', 'k: v'),
    'clusters/prod/a.yaml': fluxKustomization('a', './a'),
    'clusters/prod/b.yaml': fluxKustomization('b', './b'),
    'a/map.yaml': configMap('a', 'k: v'),
  };
  const findings = (more: Record<string, string>): string[] =>
    findingsOf(discoverFiles({ ...files, ...more })).filter((one) => one.startsWith('object-owned-twice'));
  expect(findings({ 'b/map.yaml': configMap('b', 'k: v') })).toEqual([]);
  expect(findings({ 'b/map.yaml': configMap('a', 'k: v') })).toEqual(['object-owned-twice b/map.yaml:3']);
});
