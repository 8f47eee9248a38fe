import { describe, expect, it } from 'vitest';
import {
  type Files,
  fluxCluster,
  fluxKustomization,
  objectLines,
  planFiles,
  rowLines,
} from '../support/plan-files.ts';

const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata: {a: b}\n';
const other = settings.replaceAll('settings', 'other');

/** Two Kustomizations beside each other, applied by the cluster's own. */
const siblings: Files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/one.yaml': fluxKustomization('one', 'one'),
  'clusters/prod/two.yaml': fluxKustomization('two', 'two'),
  'one/kustomization.yaml': 'resources:\n  - settings.yaml\n  - other.yaml\n',
  'one/settings.yaml': settings,
  'one/other.yaml': other,
  'two/kustomization.yaml': 'resources: []\n',
};

const moved = {
  'one/kustomization.yaml': 'resources:\n  - other.yaml\n',
  'one/settings.yaml': undefined,
  'two/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'two/settings.yaml': settings,
};

describe('an object that moves between owners', () => {
  it('of which neither waits may be deleted first', () => {
    const plan = planFiles(siblings, moved);
    expect(objectLines(plan)).toEqual(['prod ConfigMap/settings delete,create moves-beside']);
    expect(plan.objects[0]).toMatchObject({
      owner: 'Kustomization flux-system/two',
      previousOwner: 'Kustomization flux-system/one',
    });
    expect(plan.rows[0]?.safe.map(({ text }) => text).join('\n')).toContain('prune: disabled');
  });

  it('is taken over where the old one waits for the new one', () => {
    const waiting = {
      ...siblings,
      'clusters/prod/one.yaml': fluxKustomization('one', 'one', 'prune: true\ndependsOn: [{name: two}]'),
    };
    expect(objectLines(planFiles(waiting, moved))).toEqual(['prod ConfigMap/settings adopt moves-up']);
  });

  it('is taken over where the old one does not prune', () => {
    const kept = { ...siblings, 'clusters/prod/one.yaml': fluxKustomization('one', 'one', 'prune: false') };
    expect(objectLines(planFiles(kept, moved))).toEqual(['prod ConfigMap/settings adopt adopted']);
  });

  const above: Files = { ...fluxCluster('clusters/prod'), 'clusters/prod/settings.yaml': settings };
  const apps = { 'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps') };
  const down = {
    'clusters/prod/settings.yaml': undefined,
    'apps/kustomization.yaml': 'resources: [settings.yaml]\n',
    'apps/settings.yaml': settings,
  };

  it('is deleted on its way down to an owner that the old one creates', () => {
    expect(objectLines(planFiles(above, { ...down, ...apps }))).toContain(
      'prod ConfigMap/settings delete,create moves-down',
    );
  });

  it('may be deleted first on its way down to an owner that is there already', () => {
    const base = { ...above, ...apps, 'apps/kustomization.yaml': 'resources: []\n' };
    expect(objectLines(planFiles(base, down))).toEqual([
      'prod ConfigMap/settings delete,create moves-beside',
    ]);
  });

  it('may be deleted first on its way up to the owner that applies the old one', () => {
    const base: Files = {
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
      'apps/kustomization.yaml': 'resources: [settings.yaml, other.yaml]\n',
      'apps/settings.yaml': settings,
      'apps/other.yaml': other,
    };
    const plan = planFiles(base, {
      'apps/kustomization.yaml': 'resources: [other.yaml]\n',
      'apps/settings.yaml': undefined,
      'clusters/prod/settings.yaml': settings,
    });
    expect(objectLines(plan)).toEqual(['prod ConfigMap/settings delete,create moves-beside']);
  });

  it('is not protected by a mark that comes with the move', () => {
    const mark = 'name: settings\n  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}';
    const plan = planFiles(siblings, {
      ...moved,
      'two/settings.yaml': settings.replace('name: settings', mark),
    });
    expect(objectLines(plan)).toEqual(['prod ConfigMap/settings delete,create,update moves-beside']);
    expect(plan.rows.flatMap(({ details }) => details).join('\n')).toContain('too late');
  });

  it('is not protected by a mark that is written into its file as it is taken out', () => {
    const mark = 'name: settings\n  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}';
    const unlisted = { 'one/kustomization.yaml': 'resources: [other.yaml]\n' };
    const detailsOf = (edits: Files): string =>
      planFiles(siblings, edits)
        .rows.flatMap(({ details }) => details)
        .join('\n');
    const written = { ...unlisted, 'one/settings.yaml': settings.replace('name: settings', mark) };
    expect(detailsOf(written)).toContain('prune: disabled comes with this change, which is too late');
    expect(detailsOf({ ...unlisted, 'one/settings.yaml': `# gone\n${settings}` })).not.toContain('too late');
  });
});

