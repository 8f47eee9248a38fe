import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told(files: Files, only: readonly string[], wanted = 'error'): string[] {
  return lintFiles(files, { only })
    .findings.filter(({ severity }) => severity === wanted)
    .map(({ rule, span }) => `${rule} ${span.file.path}`);
}

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\ndata: { k: v }\n';

function ofSource(text: string, name: string): string {
  return text.replace(/kind: GitRepository, name: [\w-]+/u, `kind: OCIRepository, name: ${name}`);
}

describe('what no build reads', () => {
  const left = (path: string): readonly string[] =>
    lintFiles({
      'clusters/a/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
      'clusters/a/kustomization.yaml': 'resources: [gotk-sync.yaml, apps.yaml]\n',
      'clusters/a/apps.yaml': fluxKustomization('apps', './apps/web'),
      'clusters/a/other.yaml': fluxKustomization('other', './apps/other'),
      'apps/web/kustomization.yaml': 'resources: [gone.yaml, flux.yaml]\n',
      'apps/web/flux.yaml': ofSource(fluxKustomization('flux', path), 'flux-manifests'),
      'apps/web/later/map.yaml': map,
    }).coverage.notDeployed;

  it('is named, though a broken build brings the root of another source', () => {
    expect(left('./')).toContain('clusters/a/other.yaml');
    expect(left('.')).toContain('clusters/a/other.yaml');
  });

  it('is not what a path of a source may lead to that may be this repository', () => {
    expect(left('./')).toContain('apps/web/later/map.yaml');
    expect(left('./apps/web/later')).not.toContain('apps/web/later/map.yaml');
  });
});

describe.each([
  ['a generated file', (url: string) => `configMapGenerator: [{ name: boards, files: ["a.json=${url}"] }]\n`],
  ['an env file', (url: string) => `secretGenerator: [{ name: boards, envs: ["${url}"] }]\n`],
  ['a base', (url: string) => `resources: ["${url}"]\n`],
])('%s that is not here', (_, lacking) => {
  const { coverage, ownership, unchecked } = lintFiles({
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/boards/kustomization.yaml': lacking('https://example.com/boards/a.json'),
    'apps/web/kustomization.yaml': 'resources: [ks.yaml]\n',
    'apps/web/ks.yaml': fluxKustomization('web', './apps/web/app'),
    'apps/web/app/map.yaml': map,
    'apps/web/later.yaml': fluxKustomization('later', './apps/web/app'),
  });

  it('keeps nothing else from being followed, and from being named', () => {
    expect(ownership.map(({ name }) => name)).toEqual(['flux-system', 'apps', 'web']);
    expect(unchecked.map(({ what }) => what)).toEqual(['https://example.com/boards/a.json']);
    expect(coverage.notDeployed).toEqual(['apps/web/later.yaml']);
  });
});

describe('a file that a kustomization lacks', () => {
  const task = (line: string): string =>
    `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: { name: install }\nspec:\n  steps:\n    - name: apply\n      image: tool:1\n      script: |\n        #!/usr/bin/env bash\n        ${line}\n`;
  const files = (line: string): Files => ({
    'cd/chains/base/kustomization.yaml': 'resources: [release.yaml]\n',
    'tasks/install.yaml': task(line),
  });

  it('may be written by a script that runs in a cluster', () => {
    const only = ['file-missing'];
    expect(told(files('cp "$ROOT/$FILE" $PROJECT/base/release.yaml'), only)).toEqual([]);
    expect(told(files('cat $PROJECT/base/release.yaml'), only)).toHaveLength(1);
    expect(told(files('cp $ROOT/release.yaml $PROJECT/other'), only)).toHaveLength(1);
  });

  it('may be what flux bootstrap adds to a cluster that is yet to be set up', () => {
    const cluster = (missing: string): Files => ({
      'clusters/new/kustomization.yaml': `resources: [${missing}, apps.yaml]\n`,
      'clusters/new/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/map.yaml': map,
    });
    expect(told(cluster('flux-system'), ['file-missing'])).toEqual([]);
    expect(told(cluster('flux-system'), ['file-missing'], 'warning')).toHaveLength(1);
    expect(told(cluster('flux-systems'), ['file-missing'])).toHaveLength(1);
  });
});

it('a copy without any of its sealed Secrets was published without them', () => {
  const list = (names: readonly string[]): string => `resources: [map.yaml, ${names.join(', ')}]\n`;
  const sealed = ['web', 'db', 'cache'].map((name) => `${name}-sealed-secret.yaml`);
  const files = (names: readonly string[], more: Files = {}): Files => ({
    'apps/kustomization.yaml': list(names),
    'apps/map.yaml': map,
    ...more,
  });
  const missing = (files: Files): string[] => told(files, ['file-missing']);
  expect(missing(files(sealed))).toEqual([]);
  expect(told(files(sealed), ['file-missing'], 'warning')).toHaveLength(3);
  expect(missing(files(['a.sops.yaml', 'b.sops.yaml', 'c.sops.yaml']))).toEqual([]);
  expect(missing(files(sealed.slice(0, 2)))).toHaveLength(2);
  expect(
    missing(files(sealed, { 'apps/db-sealed-secret.yaml': map.replace('name: a', 'name: b') })),
  ).toHaveLength(2);
  expect(missing(files([...sealed, 'gone.yaml']))).toEqual(['file-missing apps/kustomization.yaml']);
  expect(missing(files(['seal-a.yaml', 'seal-b.yaml', 'seal-c.yaml']))).toHaveLength(3);
});

