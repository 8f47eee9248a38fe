import { grouped } from '../../diagnostic/grouped.ts';
import type { Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import type { Effect } from '../effect.ts';
import { budgetEffects } from './budget.ts';
import { newGrants } from './grants.ts';
import { lostGuards } from './guard-lost.ts';
import type { Together } from './happening.ts';
import { quotaEffects } from './quota.ts';
import { refusedDeletions } from './refused-deletion.ts';
import { selectionEffects } from './selection.ts';

/** What follows for other objects of a cluster from what happens to single ones. */
export function effectsTogether(parts: Omit<Together, 'on'>): Effect[] {
  const byObject = grouped(parts.effects, ({ held }) => inventoryKey(held.resource));
  const together = { ...parts, on: (resource: Resource) => byObject.get(inventoryKey(resource)) ?? [] };
  return [selectionEffects, budgetEffects, quotaEffects, lostGuards, newGrants, refusedDeletions].flatMap(
    (find) => find(together),
  );
}
