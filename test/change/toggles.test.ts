import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { fluxCluster, fluxKustomization, planFiles } from '../support/plan-files.ts';

const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {a: b}\n';

/** The rows of a change of the spec of the Kustomization `apps`, which `site` waits for. */
function planSpec(before: string, after: string): ChangeReport {
  const base = {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', before),
    'clusters/prod/site.yaml': fluxKustomization('site', 'site', 'prune: true\ndependsOn: [{name: apps}]'),
    'apps/settings.yaml': settings,
    'site/settings.yaml': settings.replaceAll('settings', 'site'),
  };
  return planFiles(base, { 'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', after) });
}

function told({ rows }: ChangeReport): string[] {
  return rows.map(({ severity, title, details }) => [`${severity} ${title}`, ...details].join('; '));
}

const apps = 'Kustomization flux-system/apps';

describe('a Flux Kustomization', () => {
  it.each([
    ['prune: true', 'prune: true\nsuspend: true', [`changes ${apps} is suspended; it applies 1 object`]],
    [
      'prune: true\nsuspend: true',
      'prune: true',
      [
        `changes ${apps} is resumed; it applies 1 object; all changes since it was suspended are applied at once, but this comparison knows only the base`,
      ],
    ],
    [
      'prune: false',
      'prune: true',
      [
        `changes ${apps} deletes objects removed from its source from now on; objects removed from the source before this change are no longer in an inventory, and stay`,
      ],
    ],
    ['prune: true', 'prune: false', [`changes ${apps} no longer deletes objects removed from its source`]],
    [
      'prune: true',
      'prune: true\nforce: true',
      [`disrupts ${apps} deletes objects that it cannot update from now on`],
    ],
    [
      'prune: true\ndeletionPolicy: Orphan',
      'prune: true\ndeletionPolicy: Delete',
      [`changes ${apps} deletes what it applied when it is deleted itself`],
    ],
    [
      'prune: true\nwait: true',
      'prune: true\nwait: false',
      [
        `changes ${apps} loses an ordering dependency: Kustomization flux-system/site continues as soon as it is applied`,
      ],
    ],
    [
      'prune: true\ndependsOn: [{name: site}]',
      'prune: true',
      [`changes ${apps} loses an ordering dependency: it no longer waits for site`],
    ],
    [
      'prune: true\npostBuild: {substitute: {color: red}}',
      'prune: true\npostBuild: {substitute: {color: blue}}',
      [`silent ${apps} changes variables that nothing uses: color; it builds the same with the old value`],
    ],
    [
      'prune: true\npostBuild:\n  substitute:\n    color: red',
      'prune: true\ntimeout: 5m\npostBuild:\n  substitute:\n    color: blue\n    shade: dark',
      [
        `changes ${apps} changes: spec.timeout`,
        `silent ${apps} changes variables that nothing uses: color, shade; it builds the same with the old value`,
      ],
    ],
    [
      'prune: true',
      'prune: true\npostBuild: {substitute: {color: red}}',
      [`silent ${apps} changes variables that nothing uses: color; it builds the same with the old value`],
    ],
    [
      'prune: true\npostBuild: {substitute: {color: red}, substituteStrategy: Always}',
      'prune: true\npostBuild: {substituteStrategy: Always}',
      [`silent ${apps} changes variables that nothing uses: color; it builds the same with the old value`],
    ],
    [
      'prune: true\npostBuild: {substitute: {color: red}}',
      'prune: true',
      [`silent ${apps} changes variables that nothing uses: color; it builds the same with the old value`],
    ],
    ['prune: true', 'prune: true\ntimeout: 5m', [`changes ${apps} changes: spec.timeout`]],
  ])('%j → %j', (before, after, rows) => {
    expect(told(planSpec(before, after))).toEqual(rows);
  });
});

