import { describe, expect, it } from 'vitest';
import {
  type Files,
  fluxCluster,
  fluxKustomization,
  objectLines,
  planFiles,
  rowLines,
} from '../support/plan-files.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:2.4.1
`;

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 5Gi
`;

const base: Files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': 'resources:\n  - web.yaml\n  - claim.yaml\n',
  'apps/web.yaml': deployment,
  'apps/claim.yaml': claim,
};

function edited(file: string, from: string, to: string): Record<string, string> {
  const text = base[file] ?? '';
  expect(text).toContain(from);
  return { [file]: text.replace(from, to) };
}

describe('an object that leaves its owner', () => {
  it('is deleted by an owner that prunes, at the entry that is gone', () => {
    const plan = planFiles(base, { 'apps/kustomization.yaml': 'resources:\n  - web.yaml\n' });
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data delete pruned']);
    expect(rowLines(plan)).toEqual(['destroys pruned apps/kustomization.yaml:3 (base)']);
  });

  it('is one of several that a deleted file had, with one safe way for all of them', () => {
    const crd = (name: string): string =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${name}s.example.org}\n`;
    const listed = {
      ...base,
      'apps/kustomization.yaml': 'resources: [web.yaml, crds.yaml]\n',
      'apps/crds.yaml': ['one', 'two', 'three'].map(crd).join('---\n'),
    };
    const plan = planFiles(listed, {
      'apps/kustomization.yaml': 'resources: [web.yaml]\n',
      'apps/crds.yaml': undefined,
    });
    expect(plan.rows.map(({ title, safe }) => [title, safe[0]?.text])).toEqual([
      [
        '3 CustomResourceDefinitions are deleted (3 edited lines)',
        'in an earlier change, and wait until the clusters have it: annotate each of the 3 objects with kustomize.toolkit.fluxcd.io/prune: disabled',
      ],
    ]);
  });

  it('stays behind an owner that does not prune', () => {
    const unpruned = {
      ...base,
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', 'prune: false'),
    };
    const plan = planFiles(unpruned, { 'apps/kustomization.yaml': 'resources:\n  - web.yaml\n' });
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data orphan left-behind']);
  });

  it('stays where the base says that it must', () => {
    const mark = 'name: data\n  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}';
    const marked = { ...base, 'apps/claim.yaml': claim.replace('name: data', mark) };
    const plan = planFiles(marked, { 'apps/kustomization.yaml': 'resources:\n  - web.yaml\n' });
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data orphan protected']);
  });
});

describe('an object of a kustomization with a remote base', () => {
  const remote = (version: string): string => `  - https://git.example.com/team/base?ref=${version}\n`;
  const list = (...entries: readonly string[]): string =>
    `resources:\n${entries.map((one) => (one.startsWith(' ') ? one : `  - ${one}\n`)).join('')}`;
  const all = { ...base, 'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', remote('1.0')) };
  const some = { ...base, 'apps/kustomization.yaml': list('web.yaml', remote('1.0')) };

  it.each<[string, Files, string, readonly string[]]>([
    ['is deleted with its entry', all, list('web.yaml', remote('1.0')), ['delete pruned']],
    ['is created with its entry', some, list('web.yaml', 'claim.yaml', remote('1.0')), ['create created']],
    [
      'may come from another version of the base',
      all,
      list('web.yaml', remote('2.0')),
      ['unknown not-built'],
    ],
    ['may be in the base that replaces it', base, list('web.yaml', remote('1.0')), ['unknown not-built']],
    [
      'may have been in the base that it replaces',
      some,
      list('web.yaml', 'claim.yaml'),
      ['unknown not-built'],
    ],
    ['may be in either', some, list('web.yaml', 'claim.yaml', remote('2.0')), ['unknown not-built']],
  ])('%s', (_, before, after, expected) => {
    const lines = objectLines(planFiles(before, { 'apps/kustomization.yaml': after }));
    const prefix = 'prod PersistentVolumeClaim/data ';
    expect(lines.flatMap((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : []))).toEqual(
      expected,
    );
  });

  it('is unknown where nothing else is rendered', () => {
    const alone = { ...base, 'apps/kustomization.yaml': list('claim.yaml', remote('1.0')) };
    const plan = planFiles(alone, { 'apps/kustomization.yaml': list(remote('1.0')) });
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data unknown not-built']);
  });

  it('goes with its owner, if a kustomization with such a base holds that', () => {
    const listed = {
      ...base,
      'clusters/prod/kustomization.yaml': list('gotk-sync.yaml', 'apps.yaml', remote('1.0')),
    };
    const plan = planFiles(listed, {
      'clusters/prod/kustomization.yaml': list('gotk-sync.yaml', remote('1.0')),
    });
    expect(rowLines(plan)).toEqual(['destroys owner-deleted clusters/prod/kustomization.yaml:3 (base)']);
  });
});

