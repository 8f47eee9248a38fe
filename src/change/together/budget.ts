import type { Build } from '../../object/build.ts';
import { isKind } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import { blockingBudget } from '../../workload/capacity/disruption-budget.ts';
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
    const changed = [budget, ...blocking.workloads].find((one) => happens(on(one)));
    if (changed === undefined) return [];
    const path = changed === budget ? ['spec', blocking.field] : ['spec', 'replicas'];
    const name = `${namespaceOf(budget.object)}/${nameOf(budget.object)}`.replace(/^\//u, '');
    return besides(
      on(changed),
      {
        reason: 'budget-blocks',
        severity: 'disrupts',
        headline: `PodDisruptionBudget ${name} lets no pod go any more: ${blocking.field} is ${blocking.asked} of ${blocking.pods}`,
        safe: [{ text: 'leave one pod more than the budget asks for, or write maxUnavailable: 1' }],
      },
      causeAt(changed, path, cluster, edits),
    );
  });
}

function budgetsOf({ resources }: Build): Resource[] {
  return resources.filter((one) => isKind(one, 'policy', 'PodDisruptionBudget'));
}
