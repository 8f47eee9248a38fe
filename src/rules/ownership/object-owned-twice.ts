import { isChartDefinition } from '../../object/chart-definition.ts';
import { textAt } from '../../object/object-field.ts';
import { groupVersionKind, namespaceOf, objectReference } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Owned } from '../../reconcile/cluster.ts';
import { isLeftAlone } from '../../reconcile/left-alone.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import { namesOfKind } from '../../schema/kind-names.ts';
import type { ClusterRule } from '../rule.ts';
import { isOneMistake } from './covered-path.ts';

/** Two owners of one object undo each other's changes, and the one that lets go of it deletes it. */
export const objectOwnedTwice: ClusterRule = {
  id: 'object-owned-twice',
  severity: 'error',
  scope: 'cluster',
  tags: ['ownership'],
  *judge(cluster) {
    const isTold = isOneMistake(cluster);
    for (const owned of cluster.inventory.values()) yield* judgeOwners(owned, isTold);
  },
};

function* judgeOwners(
  owners: readonly Owned[],
  isTold: (a: Reconciliation, b: Reconciliation) => boolean,
): Iterable<RuleProblem> {
  // What a person applies once is there to begin with, and its controllers keep it from then on.
  const [first, ...others] = owners.filter(({ owner }) => owner.by !== 'kustomize');
  const second = others.find(({ owner }) => owner !== first?.owner);
  if (first === undefined || second === undefined || isLeftAlone(first.resource)) return;
  if (isChartDefinition(first.resource) && isChartDefinition(second.resource)) return;
  // Paths that lie within each other are one mistake, whatever they share.
  if (isTold(first.owner, second.owner)) return;
  if (mayBeApart(first, second)) return;
  const { kind, name, namespace } = objectReference(second.resource.object);
  const what = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const prunes = [first, second].some(({ owner }) => owner.prune);
  yield {
    at: [second.resource, 'metadata', 'name'],
    message: `${describeReconciliation(first.owner)} and ${describeReconciliation(second.owner)} both apply ${what}`,
    help: prunes
      ? 'let only one of them apply it: when the other stops applying it, prune deletes it'
      : 'let only one of them apply it',
    related: [
      {
        at: [first.resource, 'metadata', 'name'],
        message: `applied by ${describeReconciliation(first.owner)}`,
      },
    ],
  };
}

/** Whether two Applications may each put an object of a kind that nobody described into the namespace of their destination. */
function mayBeApart(first: Owned, second: Owned): boolean {
  const { object } = first.resource;
  const gvk = groupVersionKind(object);
  if (namesOfKind(gvk) !== undefined || gvk.kind.startsWith('Cluster')) return false;
  const written = [first, second].map(({ resource }) => namespaceOf(resource.object));
  if (written.some((one) => one !== '')) return false;
  const [one, other] = [first, second].map(({ owner }) => destinationNamespace(owner));
  return one !== other;
}

function destinationNamespace({ by, declaration }: Reconciliation): string | undefined {
  if (by !== 'argocd' || declaration === undefined) return undefined;
  return textAt(declaration.object, 'spec', 'destination', 'namespace');
}
