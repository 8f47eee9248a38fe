import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
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
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:2.4.1", args: [a, b]}]}
`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {mode: old}
`;

function files(spec: string): Files {
  return {
    'argocd/kustomization.yaml': 'resources: [shop.yaml]\n',
    'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.com/team/fleet.git, path: shop, targetRevision: main}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
${spec}`,
    'shop/kustomization.yaml': 'resources: [web.yaml, claim.yaml, settings.yaml]\n',
    'shop/web.yaml': deployment,
    'shop/claim.yaml': claim,
    'shop/settings.yaml': settings,
  };
}

const automated = '  syncPolicy: {automated: {prune: true}, syncOptions: [RespectIgnoreDifferences=true]}\n';
const ignoring = (entry: string): string => `${automated}  ignoreDifferences:\n    - ${entry}\n`;

function detailsOf({ rows }: ChangeReport, name: string): readonly string[] {
  return rows.flatMap(({ objects, details }) => (objects.some((one) => one.name === name) ? details : []));
}

describe('what an Application ignores', () => {
  it.each([
    ['{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}', 'difference-ignored'],
    ['{group: "*", kind: "*", jqPathExpressions: [.spec.replicas]}', 'difference-ignored'],
    ['{group: apps, kind: Deployment, name: other, jsonPointers: [/spec/replicas]}', 'scaled'],
    ['{group: apps, kind: StatefulSet, jsonPointers: [/spec/replicas]}', 'scaled'],
    ['{group: apps, kind: Deployment, jqPathExpressions: [".spec | .replicas"]}', 'difference-ignored'],
    ['{group: apps, kind: Deployment, jqPathExpressions: [\'.spec["replicas"]\']}', 'difference-ignored'],
    ['{group: apps, kind: Deployment, jqPathExpressions: [".spec | .replicas?, .paused"]}', 'scaled'],
    ['{group: apps, kind: Deployment, jsonPointers: [/spec/revisionHistoryLimit]}', 'scaled'],
  ])('stays as it is where it respects that: %s', (entry, reason) => {
    const plan = planFiles(files(ignoring(entry)), {
      'shop/web.yaml': deployment.replace('replicas: 2', 'replicas: 5'),
    });
    expect(plan.objects.map((one) => one.reason)).toEqual([reason]);
  });

  it('is compared all the same where it does not', () => {
    const entry = '{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}';
    const base = files(ignoring(entry).replace('RespectIgnoreDifferences=true', ''));
    const plan = planFiles(base, { 'shop/web.yaml': deployment.replace('replicas: 2', 'replicas: 5') });
    expect(plan.objects.map((one) => one.reason)).toEqual(['scaled']);
  });

  it('is left out of what is checked besides, in lists as well', () => {
    const base = files(
      ignoring(
        '{group: apps, kind: Deployment, jqPathExpressions: [".spec.template.spec.containers[].args"]}',
      ),
    );
    const only = planFiles(base, { 'shop/web.yaml': deployment.replace('[a, b]', '[c]') });
    expect(only.objects.map((one) => one.reason)).toEqual(['difference-ignored']);
    const more = planFiles(base, {
      'shop/web.yaml': deployment.replace('[a, b]', '[c]').replace('2.4.1', '2.5.0'),
    });
    expect(more.rows.map(({ title }) => title)).toEqual([
      'Deployment shop/web restarts its pods: image web 2.4.1 → 2.5.0',
    ]);
  });

  it('is not refused', () => {
    const base = files(ignoring('{kind: PersistentVolumeClaim, jsonPointers: [/spec/accessModes]}'));
    const edits = { 'shop/claim.yaml': claim.replace('ReadWriteOnce', 'ReadWriteMany') };
    expect(objectLines(planFiles(base, edits))).toEqual([
      'argocd PersistentVolumeClaim/data no-op difference-ignored',
    ]);
    expect(objectLines(planFiles(files(automated), edits))).toEqual([
      'argocd PersistentVolumeClaim/data refused refused',
    ]);
  });
});

describe('a sync of Argo CD', () => {
  it('says what waits for an update that is refused', () => {
    const plan = planFiles(files(automated), {
      'shop/web.yaml': deployment.replaceAll('{app: web}', '{app: site}'),
      'shop/settings.yaml': settings
        .replace('namespace: shop', 'namespace: shop, annotations: {argocd.argoproj.io/sync-wave: "1"}')
        .replace('old', 'new'),
    });
    expect(detailsOf(plan, 'web')).toContain(
      'the sync of Application argocd/shop fails: the rest of its wave is applied, but later waves and hooks are not',
    );
    expect(detailsOf(plan, 'settings')).toContain('it waits while Deployment shop/web is refused');
  });

  it('says that someone has to confirm a deletion', () => {
    const mark = 'namespace: shop, annotations: {argocd.argoproj.io/sync-options: Prune=confirm}';
    const base = {
      ...files(automated),
      'shop/claim.yaml': claim.replace('namespace: shop', mark),
    };
    const plan = planFiles(base, { 'shop/kustomization.yaml': 'resources: [web.yaml, settings.yaml]\n' });
    expect(plan.rows.map(({ severity, reason }) => `${severity} ${reason}`)).toEqual(['changes protected']);
    expect(detailsOf(plan, 'data')).toEqual([
      'the sync waits until someone confirms it: until then, nothing else of its wave or of later waves is applied',
    ]);
  });
});

const chart: Files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': 'resources: [release.yaml]\n',
  'apps/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: shop}
spec:
  interval: 10m
  chart:
    spec:
      chart: ./charts/shop
      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
`,
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/templates/settings.yaml': settings,
  'charts/shop/templates/claim.yaml': claim,
  'charts/shop/templates/kept.yaml': claim.replace(
    'name: data',
    'name: kept, annotations: {helm.sh/resource-policy: keep}',
  ),
  'charts/shop/templates/hook.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop, annotations: {helm.sh/hook: pre-upgrade}}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:1.0.0"}]}
`,
};

describe('a release of a chart of the repository', () => {
  it('deletes what leaves the chart, except for what Helm keeps', () => {
    const plan = planFiles(chart, {
      'charts/shop/templates/claim.yaml': undefined,
      'charts/shop/templates/kept.yaml': undefined,
    });
    expect(objectLines(plan)).toEqual([
      'prod PersistentVolumeClaim/data delete pruned',
      'prod PersistentVolumeClaim/kept orphan protected',
    ]);
  });

  it('is uninstalled with its HelmRelease, unless that is suspended', () => {
    const gone = { 'apps/kustomization.yaml': 'resources: []\n', 'apps/release.yaml': undefined };
    // What lies in the chart is nobody's manifest from then on, and is created nowhere.
    expect(objectLines(planFiles(chart, gone))).toEqual([
      'prod ConfigMap/settings delete owner-deleted',
      'prod HelmRelease/shop delete pruned',
      'prod Job/migrate delete owner-deleted',
      'prod PersistentVolumeClaim/data delete owner-deleted',
      'prod PersistentVolumeClaim/kept orphan protected',
    ]);
    const suspended = {
      ...chart,
      'apps/release.yaml': `${chart['apps/release.yaml'] ?? ''}  suspend: true\n`,
    };
    expect(objectLines(planFiles(suspended, gone))).toEqual(
      expect.arrayContaining(['prod PersistentVolumeClaim/data orphan owner-orphans']),
    );
  });

  it('runs a hook that changes, and no server sees an update', () => {
    const text = chart['charts/shop/templates/hook.yaml'] ?? '';
    const plan = planFiles(chart, { 'charts/shop/templates/hook.yaml': text.replace('1.0.0', '1.1.0') });
    expect(objectLines(plan)).toEqual(['prod Job/migrate delete,create hook']);
    expect(plan.summary.breaks).toBe(0);
  });
});

describe('an ApplicationSet that leaves, of which only the cluster knows what it made', () => {
  const set = (policy: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: agents, namespace: argocd}
spec:
  goTemplate: true
${policy}  generators: [{clusters: {selector: {matchLabels: {agents: "yes"}}}}]
  template:
    metadata: {name: 'agent-{{.name}}'}
    spec:
      project: default
      source: {repoURL: https://git.example.com/team/other.git, path: agents, targetRevision: main}
      destination: {server: '{{.server}}', namespace: agents}
`;
  const leaves = (policy: string): ChangeReport =>
    planFiles(
      {
        ...files(automated),
        'shop/kustomization.yaml': 'resources: [web.yaml, set.yaml]\n',
        'shop/set.yaml': set(policy),
      },
      { 'shop/kustomization.yaml': 'resources: [web.yaml]\n' },
    );

  it('takes its Applications with it, and breaks what they applied', () => {
    const plan = leaves('');
    expect(plan.rows.filter(({ severity }) => severity === 'breaks')).toHaveLength(1);
    expect(detailsOf(plan, 'agents').join()).toContain(
      'the Applications that it generates are deleted with it',
    );
  });

  it('is a plain change where it says that their objects stay', () => {
    const plan = leaves('  syncPolicy: {preserveResourcesOnDeletion: true}\n');
    expect(plan.rows.map(({ severity }) => severity)).not.toContain('breaks');
    expect(detailsOf(plan, 'agents')).toEqual([]);
  });
});

