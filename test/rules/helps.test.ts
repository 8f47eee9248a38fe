import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

/** The help of each finding of a rule. */
function helpsOf(rule: string, files: Readonly<Record<string, string>>): (string | undefined)[] {
  return lintFiles(files, { only: [rule] }).findings.map(({ help }) => help);
}

const autoscaler =
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { maxReplicas: 3 }\n';

it.each(['shop', 'elsewhere'])(
  'a target in namespace %s, which is set after patches, is to name none',
  (space) => {
    const files = {
      'kustomization.yaml': `namespace: shop\nresources: [hpa.yaml]\npatches:\n  - target: { kind: HorizontalPodAutoscaler, name: web, namespace: ${space} }\n    patch: |-\n      - { op: replace, path: /spec/maxReplicas, value: 4 }\n`,
      'hpa.yaml': autoscaler,
    };
    const [help, ...more] = helpsOf('entry-selects-nothing', files);
    expect(more).toEqual([]);
    expect(help).toContain('remove namespace from the target');
  },
);

it('a name that Flux puts in once the build is done is to be left out of a target', () => {
  const files = {
    'clusters/prod/source.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {interval: 1m, url: "https://git.example.org/org/fleet"}\n',
    'clusters/prod/apps.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 5m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substitute: {APP: web}}}\n',
    'apps/kustomization.yaml':
      'resources: [hpa.yaml]\npatches:\n  - target: { kind: HorizontalPodAutoscaler, name: web }\n    patch: |-\n      - { op: replace, path: /spec/maxReplicas, value: 4 }\n',
    'apps/hpa.yaml': autoscaler.replace('name: web', `name: "\${APP}"`),
  };
  const [help] = helpsOf('entry-selects-nothing', files);
  expect(help).toContain('only at the end of the build: remove name from the target');
});

const here = 'https://git.example.com/team/platform.git';

function application(source: string): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\nspec:\n  project: team\n  ${source}\n  destination: { server: https://kubernetes.default.svc, namespace: shop }\n`;
}

it('a value file behind a ref counts from the root, and one without from the path of the source', () => {
  const files = {
    'cdb-lint.yaml': `repositories: [${here}]\n`,
    'env/staging/values.yaml': 'a: 1\n',
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
  };
  const chart = `{ repoURL: https://charts.shop.internal, chart: shop, targetRevision: 1.0.0, helm: { valueFiles: [$env/values.yaml] } }`;
  const behind = application(
    `sources: [${chart}, { repoURL: ${here}, targetRevision: HEAD, path: env/staging, ref: env }]`,
  );
  expect(helpsOf('application-values-missing', { ...files, 'argocd/app.yaml': behind })).toEqual([
    'paths after $env are relative to the root of its repository: write $env/env/staging/values.yaml',
  ]);
  const own = application(
    `source: { repoURL: ${here}, targetRevision: HEAD, path: charts/web, helm: { valueFiles: [env/staging/values.yaml] } }`,
  );
  expect(helpsOf('application-values-missing', { ...files, 'argocd/app.yaml': own })).toEqual([
    'paths are relative to the path of the source, charts/web: write /env/staging/values.yaml',
  ]);
});

it('a patch that is a mapping or a list is to be a block of text', () => {
  for (const patch of ['{ a: b }', '[{ op: remove }]'])
    expect(
      helpsOf('kustomization-invalid', { 'kustomization.yaml': `patches:\n  - patch: ${patch}\n` }),
    ).toEqual(['a patch must be a string: write `patch: |-`, and the patch indented below it']);
});

it('a name that ends in a line break is to begin its block without one', () => {
  const files = { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: >\n    web\n' };
  expect(helpsOf('invalid-value', files)).toEqual([
    'the string ends with a line break: start the block with ">-" or "|-" instead of ">" or "|"',
  ]);
});
