import { describe, expect, it } from 'vitest';
import { fluxKustomization, objectLines, planFiles, rowLines } from '../support/plan-files.ts';

const chart = (version: string, image: string, more: Readonly<Record<string, string>> = {}) => ({
  [`.cdb-lint/sources/shop-${version}/Chart.yaml`]: `apiVersion: v2\nname: shop\nversion: ${version}\n`,
  [`.cdb-lint/sources/shop-${version}/values.yaml`]: 'replicas: 2\nextra: here\n',
  [`.cdb-lint/sources/shop-${version}/templates/web.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'registry.example.org/web:${image}' }] }
`,
  [`.cdb-lint/sources/shop-${version}/templates/config.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { extra: {{ .Values.extra | quote }} }
`,
  ...Object.fromEntries(
    Object.entries(more).map(([name, text]) => [`.cdb-lint/sources/shop-${version}/templates/${name}`, text]),
  ),
});

const release = (version: string, ...values: readonly string[]) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: charts, namespace: apps }
spec: { interval: 1h, url: 'https://charts.example.org' }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: apps }
spec:
  interval: 10m
  chart:
    spec:
      chart: shop
      version: ${version}
      sourceRef: { kind: HelmRepository, name: charts }
  values:
${values.map((line) => `    ${line}\n`).join('')}`;

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

const base = {
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/shop.yaml': release('1.0.0', 'replicas: 3', 'extra: mine'),
  ...chart('1.0.0', '1.0', { 'claim.yaml': claim }),
  ...chart('1.1.0', '1.1'),
};

describe('a plan of charts from elsewhere', () => {
  it('groups what an edited line of values changes by that line', () => {
    const plan = planFiles(base, { 'apps/shop.yaml': release('1.0.0', 'replicas: 5', 'extra: mine') });
    expect(objectLines(plan).filter((line) => line.includes('Deployment/web'))).toEqual([
      expect.stringContaining('Deployment/web'),
    ]);
    expect(plan.rows.map(({ place }) => place?.span.file.path)).toEqual(
      plan.rows.map(() => 'apps/shop.yaml'),
    );
    expect(rowLines(plan).every((line) => line.endsWith('apps/shop.yaml:17'))).toBe(true);
    expect(plan.rows.length).toBeGreaterThan(0);
  });

  it('lists what another version changes, at the line that says which', () => {
    const plan = planFiles(base, { 'apps/shop.yaml': release('1.1.0', 'replicas: 3', 'extra: mine') });
    const lines = objectLines(plan);
    expect(lines.some((line) => line.includes('Deployment/web') && line.includes('rollout'))).toBe(true);
    expect(lines.some((line) => line.includes('PersistentVolumeClaim/data') && line.includes('delete'))).toBe(
      true,
    );
    expect(lines.some((line) => line.includes('ConfigMap/settings'))).toBe(false);
    expect(plan.rows.find(({ reason }) => reason === 'pruned')?.severity).toBe('destroys');
    expect(new Set(rowLines(plan).map((line) => line.replace(/^.* /u, '')))).toEqual(
      new Set(['apps/shop.yaml:14']),
    );
  });

  it('says that it does not know where one of the two versions is not here', () => {
    const gone = planFiles(base, { 'apps/shop.yaml': release('9.0.0', 'replicas: 3') });
    const back = planFiles(
      { ...base, 'apps/shop.yaml': release('9.0.0', 'replicas: 3') },
      { 'apps/shop.yaml': base['apps/shop.yaml'] },
    );
    for (const { objects } of [gone, back]) {
      const made = objects.filter(({ kind }) => kind !== 'HelmRelease');
      expect(made.map(({ kind }) => kind).sort()).toEqual([
        'ConfigMap',
        'Deployment',
        'PersistentVolumeClaim',
      ]);
      expect(made.map(({ actions }) => actions)).toEqual(made.map(() => ['unknown']));
    }
    expect(gone.rows.filter(({ severity }) => severity === 'destroys')).toEqual([]);
  });
});
