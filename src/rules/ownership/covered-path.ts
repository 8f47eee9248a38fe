import { knownOnce } from '../../object/known-once.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { isBelow } from '../../source/path.ts';

/** An owner whose directory another one applies whole. */
export interface CoveredPath {
  readonly outer: Reconciliation;
  readonly inner: Reconciliation;
}

/** The pairs of one cluster whose directories lie within each other and that share every object of the inner one. */
export const coveredPaths: (cluster: Cluster) => readonly CoveredPath[] = knownOnce((cluster: Cluster) => {
  const shared = new Map<Reconciliation, Map<Reconciliation, number>>();
  for (const owned of cluster.inventory.values()) {
    if (owned.length < 2) continue;
    for (const { owner } of owned)
      for (const { owner: other } of owned) {
        if (owner === other) continue;
        const counts = shared.get(owner) ?? new Map<Reconciliation, number>();
        shared.set(owner, counts);
        counts.set(other, (counts.get(other) ?? 0) + 1);
      }
  }
  const pairs: CoveredPath[] = [];
  for (const [inner, counts] of shared) {
    for (const [outer, count] of counts) {
      if (inner.path === undefined || outer.path === undefined || !isBelow(inner.path, outer.path)) continue;
      if (count < inner.build.resources.length) continue;
      const isSame = inner.path === outer.path;
      if (!isSame || !pairs.some((pair) => pair.outer === inner && pair.inner === outer))
        pairs.push({ outer, inner });
    }
  }
  return pairs;
});