describe('an owner', () => {
  it('that gets another name deletes what it applied while the new one applies it', () => {
    const plan = planFiles(base, edited('clusters/prod/apps.yaml', 'name: apps', 'name: workloads'));
    expect(objectLines(plan)).toEqual([
      'prod Deployment/web delete,create owner-renamed',
      'prod Kustomization/apps delete pruned',
      'prod Kustomization/workloads create created',
      'prod PersistentVolumeClaim/data delete,create owner-renamed',
    ]);
    expect(rowLines(plan)[0]).toBe('destroys owner-renamed clusters/prod/apps.yaml:4');
  });

  it('that goes takes along what it applied', () => {
    const plan = planFiles(base, { 'clusters/prod/apps.yaml': undefined });
    expect(rowLines(plan)).toEqual(['destroys owner-deleted clusters/prod/apps.yaml:1 (base)']);
    expect(plan.rows[0]?.objects.map(({ name }) => name).sort()).toEqual(['apps', 'data', 'web']);
    expect(plan.rows[0]?.details).toEqual([]);
  });

  it('that goes with an entry is told there, although its file is edited as well', () => {
    const listed = {
      ...base,
      'clusters/prod/kustomization.yaml': 'resources:\n  - gotk-sync.yaml\n  - apps.yaml\n',
    };
    const plan = planFiles(listed, {
      'clusters/prod/kustomization.yaml': 'resources:\n  - gotk-sync.yaml\n',
      ...edited('clusters/prod/apps.yaml', 'prune: true', 'prune: true\n  suspend: true'),
    });
    expect(rowLines(plan)).toEqual(['destroys owner-deleted clusters/prod/kustomization.yaml:3 (base)']);
  });

  it('that goes leaves what its deletionPolicy keeps', () => {
    const more = 'prune: true\ndeletionPolicy: Orphan';
    const kept = { ...base, 'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', more) };
    const plan = planFiles(kept, edited('clusters/prod/apps.yaml', 'name: apps', 'name: workloads'));
    expect(objectLines(plan)).toContain('prod PersistentVolumeClaim/data adopt adopted');
  });
});

describe('an update', () => {
  it('of an image restarts pods, at the line of the image', () => {
    const plan = planFiles(base, edited('apps/web.yaml', '2.4.1', '2.5.0'));
    expect(objectLines(plan)).toEqual(['prod Deployment/web update,rollout restarts']);
    expect(rowLines(plan)).toEqual(['disrupts restarts apps/web.yaml:16']);
    expect(plan.rows[0]).toMatchObject({
      title: 'Deployment shop/web restarts its pods: image web 2.4.1 → 2.5.0',
      pods: 2,
    });
  });

  it('that the API server refuses stops the stage', () => {
    const plan = planFiles(base, edited('apps/claim.yaml', '5Gi', '2Gi'));
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data refused refused']);
    expect(rowLines(plan)).toEqual(['breaks refused apps/claim.yaml:10']);
  });

  it('that the API server refuses deletes the object under force', () => {
    const more = 'prune: true\nforce: true';
    const forced = { ...base, 'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', more) };
    const plan = planFiles(forced, edited('apps/claim.yaml', '5Gi', '2Gi'));
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data delete,create recreated']);
    expect(rowLines(plan)).toEqual(['destroys recreated apps/claim.yaml:10']);
  });

  it('in other words changes nothing', () => {
    const plan = planFiles(base, edited('apps/claim.yaml', 'storage: 5Gi', 'storage: 5120Mi'));
    expect(objectLines(plan)).toEqual(['prod PersistentVolumeClaim/data no-op same-meaning']);
  });
});

describe('an edit', () => {
  it('that leaves every build as it was is said once', () => {
    const plan = planFiles(
      base,
      edited('apps/claim.yaml', 'kind: PersistentVolumeClaim', 'kind: PersistentVolumeClaim # big'),
    );
    expect(plan.objects).toEqual([]);
    expect(rowLines(plan)).toEqual(['silent without-effect apps/claim.yaml:2']);
  });

  it.each<readonly [string, Files]>([
    ['edited', { ...base, 'apps/other.yaml': settingsNamed('other') }],
    ['new', base],
  ])('of a file that no build reads, %s, is said', (_, before) => {
    const plan = planFiles(before, { 'apps/other.yaml': settingsNamed('another') });
    expect(plan.objects).toEqual([]);
    expect(plan.rows.map(({ title }) => title)).toEqual([
      'the edit of apps/other.yaml changes nothing: no build reads it',
    ]);
  });

  it('in a build that is not whole is not said to be nothing', () => {
    const plugin =
      'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: x}\nname: x\nversion: 1.0.0\n';
    const files = {
      ...base,
      'apps/kustomization.yaml': 'resources: [web.yaml]\ngenerators: [chart.yaml]\n',
      'apps/chart.yaml': plugin,
    };
    expect(rowLines(planFiles(files, { 'apps/chart.yaml': plugin.replace('1.0.0', '2.0.0') }))).toEqual([]);
  });

  it('of which another one takes part in a build that differs is not said to be nothing', () => {
    const plan = planFiles(base, {
      ...edited('apps/claim.yaml', 'name: data', 'name: data # big'),
      ...edited('apps/web.yaml', '2.4.1', '2.5.0'),
    });
    expect(rowLines(plan)).toEqual(['disrupts restarts apps/web.yaml:16']);
  });
});