describe('another name or namespace', () => {
  it('and another file is a hint where all else is the same, and there is one of each', () => {
    const renamedTo = (...names: string[]): string[] =>
      planFiles(siblings, {
        'one/kustomization.yaml': `resources: [other.yaml, ${names.map((name) => `${name}.yaml`).join(', ')}]\n`,
        'one/settings.yaml': undefined,
        ...Object.fromEntries(
          names.map((name) => [`one/${name}.yaml`, settings.replaceAll('settings', name)]),
        ),
      }).rows.map(({ title }) => title);
    const hint = 'ConfigMap shop/settings is deleted: shop/site is created next to it';
    expect(renamedTo('site')).toContain(hint);
    expect(renamedTo('site', 'place')).not.toContain(hint);
  });

  it('deletes one object and creates another, at the line that says so', () => {
    const plan = planFiles(siblings, {
      'one/kustomization.yaml': 'namespace: market\nresources:\n  - settings.yaml\n  - other.yaml\n',
    });
    expect(objectLines(plan)).toEqual([
      'prod ConfigMap/other create created',
      'prod ConfigMap/other delete pruned',
      'prod ConfigMap/settings create created',
      'prod ConfigMap/settings delete pruned',
    ]);
    expect(rowLines(plan)).toEqual([
      'changes pruned one/kustomization.yaml:1',
      'changes created one/kustomization.yaml:1',
    ]);
    expect(plan.rows[0]?.title).toContain('market/settings is created next to it');
  });
});

