import { policyOf } from '../change/owner.ts';
import { protectionOf } from '../change/protection.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import type { Earlier } from '../reconcile/discover-options.ts';
import { clusterKey, ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';

/** What clusters of the base have when the head comes. */
export function earlierIn(owners: readonly Reconciliation[], builtFreely: Earlier['builtFreely']): Earlier {
  const before = new Map(owners.map((owner) => [ownerKey(owner.id), owner]));
  const byCluster = grouped(owners, ({ id }) => clusterKey(id.cluster));
  return {
    builtFreely,
    keptOf: keptIn(owners, before),
    hadFor: (id) => {
      const owner = before.get(ownerKey(id));
      if (owner === undefined || lacksSources(owner)) return [];
      return (byCluster.get(clusterKey(id.cluster)) ?? []).flatMap(({ build }) => build.resources);
    },
  };
}

function lacksSources({ build }: Reconciliation): boolean {
  return build.diagnostics.some(({ rule }) => rule === 'variable-source-missing');
}

/**
 * All that an owner applied where it cannot build any more, because then it deletes nothing (kustomize-controller 1.9.6, reconcile;
 * argo-cd 3.6, autoSync), and else what leaves it and is not deleted.
 */
function keptIn(
  owners: readonly Reconciliation[],
  before: ReadonlyMap<string, Reconciliation>,
): Earlier['keptOf'] {
  const declared = new Map(owners.map((owner) => [owner.declaration, owner]));
  return (now) => {
    const owner = before.get(ownerKey(now.id));
    if (owner === undefined || isStopped(owner)) return [];
    const kept = isStopped(now) ? owner.build.resources : leftBehind(owner, now);
    return withAppliedBelow(kept, owner, declared);
  };
}

function isStopped({ build, isRefused }: Reconciliation): boolean {
  return !build.complete || isRefused === true;
}

function leftBehind(before: Reconciliation, now: Reconciliation): Resource[] {
  const prunes = policyOf(before).prunes || policyOf(now).prunes;
  const present = new Set(now.build.resources.map(inventoryKey));
  const isKept = (one: Resource): boolean => !prunes || protectionOf(one, before) !== undefined;
  return before.build.resources.filter((one) => !present.has(inventoryKey(one)) && isKept(one));
}

/** Objects, and what those of them apply that declare an owner of the same cluster. */
function withAppliedBelow(
  resources: readonly Resource[],
  { id }: Reconciliation,
  declared: ReadonlyMap<Resource | undefined, Reconciliation>,
): Resource[] {
  const all = new Set(resources);
  for (const one of all) {
    const below = declared.get(one);
    if (below === undefined || clusterKey(below.id.cluster) !== clusterKey(id.cluster)) continue;
    for (const resource of below.build.resources) all.add(resource);
  }
  return [...all];
}
