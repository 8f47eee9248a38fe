import { describe, expect, it } from 'vitest';
import { type Files, fluxCluster, fluxKustomization, objectLines, planFiles } from '../support/plan-files.ts';

const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata: {a: b}\n';
const claim =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 5Gi}}\n';
const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1.4.0"}]}
`;

/** Where the manifests of an owner stand, what is around them, and what is listed of them. */
interface Family {
  readonly at: string;
  readonly around: Files;
  readonly isListed: boolean;
  /** What becomes of what leaves. */
  readonly leaves: string;
}

const git = 'https://example.com/team/fleet.git';
const application = (path: string): string => `  project: default
  source: {repoURL: ${git}, path: ${path}, targetRevision: HEAD}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {automated: {prune: true}}
`;
const metadata =
  'metadata:\n  name: shop\n  namespace: argocd\n  finalizers: [resources-finalizer.argocd.argoproj.io]\n';

const families: Readonly<Record<string, Family>> = {
  'a Flux Kustomization': {
    at: 'apps',
    around: { ...fluxCluster('clusters/prod'), 'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps') },
    isListed: true,
    leaves: 'delete pruned',
  },
  'a Flux Kustomization that does not prune': {
    at: 'apps',
    around: {
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', 'prune: false'),
    },
    isListed: true,
    leaves: 'orphan left-behind',
  },
  'a HelmRelease': {
    at: 'charts/web/templates',
    around: {
      ...fluxCluster('clusters/prod'),
      'clusters/prod/release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: shop}\nspec:\n  interval: 1h\n  chart: {spec: {chart: ./charts/web, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}\n',
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    },
    isListed: false,
    leaves: 'delete pruned',
  },
  'an Argo CD Application': {
    at: 'apps',
    around: {
      'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\n${metadata}spec:\n${application('apps')}`,
    },
    isListed: false,
    leaves: 'delete pruned',
  },
  'an ApplicationSet': {
    at: 'apps/shop',
    around: {
      'argocd/all.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{name: shop}]}}]
  template:
    metadata: {name: "{{.name}}"}
    spec:
${application('"apps/{{.name}}"').replaceAll(/^/gmu, '    ')}`
        .trimEnd()
        .concat('\n'),
    },
    isListed: false,
    leaves: 'delete pruned',
  },
  'a directory that people apply': {
    at: 'apps',
    around: {},
    isListed: true,
    leaves: 'orphan left-to-people',
  },
};

const objects: Readonly<Record<string, string>> = {
  'settings.yaml': settings,
  'claim.yaml': claim,
  'web.yaml': web,
};

function planOf(
  { at, around, isListed }: Family,
  edits: Readonly<Record<string, string | undefined>>,
): string[] {
  const listed = (files: Readonly<Record<string, string | undefined>>): string =>
    `resources:\n${Object.keys(files)
      .filter((name) => files[name] !== undefined)
      .map((name) => `  - ${name}\n`)
      .join('')}`;
  const below = (files: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${at}/${name}`, text]));
  const list = (files: typeof edits): Record<string, string> =>
    isListed ? { [`${at}/kustomization.yaml`]: listed(files) } : {};
  const base = { ...around, ...below(objects), ...list(objects) } as Files;
  const plan = planFiles(base, { ...below(edits), ...list({ ...objects, ...edits }) });
  return objectLines(plan)
    .filter((line) => !/ HelmRelease\//u.test(line))
    .map((line) => line.replace(/^\S+ /u, ''));
}

const actions: readonly (readonly [
  string,
  Readonly<Record<string, string | undefined>>,
  (leaves: string) => string[],
])[] = [
  ['an object leaves', { 'settings.yaml': undefined }, (leaves) => [`ConfigMap/settings ${leaves}`]],
  ['a claim leaves', { 'claim.yaml': undefined }, (leaves) => [`PersistentVolumeClaim/data ${leaves}`]],
  [
    'an image changes',
    { 'web.yaml': web.replace('1.4.0', '1.5.0') },
    () => ['Deployment/web update,rollout restarts'],
  ],
  [
    'a selector changes',
    { 'web.yaml': web.replaceAll('{app: web}', '{app: site}') },
    () => ['Deployment/web refused refused'],
  ],
  [
    'a claim shrinks',
    { 'claim.yaml': claim.replace('5Gi', '4Gi') },
    () => ['PersistentVolumeClaim/data refused refused'],
  ],
  [
    'no replicas are left',
    { 'web.yaml': web.replace('replicas: 3', 'replicas: 0') },
    () => ['Deployment/web update scaled-to-nothing'],
  ],
  [
    'an object gets another name',
    { 'settings.yaml': settings.replace('name: settings', 'name: options') },
    (leaves) => ['ConfigMap/options create created', `ConfigMap/settings ${leaves}`],
  ],
  [
    'an object is new',
    { 'new.yaml': settings.replace('settings', 'new') },
    () => ['ConfigMap/new create created'],
  ],
  ['a comment is new', { 'settings.yaml': `# why\n${settings}` }, () => []],
];

describe.each(Object.entries(families))('under %s', (_, family) => {
  it.each(actions)('%s', (__, edits, expected) => {
    expect(planOf(family, edits)).toEqual(expected(family.leaves).sort());
  });
});