const application = (more: string, meta = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: argocd
${meta}spec:
  project: default
  source: {repoURL: https://git.example.com/team/fleet.git, path: shop, targetRevision: main}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy:
    automated: {${more}}
`;
const finalizer = '  finalizers: [resources-finalizer.argocd.argoproj.io]\n';

const argo: Files = {
  'argocd/kustomization.yaml': 'resources: [shop.yaml]\n',
  'argocd/shop.yaml': application('prune: true'),
  'shop/kustomization.yaml': 'resources: [settings.yaml, other.yaml]\n',
  'shop/settings.yaml': settings,
  'shop/other.yaml': other,
};

describe('an Application of Argo CD', () => {
  it('prunes what is gone where it is automated and prunes', () => {
    const gone = { 'shop/kustomization.yaml': 'resources: [other.yaml]\n' };
    expect(objectLines(planFiles(argo, gone))).toEqual(['argocd ConfigMap/settings delete pruned']);
    const manual = { ...argo, 'argocd/shop.yaml': application('prune: false') };
    expect(objectLines(planFiles(manual, gone))).toEqual(['argocd ConfigMap/settings orphan left-behind']);
  });

  it('keeps what a sync option of the base protects', () => {
    const mark = 'name: settings\n  annotations: {argocd.argoproj.io/sync-options: Prune=false}';
    const marked = { ...argo, 'shop/settings.yaml': settings.replace('name: settings', mark) };
    const plan = planFiles(marked, { 'shop/kustomization.yaml': 'resources: [other.yaml]\n' });
    expect(objectLines(plan)).toEqual(['argocd ConfigMap/settings orphan protected']);
  });

  it('keeps what a sync option of its own protects, unless the object says otherwise', () => {
    const option = '    syncOptions: [Prune=false]\n';
    const kept = { ...argo, 'argocd/shop.yaml': application('prune: true') + option };
    const gone = { 'shop/kustomization.yaml': 'resources: [other.yaml]\n' };
    expect(objectLines(planFiles(kept, gone))).toEqual(['argocd ConfigMap/settings orphan protected']);
    const mark = 'name: settings\n  annotations: {argocd.argoproj.io/sync-options: Prune=true}';
    const marked = { ...kept, 'shop/settings.yaml': settings.replace('name: settings', mark) };
    expect(objectLines(planFiles(marked, gone))).toEqual(['argocd ConfigMap/settings delete pruned']);
  });

  it("deletes what Helm's policy keeps, which counts only where the Application goes", () => {
    const mark = 'name: settings\n  annotations: {helm.sh/resource-policy: keep}';
    const marked = { ...argo, 'shop/settings.yaml': settings.replace('name: settings', mark) };
    const gone = { 'shop/kustomization.yaml': 'resources: [other.yaml]\n' };
    expect(objectLines(planFiles(marked, gone))).toEqual(['argocd ConfigMap/settings delete pruned']);
    const root: Files = {
      'root/kustomization.yaml': 'resources: [root.yaml]\n',
      'root/root.yaml': application('prune: true').replaceAll('shop', 'argocd'),
      ...marked,
      'argocd/shop.yaml': application('prune: true', finalizer),
    };
    const plan = planFiles(root, { 'argocd/kustomization.yaml': 'resources: []\n' });
    expect(objectLines(plan)).toContain('root ConfigMap/settings orphan protected');
    expect(objectLines(plan)).toContain('root ConfigMap/other delete owner-deleted');
  });

  it('that an ApplicationSet no longer makes takes along what it applied, unless the set keeps it', () => {
    const set = (elements: string, more = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
  goTemplate: true
  generators:
    - list:
        elements: [${elements}]
${more}  template:
    metadata: {name: '{{.name}}'}
    spec:
      project: default
      source: {repoURL: https://git.example.com/team/fleet.git, path: '{{.name}}', targetRevision: main}
      destination: {server: https://kubernetes.default.svc, namespace: shop}
      syncPolicy: {automated: {prune: true}}
`;
    const one = '{name: shop}';
    const both = `${one}, {name: more}`;
    const base = (more = ''): Files => ({
      'argocd/kustomization.yaml': 'resources: [set.yaml]\n',
      'argocd/set.yaml': set(both, more),
      'shop/kustomization.yaml': 'resources: [settings.yaml]\n',
      'shop/settings.yaml': settings,
      'more/kustomization.yaml': 'resources: [other.yaml]\n',
      'more/other.yaml': other,
    });
    expect(objectLines(planFiles(base(), { 'argocd/set.yaml': set(one) }))).toContain(
      'argocd ConfigMap/other delete owner-deleted',
    );
    const kept = '  syncPolicy: {preserveResourcesOnDeletion: true}\n';
    expect(objectLines(planFiles(base(kept), { 'argocd/set.yaml': set(one, kept) }))).toContain(
      'argocd ConfigMap/other orphan owner-orphans',
    );
    const held = '  syncPolicy: {applicationsSync: create-only}\n';
    expect(objectLines(planFiles(base(held), { 'argocd/set.yaml': set(one, held) }))).toContain(
      'argocd ConfigMap/other orphan owner-kept',
    );
  });

  it('leaves everything where it has no finalizer', () => {
    const root: Files = {
      'root/kustomization.yaml': 'resources: [root.yaml]\n',
      'root/root.yaml': application('prune: true').replaceAll('shop', 'argocd'),
      ...argo,
    };
    const gone = { 'argocd/kustomization.yaml': 'resources: []\n' };
    expect(objectLines(planFiles(root, gone))).toContain('root ConfigMap/other orphan owner-orphans');
    const finalized = { ...root, 'argocd/shop.yaml': application('prune: true', finalizer) };
    expect(objectLines(planFiles(finalized, gone))).toContain('root ConfigMap/other delete owner-deleted');
  });
});