describe('an ApplicationSet', () => {
  const application = (name: string): string => `    metadata: {name: ${name}}
    spec:
      project: default
      source: {repoURL: https://git.example.com/team/fleet.git, path: shop, targetRevision: main}
      destination: {server: https://kubernetes.default.svc, namespace: shop}
      syncPolicy: {automated: {prune: true}}
`;
  const list = 'list: {elements: [{name: shop}]}';
  const set = (generator: string, more = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
${more}  generators: [${generator}]
  template:
${application('"{{name}}"')}`;
  const base: Files = { ...files(automated), 'argocd/shop.yaml': set(`{${list}}`) };
  const changedTo = (text: string): string[] => objectLines(planFiles(base, { 'argocd/shop.yaml': text }));

  it('deletes what it no longer generates', () => {
    expect(changedTo(set('{list: {elements: [{name: store}]}}'))).toContain(
      'argocd PersistentVolumeClaim/data delete,create owner-renamed',
    );
  });

  it.each([
    ['a patch that is no YAML', set(`{${list}}`, '  templatePatch: "{{- if x }}\\n{}\\n{{- end }}"\n')],
    ['a generator that is refused', set('{list: {elements: [{name: 1}]}}')],
    [
      'an option that no template has',
      set(`{${list}}`, '  goTemplate: true\n  goTemplateOptions: [missingkey=wrong]\n'),
    ],
    [
      'a parameter that is missing where that is an error',
      set(`{${list}}`, '  goTemplate: true\n  goTemplateOptions: [missingkey=error]\n').replace(
        '{{name}}',
        '{{.other}}',
      ),
    ],
  ])('leaves all as it is over %s', (_, text) => {
    const found = planFiles(base, { 'argocd/shop.yaml': text });
    expect(objectLines(found).filter((line) => /delete|create/u.test(line))).toEqual([]);
    expect(found.rows.map(({ severity, title }) => [severity, title])).toContainEqual([
      'breaks',
      'ApplicationSet argocd/apps has an error: all that it generated stays as it is',
    ]);
  });

  it('that asks for clusters which only Argo CD knows says nothing of what it generated', () => {
    expect(changedTo(set('{clusters: {}}')).filter((line) => /delete|orphan/u.test(line))).toEqual([]);
    expect(changedTo(set('{clusters: {}}'))).toContain('argocd Application/shop unknown not-built');
  });
});

describe('an Application of which less is rendered than before', () => {
  it('may still apply what is no longer seen', () => {
    const base = files(automated);
    const plugin = (base['argocd/shop.yaml'] ?? '').replace(
      'targetRevision: main',
      'targetRevision: main, plugin: {name: x}',
    );
    const lines = objectLines(planFiles(base, { 'argocd/shop.yaml': plugin }));
    expect(lines.filter((line) => /delete|orphan/u.test(line))).toEqual([]);
    expect(lines).toContain('argocd ConfigMap/settings unknown not-built');
    const back = objectLines(
      planFiles({ ...base, 'argocd/shop.yaml': plugin }, { 'argocd/shop.yaml': base['argocd/shop.yaml'] }),
    );
    expect(back.filter((line) => line.includes('create'))).toEqual([]);
    expect(back).toContain('argocd ConfigMap/settings unknown not-built');
  });
});

describe('what a chart is given', () => {
  const chart: Files = {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/values.yaml': 'mode: none\n',
    'charts/web/templates/settings.yaml': settings.replace('old', '{{ .Values.mode }}'),
    'charts/web/mode.txt': 'old',
  };
  const application = (helm: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  source:
    repoURL: https://git.example.com/team/fleet.git
    path: charts/web
    targetRevision: main
    helm:
${helm}`;
  const set = (mode: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - list:
        elements:
          - name: web
            mode: ${mode}
  template:
${application('      parameters: [{name: mode, value: "{{ .mode }}"}]\n')
  .split('\n')
  .filter((line) => !/^(?:apiVersion|kind)/u.test(line))
  .map((line) => `    ${line}\n`)
  .join('')
  .replace('name: web, namespace: argocd', 'name: "{{ .name }}"')}`;
  const parameter = (mode: string): string =>
    application(`      parameters:\n        - name: mode\n          value: ${mode}\n`);
  const fileParameter = application('      fileParameters: [{name: mode, path: mode.txt}]\n');

  it.each([
    [
      'a parameter',
      { 'argocd/web.yaml': parameter('old') },
      { 'argocd/web.yaml': parameter('new') },
      'argocd/web.yaml:14',
    ],
    [
      'what an ApplicationSet fills into one',
      { 'argocd/all.yaml': set('old') },
      { 'argocd/all.yaml': set('new') },
      'argocd/all.yaml:11',
    ],
    [
      'a file',
      { 'argocd/web.yaml': fileParameter },
      { 'charts/web/mode.txt': 'new' },
      'charts/web/mode.txt:1',
    ],
  ])('is set by %s, although the chart has a value of its own that changes', (_, base, edits, line) => {
    const plan = planFiles({ ...chart, ...base }, { ...edits, 'charts/web/values.yaml': 'mode: some\n' });
    const rows = rowLines({
      ...plan,
      rows: plan.rows.filter(({ objects }) => objects.some((one) => one.kind === 'ConfigMap')),
    });
    expect(rows).toEqual([`changes updated ${line}`]);
  });
});
