import type { Build } from '../../object/build.ts';
import { isKind } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import type { Path } from '../../source/value.ts';
import { autoscalersOf, scalersOf } from '../../workload/capacity/autoscaler.ts';
import { type BlockingBudget, blockingBudget } from '../../workload/capacity/disruption-budget.ts';
import type { Effect } from '../effect.ts';
import { wholeOf } from '../whole.ts';
import { besides, causeAt, happens, type Together } from './happening.ts';

/** PodDisruptionBudgets that from now on let no pod go, be it that they ask for more or that there are fewer pods. */
export function budgetEffects(together: Together): Effect[] {
  const { cluster, effects, on, edits } = together;
  if (effects.length === 0) return [];
  const [before, after] = [wholeOf(cluster.base), wholeOf(cluster.head)];
  const blocked = new Set(
    budgetsOf(before)
      .filter((one) => blockingBudget(one, before) !== undefined)
      .map(inventoryKey),
  );
  return budgetsOf(after).flatMap((budget) => {
    const blocking = blocked.has(inventoryKey(budget)) ? undefined : blockingBudget(budget, after);
    if (blocking === undefined) return [];
    const found = bearersOf(budget, blocking, after).find(({ resource }) => happens(on(resource)));
    if (found === undefined) return [];
    const { resource: changed, path } = found;
    const name = `${namespaceOf(budget.object)}/${nameOf(budget.object)}`.replace(/^\//u, '');
    return besides(
      on(changed),
      {
        reason: 'budget-blocks',
        severity: 'disrupts',
        fields: [path],
        headline: `PodDisruptionBudget ${name} no longer allows any eviction: ${blocking.field} is ${blocking.asked} of ${blocking.pods}`,
        safe: [{ text: 'run one pod more than the budget requires, or write maxUnavailable: 1' }],
      },
      causeAt(changed, path, cluster, edits),
    );
  });
}

/** What says how many pods there must be, and how many there are, each with its field. */
function bearersOf(
  budget: Resource,
  { field, workloads }: BlockingBudget,
  build: Build,
): { readonly resource: Resource; readonly path: Path }[] {
  const autoscalers = workloads.flatMap((one) => scalersOf(one, autoscalersOf(build)));
  return [
    { resource: budget, path: ['spec', field] },
    ...workloads.map((resource) => ({ resource, path: ['spec', 'replicas'] })),
    ...autoscalers.map(({ resource }) => ({
      resource,
      path: ['spec', resource.object['kind'] === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas'],
    })),
  ];
}

function budgetsOf({ resources }: Build): Resource[] {
  return resources.filter((one) => isKind(one, 'policy', 'PodDisruptionBudget'));
}
