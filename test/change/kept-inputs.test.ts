import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { wholeChange } from '../../src/run/change-by-base.ts';
import { judgeTwo } from '../../src/run/judge-two.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type Files, fluxCluster, fluxKustomization, objectLines } from '../support/plan-files.ts';

type Edits = Readonly<Record<string, string | undefined>>;

function plan(base: Files, edits: Edits): ChangeReport {
  const head = Object.fromEntries(
    Object.entries({ ...base, ...edits }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text]],
    ),
  );
  const options = { fileSystem: memoryFileSystem(head), paths: [''] };
  const judged = judgeTwo(options, { files: () => memoryFileSystem(base) });
  return wholeChange(options, { ...judged, names: { base: { name: 'base' }, head: { name: 'head' } } });
}

/** What is said of the application, which takes its variables from another directory, and of what it applies. */
function ofApps(report: ChangeReport): string[] {
  const lines = report.objects.filter(
    ({ owner, kind, name }) =>
      owner === 'Kustomization flux-system/apps' || (kind === 'Kustomization' && name === 'apps'),
  );
  return objectLines({ ...report, objects: lines });
}

const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: {ADDRESS: 10.0.0.1, NAME: data}\n`;
const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: "\${NAME}", namespace: shop}\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 5Gi}}\n`;
const service = `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  type: LoadBalancer\n  loadBalancerIP: \${ADDRESS}\n  ports: [{port: 80}]\n`;
const variables = 'prune: true\npostBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}';

const base: Files = {
  'clusters/one/kustomization.yaml': 'resources: [gotk-sync.yaml, config.yaml, apps.yaml]\n',
  ...fluxCluster('clusters/one'),
  'clusters/one/config.yaml': fluxKustomization('config', 'config'),
  'clusters/one/apps.yaml': fluxKustomization('apps', 'apps', variables),
  'config/kustomization.yaml': 'resources: [settings.yaml]\n',
  'config/settings.yaml': settings,
  'apps/kustomization.yaml': 'resources: [claim.yaml, web.yaml]\n',
  'apps/claim.yaml': claim,
  'apps/web.yaml': service,
};

const without: Edits = {
  'clusters/one/kustomization.yaml': 'resources: [gotk-sync.yaml, apps.yaml]\n',
  'clusters/one/config.yaml': undefined,
};
const unlisted: Edits = { 'config/kustomization.yaml': 'resources: []\n' };
const stopped = ['one Kustomization/apps freeze owner-lacks'];

describe('variables whose owner can build no more', () => {
  it.each<[string, Edits]>([
    [
      'its directory moves',
      {
        'config/kustomization.yaml': undefined,
        'config/settings.yaml': undefined,
        'moved/settings.yaml': settings,
      },
    ],
    [
      'its kustomization names a file that is not there',
      { 'config/kustomization.yaml': 'resources: [none.yaml]\n' },
    ],
    ['its kustomization is no YAML', { 'config/kustomization.yaml': 'resources: [\n' }],
    ['its kustomization goes and leaves the files', { 'config/kustomization.yaml': undefined }],
  ])('are what the cluster keeps: %s', (_, edits) => {
    expect(ofApps(plan(base, edits))).toEqual([]);
  });

  it('are what the cluster keeps below an owner that can build no more', () => {
    const nested = {
      ...base,
      'clusters/one/kustomization.yaml': 'resources: [gotk-sync.yaml, above.yaml, apps.yaml]\n',
      'clusters/one/above.yaml': fluxKustomization('above', 'above'),
      'above/kustomization.yaml': 'resources: [config.yaml]\n',
      'above/config.yaml': fluxKustomization('config', 'config'),
    };
    const moved = { 'above/kustomization.yaml': undefined, 'above/config.yaml': undefined };
    expect(ofApps(plan(nested, { ...moved, 'config/settings.yaml': undefined, ...unlisted }))).toEqual([]);
  });
});