describe('a cluster that begins at another directory', () => {
  const source = fluxCluster('x')['x/gotk-sync.yaml']?.split('---')[0] ?? '';
  const base: Files = {
    'flux/kustomization.yaml': 'resources: [source.yaml, apps.yaml]\n',
    'flux/source.yaml': source,
    'flux/apps.yaml': fluxKustomization('apps', 'apps'),
    'apps/kustomization.yaml': 'resources: [system, settings.yaml]\n',
    'apps/settings.yaml': settings,
    'apps/system/kustomization.yaml': 'resources: [other.yaml]\n',
    'apps/system/other.yaml': other,
  };
  const begun = {
    'apps/system/kustomization.yaml': 'resources: [other.yaml, sync.yaml]\n',
    'apps/system/sync.yaml': fluxKustomization('flux-system', 'flux'),
  };

  it('is the same one: what is edited in it is told', () => {
    const plan = planFiles(base, { ...begun, 'apps/settings.yaml': settings.replace('a: b', 'a: c') });
    expect(plan.objects).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'settings', actions: ['update'] })]),
    );
    expect(plan.objects.some(({ actions }) => actions.includes('delete'))).toBe(false);
  });
});

describe('a kustomization that is new over manifests that people applied', () => {
  const configMap = (name: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\n`;
  const before = { 'app/a.yaml': configMap('a'), 'app/old.yaml': configMap('old') };
  const list = 'resources: [a.yaml, b.yaml]\n';
  const edits = {
    'app/kustomization.yaml': list,
    'app/b.yaml': configMap('b'),
    'app/old.yaml': undefined,
  };

  it('creates what they did not have', () => {
    const lines = objectLines(planFiles(before, edits));
    expect(lines).toContain('app ConfigMap/b create created');
    expect(lines).toContain('manifests outside any kustomization ConfigMap/old orphan left-to-people');
    expect(lines.filter((line) => line.includes('ConfigMap/a ') && line.startsWith('manifests'))).toEqual([]);
  });
});

describe('one object in several files of no kustomization', () => {
  const copies: Files = { 'releases/east/a.yaml': settings, 'releases/west/a.yaml': settings };
  const linesAfter = (edits: Readonly<Record<string, string | undefined>>): string[] =>
    rowLines(planFiles(copies, edits));

  it('changes in the file that is edited, whichever it is', () => {
    const edited = settings.replace('a: b', 'a: c');
    expect(linesAfter({ 'releases/east/a.yaml': edited })).toEqual([
      'changes updated releases/east/a.yaml:6',
    ]);
    expect(linesAfter({ 'releases/west/a.yaml': edited })).toEqual([
      'changes updated releases/west/a.yaml:6',
    ]);
    const both = planFiles(copies, { 'releases/east/a.yaml': edited, 'releases/west/a.yaml': edited });
    expect(both.rows.map(({ title, details }) => [title, ...details])).toEqual([
      [
        'ConfigMap shop/settings changes: data.a (2 edited lines)',
        'also edited: line 6 of releases/west/a.yaml',
      ],
    ]);
    expect(both.objects).toHaveLength(2);
    const other = planFiles(copies, {
      'releases/east/a.yaml': edited,
      'releases/west/a.yaml': settings.replace('a: b', 'b: c'),
    });
    expect(rowLines(other)).toHaveLength(2);
  });

  it('is created with another file, left behind with one that goes, and the same in one that is renamed', () => {
    expect(linesAfter({ 'releases/south/a.yaml': settings })).toEqual([
      'changes created releases/south/a.yaml:1',
    ]);
    expect(linesAfter({ 'releases/west/a.yaml': undefined })).toEqual([
      'silent left-to-people releases/west/a.yaml:1 (base)',
    ]);
    expect(linesAfter({ 'releases/west/a.yaml': undefined, 'releases/north/a.yaml': settings })).toEqual([
      'silent without-effect releases/north/a.yaml:1',
    ]);
  });
});
