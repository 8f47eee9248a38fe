import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { wholeChange } from '../../src/run/change-by-base.ts';
import { judge } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type Files, fluxCluster, fluxKustomization, rowLines } from '../support/plan-files.ts';

const settings = (address: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: {ADDRESS: ${address}, NAME: data}\n`;
const service = `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  type: LoadBalancer\n  loadBalancerIP: \${ADDRESS}\n  ports: [{port: 80}]\n`;
const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: "\${NAME}", namespace: shop}\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 5Gi}}\n`;
const from = 'prune: true\npostBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}';

const apps: Files = {
  'apps/kustomization.yaml': 'resources: [web.yaml, claim.yaml]\n',
  'apps/web.yaml': service,
  'apps/claim.yaml': claim,
};

function clusterAt(directory: string, address: string): Files {
  return {
    ...fluxCluster(directory),
    [`${directory}/settings.yaml`]: settings(address),
    [`${directory}/apps.yaml`]: fluxKustomization('apps', 'apps', from),
  };
}

function plan(base: Files, head: Files): ChangeReport {
  const options = { fileSystem: memoryFileSystem(head), paths: [''] };
  const names = { base: { name: 'base' }, head: { name: 'head' } };
  const judged = { base: judge({ ...options, fileSystem: memoryFileSystem(base) }), head: judge(options) };
  return wholeChange(options, { ...judged, names });
}

function told(report: ChangeReport): string[] {
  const unknown = report.objects.filter(({ actions }) => actions.includes('unknown'));
  const grave = rowLines(report).filter((line) => /^(?:destroys|breaks)/u.test(line));
  return [...grave, ...unknown.map(({ kind, name }) => `unknown ${kind}/${name}`)];
}

describe('a cluster whose directory moves', () => {
  const base = {
    ...apps,
    ...clusterAt('clusters/one', '10.0.0.1'),
    ...clusterAt('clusters/two', '10.0.0.2'),
  };
  const moved = { ...clusterAt('fleet/first', '10.0.0.1'), ...clusterAt('fleet/second', '10.0.0.2') };

  it('keeps the variables that it has, since nobody deletes them', () => {
    expect(told(plan(base, { ...apps, ...moved }))).toEqual([]);
  });

  it('loses what the directory that it goes on with has no more', () => {
    const less = { ...apps, 'apps/kustomization.yaml': 'resources: [web.yaml]\n' };
    expect(told(plan(base, { ...less, ...moved }))).toEqual(['destroys pruned apps/kustomization.yaml:1']);
  });

  it('is told with all that happens to an object of which one thing is grave', () => {
    const core = {
      'clusters/one/core.yaml': fluxKustomization('core', 'core', 'prune: false'),
      'core/kustomization.yaml': 'resources: [web.yaml]\n',
      'core/web.yaml': service.replace(/\$.*\}/u, '10.0.0.8'),
    };
    const before = { ...clusterAt('clusters/one', '10.0.0.1'), ...apps, ...core };
    const listed = { ...before, 'apps/kustomization.yaml': 'resources: [claim.yaml]\n' };
    const after = {
      ...apps,
      ...clusterAt('fleet/first', '10.0.0.1'),
      'core/kustomization.yaml': 'resources: []\n',
      'fleet/first/core.yaml': fluxKustomization('core', 'core', 'prune: false'),
    };
    const report = plan(listed, after);
    expect(told(report)).toEqual(['breaks address-changes core/web.yaml:6 (base)']);
    const [moved] = report.objects.filter(({ kind, cluster }) => kind === 'Service' && cluster === 'one');
    expect(moved?.previousOwner).toBe('Kustomization flux-system/core');
  });
});