describe('a file for ytt', () => {
  const pod = (image: string): string =>
    `#@ load("@ytt:data", "data")\napiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: web }\nspec:\n  containers:\n    - name: web\n      image:${image}\n`;
  const only = ['required-field-missing', 'not-admitted'];

  it('lacks the values that its expressions set', () => {
    const file = 'app/pod.yaml';
    expect(told({ [file]: pod(' #@ data.values.image') }, only)).toEqual([]);
    expect(told({ [file]: pod(' #@ data.values.image') }, only, 'warning')).toHaveLength(1);
    expect(told({ [file]: pod('') }, only)).toHaveLength(1);
    expect(told({ [file]: pod(' # data.values.image') }, only)).toHaveLength(1);
  });

  it('holds overlays, which are no objects', () => {
    const part = '---\nmetadata:\n  namespace: web\n';
    const files = (above: string): Files => ({ 'app/map.yaml': `${map}\n${above}${part}` });
    expect(told(files('#@overlay/match by=overlay.all\n'), only)).toEqual([]);
    expect(told(files('#@overlay/match by=overlay.all\n'), only, 'warning')).toHaveLength(1);
    expect(told(files(''), only)).toHaveLength(1);
    expect(told(files('# an overlay\n'), only)).toHaveLength(1);
  });
});

it('a kustomization may say itself that it is built without the load restrictor', () => {
  const files = (option: string): Files => ({
    'examples/all/kustomization.yaml': `# Run with: kubectl kustomize ${option} examples/all\nresources: [../map.yaml]\n`,
    'examples/map.yaml': map,
  });
  const only = ['file-outside-kustomization'];
  expect(told(files('--load-restrictor=LoadRestrictionsNone'), only)).toEqual([]);
  expect(told(files('--load-restrictor=LoadRestrictionsRootOnly'), only)).toHaveLength(1);
});

it('each Application may put an object of an unknown kind into its own namespace', () => {
  const application = (name: string, namespace: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${name} }\n  destination: { server: "https://kubernetes.default.svc", namespace: ${namespace} }\n`;
  const item = (kind: string): string =>
    `apiVersion: items.example.com/v1\nkind: ${kind}\nmetadata: { name: db }\nspec: { path: a }\n`;
  const files = (namespace: string, kind: string): Files => ({
    'argocd/one.yaml': application('one', 'one'),
    'argocd/two.yaml': application('two', namespace),
    'one/item.yaml': item(kind),
    'two/item.yaml': item(kind),
  });
  const only = ['object-owned-twice'];
  expect(told(files('two', 'Item'), only)).toEqual([]);
  expect(told(files('one', 'Item'), only)).toHaveLength(1);
  expect(told(files('two', 'ClusterItem'), only)).toHaveLength(1);
});

it('an entry point in a hidden folder for the deployment begins a cluster', () => {
  const owners = (folder: string): readonly string[] =>
    lintFiles({
      [`${folder}/root.yaml`]: fluxKustomization('apps', './apps'),
      'apps/map.yaml': map,
    }).ownership.flatMap(({ by, name }) => (by === 'flux' ? [name] : []));
  expect(owners('.bootstrap')).toEqual(['apps']);
  expect(owners('clusters/.flux')).toEqual(['apps']);
  expect(owners('.github/examples')).toEqual([]);
  expect(owners('.vscode')).toEqual([]);
});

it('an entry point with a variable in its path is a template where nothing brings it', () => {
  const files = (path: string): Files => ({
    'templates/apps.yaml': fluxKustomization('apps', path, 'dependsOn: [{ name: gone }]'),
    'apps/map.yaml': map,
  });
  expect(told(files('./clusters/${CLUSTER}/apps'), ['dependency-missing'])).toEqual([]);
  expect(told(files('./apps'), ['dependency-missing'])).toEqual(['dependency-missing templates/apps.yaml']);
});

it('beside a kustomization that sets Flux up, what no list names is loose', () => {
  const controller =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: kustomize-controller, namespace: flux-system }\nspec:\n  selector: { matchLabels: { app: k } }\n  template:\n    metadata: { labels: { app: k } }\n    spec: { containers: [{ name: manager, image: "ghcr.io/fluxcd/kustomize-controller:v1.9.0" }] }\n';
  const files = (more: string): Files => ({
    'clusters/dev/kustomization.yaml': 'resources: [install.yaml, control.yaml]\n',
    'clusters/dev/install.yaml': more,
    'clusters/dev/control.yaml': fluxKustomization('control', './control'),
    'control/map.yaml': map,
    'later/sets/apps.yaml': fluxKustomization('apps', './gone'),
  });
  expect(told(files(controller), ['flux-path-missing'])).toEqual([]);
  expect(told(files(controller), ['flux-path-missing'], 'warning')).toHaveLength(1);
  expect(told(files(map), ['flux-path-missing'])).toEqual(['flux-path-missing later/sets/apps.yaml']);
});
