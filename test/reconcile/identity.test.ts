import { describe, expect, it } from 'vitest';
import { nameOf, type Resource } from '../../src/object/resource.ts';
import { inventoryKey, stableKey } from '../../src/reconcile/cluster.ts';
import { clusterKey, ownerKey } from '../../src/reconcile/reconciliation.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

function revision(value: string, more: Readonly<Record<string, string>> = {}) {
  return discoverFiles(
    {
      'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization(
        'apps',
        './apps',
        'commonMetadata: { labels: { team: shop } }',
        'postBuild: { substitute: { MODE: fast } }',
      ),
      'apps/kustomization.yaml': `namespace: app
configMapGenerator:
  - name: settings
    literals: [value=${value}, "mode=\${MODE}"]
  - name: fixed
    literals: [value=${value}]
    options: { disableNameSuffixHash: true }
`,
      ...more,
    },
    { alternatives: ['by-hand'] },
  );
}

function resourcesOf(discovery: ReturnType<typeof revision>): readonly Resource[] {
  return discovery.clusters
    .flatMap(({ reconciliations }) => reconciliations)
    .flatMap((one) => (one.name === 'apps' ? one.build.resources : []));
}

describe('what is known in two revisions by the same id', () => {
  const [before, after] = [revision('1'), revision('2')];

  it('an object whose name has a hash of its content', () => {
    const [old, current] = [resourcesOf(before), resourcesOf(after)];
    expect(old.map(({ object }) => nameOf(object))).not.toEqual(current.map(({ object }) => nameOf(object)));
    expect(old.map(({ unhashedName }) => unhashedName).sort()).toEqual(['settings', undefined]);
    expect(old.map(stableKey)).toEqual(current.map(stableKey));
    expect(old.map(inventoryKey)).not.toEqual(current.map(inventoryKey));
  });

  it('a cluster, whatever others are found next to it, and its owners', () => {
    const other = {
      'clusters/copy/prod/sync.yaml': fluxKustomization('apps', './apps'),
      'by-hand/prod/a.yaml': fluxKustomization('apps', './apps'),
    };
    const beside = revision('1', other);
    const [cluster] = before.clusters;
    const same = beside.clusters.find(({ id }) => clusterKey(id) === clusterKey(cluster?.id ?? { root: '' }));
    expect([cluster?.name, same?.name]).toEqual(['prod', 'clusters/prod']);
    expect(same?.reconciliations.map(({ id }) => ownerKey(id))).toEqual(
      cluster?.reconciliations.map(({ id }) => ownerKey(id)),
    );
    expect(beside.clusters.map(({ id }) => id)).toEqual([
      { root: 'clusters/prod' },
      { root: 'by-hand/prod', alternative: 'by-hand' },
      { root: 'clusters/copy/prod' },
    ]);
    const keys = beside.clusters.flatMap(({ reconciliations }) =>
      reconciliations.map(({ id }) => ownerKey(id)),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('an object by its own name where nothing was added', () => {
    const files = {
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/a.yaml': configMap('a-1', 'k: v'),
    };
    const [resource] = resourcesOf(revision('1', files));
    expect(resource && [stableKey(resource), resource.unhashedName]).toEqual([
      resource && inventoryKey(resource),
      undefined,
    ]);
  });
});
