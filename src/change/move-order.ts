import { ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';
import { type ClusterPair, declares } from './cluster-pair.ts';
import type { Held } from './effect.ts';
import { dependants } from './owner.ts';

/** Which of two owners is done with a new revision before the other begins with it. */
export type MoveOrder = 'new-first' | 'old-first' | 'either';

/**
 * The order in which Flux lets the old and the new owner of an object come to a new revision: both are told of it at once, so that only
 * what one waits for counts, and of an owner that is there already only what it waits for in the base as well, by which it may still go.
 */
export function orderOfMove(
  base: Held,
  head: Held,
  oldOwner: Reconciliation,
  cluster: ClusterPair,
): MoveOrder {
  const before = cluster.base.byKey.get(ownerKey(head.owner.id));
  if (before === undefined) {
    const isBehind = declares(oldOwner, head.owner) || waits(head.owner, oldOwner, cluster.head);
    return isBehind ? 'old-first' : 'either';
  }
  if (waits(base.owner, before, cluster.base) && waits(oldOwner, head.owner, cluster.head))
    return 'new-first';
  return waits(before, base.owner, cluster.base) && waits(head.owner, oldOwner, cluster.head)
    ? 'old-first'
    : 'either';
}

function waits(one: Reconciliation, other: Reconciliation, { all }: ClusterPair['head']): boolean {
  return dependants(other, all).includes(one);
}