describe('variables of a ConfigMap', () => {
  const variables = (color: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {color: ${color}, mode: a}\n`;
  const more = 'prune: true\npostBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}';

  it.each([
    ['data: {a: b}', ['silent reaches-nothing']],
    [`data: {a: "\${color}"}`, ['changes updated']],
  ])('that are read as %s', (data, rows) => {
    const base = {
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', more),
      'clusters/prod/vars.yaml': variables('red'),
      'apps/settings.yaml': settings.replace('data: {a: b}', data),
    };
    const found = planFiles(base, { 'clusters/prod/vars.yaml': variables('blue') });
    expect(found.rows.map(({ severity, reason }) => `${severity} ${reason}`)).toEqual(rows);
  });
});

describe('variables of a ConfigMap of which one is used', () => {
  const variables = (color: string, mode: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata:\n  color: ${color}\n  mode: ${mode}\n`;
  const from = 'postBuild:\n  substituteFrom: [{kind: ConfigMap, name: vars}]';

  it.each([
    [from, ['changes updated 5', 'silent reaches-nothing 6']],
    [`${from}\n  substitute: {color: green}`, ['silent reaches-nothing 5']],
  ])('tell them apart, by %j', (postBuild, rows) => {
    const base = {
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', `prune: true\n${postBuild}`),
      'clusters/prod/vars.yaml': variables('red', 'a'),
      'apps/settings.yaml': settings.replace('data: {a: b}', `data: {a: "\${color}"}`),
    };
    const { rows: found } = planFiles(base, { 'clusters/prod/vars.yaml': variables('blue', 'b') });
    const lines = found.map(({ severity, reason, place }) => {
      const { file, start } = place?.span ?? { file: { text: '' }, start: 0 };
      return `${severity} ${reason} ${file.text.slice(0, start).split('\n').length}`;
    });
    expect(lines).toEqual(rows);
  });
});

function planObject(text: string, from: string, to: string): ChangeReport {
  expect(text).toContain(from);
  const base = { 'shop/kustomization.yaml': 'resources: [object.yaml]\n', 'shop/object.yaml': text };
  return planFiles(base, { 'shop/object.yaml': text.replace(from, to) });
}

describe('a HelmRelease', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: shop}
spec:
  interval: 1h
  releaseName: web
  chart: {spec: {chart: web, version: 1.4.0, sourceRef: {kind: HelmRepository, name: web}}}
  values: {replicas: 2, image: {repository: example.com/web, tag: 1.4.0}}
`;
  const goes =
    'volumes that the chart creates are deleted with the old release, unless they have helm.sh/resource-policy: keep';

  it.each([
    [
      'releaseName: web',
      'releaseName: site',
      [`breaks HelmRelease shop/web is uninstalled and installed again: releaseName web → site; ${goes}`],
    ],
    ['releaseName: web', 'storageNamespace: shop', []],
    [
      'releaseName: web',
      'targetNamespace: web',
      [
        `breaks HelmRelease shop/web is uninstalled and installed again: targetNamespace shop → web, releaseName web → web-web; ${goes}`,
      ],
    ],
    [
      'version: 1.4.0',
      'version: 2.0.0',
      ['changes HelmRelease shop/web is upgraded: chart 1.4.0 → 2.0.0; the chart gets a new major version'],
    ],
    [
      'version: 1.4.0',
      'version: 1.3.9',
      [
        'changes HelmRelease shop/web is upgraded: chart 1.4.0 → 1.3.9; the chart goes back to an earlier version',
      ],
    ],
    [
      'tag: 1.4.0',
      'tag: 2.0.0',
      [
        'changes HelmRelease shop/web is upgraded: image example.com/web 1.4.0 → 2.0.0; the image gets a new major version',
      ],
    ],
    ['replicas: 2', 'replicas: 3', ['changes HelmRelease shop/web is upgraded: spec.values.replicas 2 → 3']],
    [
      '  releaseName: web\n',
      '  releaseName: web\n  suspend: true\n',
      ['changes HelmRelease shop/web is suspended'],
    ],
  ])('%j → %j', (from, to, rows) => {
    expect(told(planObject(release, from, to)).filter((row) => !row.includes(' changes: '))).toEqual(rows);
  });
});

describe('a source', () => {
  it('of another version names what is made of it', () => {
    const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: web, namespace: shop}
spec: {interval: 1h, url: "oci://example.com/charts/web", ref: {tag: 1.4.0}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: shop}
spec: {interval: 1h, chartRef: {kind: OCIRepository, name: web}}
`;
    expect(told(planObject(source, 'tag: 1.4.0', 'tag: 2.0.0'))).toEqual([
      'changes OCIRepository shop/web uses another revision: tag 1.4.0 → 2.0.0; it is a new major version; HelmRelease shop/web is built from it',
    ]);
    expect(told(planObject(source, 'charts/web', 'charts/site'))).toEqual([
      'changes OCIRepository shop/web uses another revision: url; HelmRelease shop/web is built from it',
    ]);
  });
});

describe('an Application', () => {
  const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://example.com/team/charts, path: web, targetRevision: v1}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy:
    automated: {prune: false}
    syncOptions: [CreateNamespace=true]
`;

  it.each([
    ['    automated: {prune: false}\n', '', 'changes Application argocd/web no longer syncs automatically'],
    [
      '{prune: false}',
      '{prune: false, enabled: false}',
      'changes Application argocd/web no longer syncs automatically',
    ],
    [
      '{prune: false}',
      '{prune: true}',
      'disrupts Application argocd/web deletes objects removed from its source from now on; the next sync',
    ],
    [
      '{prune: false}',
      '{selfHeal: true}',
      'changes Application argocd/web handles changes in the cluster differently: manual changes',
    ],
    [
      '[CreateNamespace=true]',
      '[Replace=true]',
      'disrupts Application argocd/web replaces its objects from now on',
    ],
    ['project: shop', 'project: all', 'changes Application argocd/web moves to a different project'],
  ])('%j → %j', (from, to, row) => {
    const [first] = told(planObject(application, from, to));
    expect(first).toContain(row);
  });

  it('that begins to sync by itself brings all that piled up', () => {
    const manual = application.replace('    automated: {prune: false}\n', '');
    const found = planObject(manual, '  syncPolicy:\n', '  syncPolicy:\n    automated: {}\n');
    expect(found.rows[0]).toMatchObject({ reason: 'sync-on', severity: 'changes' });
    expect(found.objects[0]?.actions).toEqual(['thaw']);
  });
});

describe('a CronJob', () => {
  it('that is suspended is frozen', () => {
    const job = `apiVersion: batch/v1
kind: CronJob
metadata: {name: web, namespace: shop}
spec:
  suspend: false
  schedule: "1 2 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: web, image: "web:1.4.0"}]}}}}
`;
    const found = planObject(job, 'suspend: false', 'suspend: true');
    expect(found.objects[0]).toMatchObject({ actions: ['freeze'], reason: 'suspends' });
  });
});