describe('variables that leave their owner', () => {
  it('stop who needs them, so that nothing of it is applied or deleted', () => {
    expect(ofApps(plan(base, unlisted))).toEqual(stopped);
  });

  it('may be there for a last time, so that what leaves with them may be deleted', () => {
    const less = { ...unlisted, 'apps/kustomization.yaml': 'resources: [web.yaml]\n' };
    expect(ofApps(plan(base, less))).toEqual([...stopped, 'one PersistentVolumeClaim/data delete pruned']);
  });

  it('stop nobody who says that they are optional', () => {
    const optional = variables.replace('name: settings', 'name: settings, optional: true');
    const before = { ...base, 'clusters/one/apps.yaml': fluxKustomization('apps', 'apps', optional) };
    expect(ofApps(plan(before, unlisted))).toEqual([
      `one PersistentVolumeClaim/\${NAME} create created`,
      'one PersistentVolumeClaim/data delete pruned',
      'one Service/web update address-changes',
    ]);
  });

  it('go with the owner that is deleted', () => {
    expect(ofApps(plan(base, without))).toEqual(stopped);
  });

  it('stay where their owner deletes nothing', () => {
    const kept = {
      ...base,
      'clusters/one/config.yaml': fluxKustomization('config', 'config', 'prune: false'),
    };
    expect(ofApps(plan(kept, unlisted))).toEqual([]);
  });

  it('stay where they say so', () => {
    const mark = 'annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}';
    const protectedOnes = {
      ...base,
      'config/settings.yaml': settings.replace('flux-system}', `flux-system, ${mark}}`),
    };
    expect(ofApps(plan(protectedOnes, unlisted))).toEqual([]);
  });

  it('stay with an owner that leaves the repository and that nobody deletes', () => {
    const sync = base['clusters/one/gotk-sync.yaml']?.replace('prune: true', 'prune: false') ?? '';
    expect(ofApps(plan({ ...base, 'clusters/one/gotk-sync.yaml': sync }, without))).toEqual([]);
  });

  it('count as they are brought anew', () => {
    const moved = {
      ...without,
      'clusters/one/kustomization.yaml': 'resources: [gotk-sync.yaml, settings.yaml, apps.yaml]\n',
      'clusters/one/settings.yaml': settings.replace('10.0.0.1', '10.0.0.2'),
    };
    expect(ofApps(plan(base, moved))).toEqual(['one Service/web update address-changes']);
  });
});

describe('an owner that brings its own variables', () => {
  it('is built without them in both revisions', () => {
    const self: Files = {
      'clusters/one/kustomization.yaml': 'resources: [gotk-sync.yaml, apps.yaml]\n',
      ...fluxCluster('clusters/one'),
      'clusters/one/apps.yaml': fluxKustomization('apps', 'apps', variables),
      'apps/kustomization.yaml': 'resources: [settings.yaml, web.yaml]\n',
      'apps/settings.yaml': settings,
      'apps/web.yaml': service,
    };
    const edits = { 'apps/settings.yaml': settings.replace('NAME: data', 'NAME: other') };
    expect(ofApps(plan(self, edits))).toEqual(['one ConfigMap/settings update reaches-nothing']);
  });
});

describe('what an owner is built from', () => {
  const source = `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: other, namespace: flux-system}\nspec: {interval: 1m, url: ssh://git@example.com/team/fleet, ref: {branch: main}}\n`;
  const from = fluxKustomization('config', 'config').replace(
    'GitRepository, name: flux-system',
    'GitRepository, name: other',
  );

  it('stops a Kustomization when its source is deleted', () => {
    const before = { ...base, 'clusters/one/config.yaml': `${source}---\n${from}` };
    const lines = objectLines(plan(before, { 'clusters/one/config.yaml': from, ...unlisted }));
    expect(lines).toContain('one Kustomization/config freeze owner-lacks');
    expect(lines).toContain('one GitRepository/other delete pruned');
  });

  it('stops an Application when its project is deleted', () => {
    const files = argo('resources: [root.yaml, project.yaml, shop.yaml]\n');
    const edits = {
      'root/kustomization.yaml': 'resources: [root.yaml, shop.yaml]\n',
      'shop/kustomization.yaml': 'resources: []\n',
    };
    expect(objectLines(plan(files, edits))).toEqual([
      'root AppProject/team delete pruned',
      'root Application/shop freeze owner-lacks',
      'root ConfigMap/settings delete pruned',
    ]);
  });
});

function argo(resources: string): Files {
  const application = (name: string, path: string, project: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: ${project}\n  source: {repoURL: https://example.com/team/fleet.git, path: ${path}, targetRevision: HEAD}\n  destination: {server: https://kubernetes.default.svc, namespace: shop}\n  syncPolicy: {automated: {prune: true, allowEmpty: true}}\n`;
  return {
    'root/kustomization.yaml': resources,
    'root/root.yaml': application('root', 'root', 'default'),
    'root/shop.yaml': application('shop', 'shop', 'team'),
    'root/project.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team, namespace: argocd}\nspec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}\n`,
    'shop/kustomization.yaml': 'resources: [settings.yaml]\n',
    'shop/settings.yaml': settings,
  };
}
