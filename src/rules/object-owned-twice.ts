import { objectReference } from '../build/resource.ts';
import type { Owned } from '../reconcile/cluster.ts';
import { isLeftAlone } from '../reconcile/left-alone.ts';
import { describeReconciliation } from '../reconcile/reconciliation.ts';
import type { ClusterRule, RuleProblem } from './rule.ts';

/** Two owners of one object undo each other's changes, and the one that lets go of it deletes it. */
export const objectOwnedTwice: ClusterRule = {
  id: 'object-owned-twice',
  severity: 'error',
  scope: 'cluster',
  *judge({ inventory }) {
    for (const owned of inventory.values()) yield* judgeOwners(owned);
  },
};

function* judgeOwners([first, second]: readonly Owned[]): Iterable<RuleProblem> {
  if (first === undefined || second === undefined) return;
  if (first.owner === second.owner || isLeftAlone(first.resource)) return;
  const { kind, name, namespace } = objectReference(second.resource.object);
  const what = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const prunes = [first, second].some(({ owner }) => owner.prune);
  yield {
    at: [second.resource, 'metadata', 'name'],
    message: `${describeReconciliation(first.owner)} and ${describeReconciliation(second.owner)} both apply ${what}`,
    help: prunes
      ? 'leave it to one of them: when the other stops applying it, prune deletes it'
      : 'leave it to one of them',
    related: [
      {
        at: [first.resource, 'metadata', 'name'],
        message: `applied by ${describeReconciliation(first.owner)}`,
      },
    ],
  };
}