describe('a build that fails', () => {
  const broken = { 'apps/kustomization.yaml': 'resources:\n  - web.yaml\n  - gone.yaml\n' };

  it('in the head deletes nothing', () => {
    const plan = planFiles(base, broken);
    expect(objectLines(plan)).toEqual([
      'prod Deployment/web unknown not-built',
      'prod PersistentVolumeClaim/data unknown not-built',
    ]);
  });

  it('in the base creates nothing', () => {
    const plan = planFiles(
      { ...base, ...broken },
      { 'apps/kustomization.yaml': base['apps/kustomization.yaml'] },
    );
    expect(objectLines(plan)).toEqual([
      'prod Deployment/web unknown not-built',
      'prod PersistentVolumeClaim/data unknown not-built',
    ]);
  });

  it('of what applies an owner creates nothing of that owner either, but what is new in the files', () => {
    const list = (...names: readonly string[]): string => `resources: [gotk-sync.yaml, ${names.join()}]\n`;
    const path = 'clusters/prod/kustomization.yaml';
    const before = { ...base, [path]: list('apps.yaml', 'gone.yaml') };
    const lines = [
      'prod Deployment/web unknown not-built',
      'prod PersistentVolumeClaim/data unknown not-built',
    ];
    const whole = planFiles(before, { [path]: list('apps.yaml') });
    expect(objectLines(whole)).toEqual(expect.arrayContaining(lines));
    expect(rowLines(whole)).toEqual([`silent not-built ${path}:1`]);
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n';
    const more = planFiles(before, {
      [path]: list('apps.yaml'),
      'apps/kustomization.yaml': 'resources:\n  - web.yaml\n  - claim.yaml\n  - settings.yaml\n',
      'apps/settings.yaml': settings,
    });
    expect(objectLines(more)).toEqual(
      expect.arrayContaining([...lines, 'prod ConfigMap/settings create created']),
    );
  });

  it('of what applies an owner leaves the fate of the owner open', () => {
    const cluster = {
      ...base,
      'clusters/prod/kustomization.yaml': 'resources: [gotk-sync.yaml, apps.yaml]\n',
    };
    const plan = planFiles(cluster, {
      'clusters/prod/kustomization.yaml': 'resources: [gotk-sync.yaml, gone.yaml]\n',
    });
    expect(plan.objects.filter(({ actions }) => actions.includes('delete'))).toEqual([]);
  });
});

describe('a ResourceSet', () => {
  const set = (value: string, inputs = '{name: web}'): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: {name: shops, namespace: shop}
spec:
  inputs: [${inputs}]
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: {name: "<< inputs.name >>", namespace: shop}
      data: {value: "${value}"}
`;
  const base = {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
    'apps/set.yaml': set('<< inputs.name >>'),
  };
  const changedTo = (text: string): string[] => objectLines(planFiles(base, { 'apps/set.yaml': text }));

  it('deletes what it no longer makes', () => {
    expect(changedTo(set('<< inputs.name >>', '{name: site}'))).toContain('prod ConfigMap/web delete pruned');
  });

  it.each([
    ['an input that is missing', set('<< inputs.other >>')],
    ['a template that cannot be evaluated', set('<< inputs.name | nothing >>')],
  ])('leaves all as it is over %s', (_, text) => {
    expect(changedTo(text).filter((line) => line.includes('ConfigMap'))).toEqual([
      'prod ConfigMap/web freeze owner-refused',
    ]);
  });

  it.each([
    ['an input that is missing', set('<< inputs.other >>')],
    ['a template that cannot be evaluated', set('<< inputs.name | nothing >>')],
  ])('makes what it makes where its error is corrected: %s', (_, text) => {
    const found = planFiles(
      { ...base, 'apps/set.yaml': text },
      { 'apps/set.yaml': set('<< inputs.name >>') },
    );
    expect(objectLines(found).some((line) => line.includes('unknown'))).toBe(false);
  });
});

function settingsNamed(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\n`;
}
