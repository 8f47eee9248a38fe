import { groupVersionKind } from '../../object/resource.ts';
import { ownerKey } from '../../reconcile/reconciliation.ts';
import { isMapping, itemsAt } from '../../source/value.ts';
import { isAnybody, isBoundless, roleWords, subjectWords } from '../consequence/rights.ts';
import type { Effect } from '../effect.ts';
import { besides, type Together } from './happening.ts';

/** New bindings of an owner that was there before, by which somebody may do anything, or anybody something. */
export function newGrants({ cluster, effects }: Together): Effect[] {
  return effects.flatMap((effect) => {
    const { resource, owner } = effect.held;
    const { group, kind } = groupVersionKind(resource.object);
    const isBinding = group === 'rbac.authorization.k8s.io' && kind.endsWith('Binding');
    if (!isBinding || effect.reason !== 'created' || !cluster.base.byKey.has(ownerKey(owner.id))) return [];
    const subjects = itemsAt(resource.object, ['subjects']).filter(isMapping);
    const isOpen = subjects.some(isAnybody);
    if (subjects.length === 0 || !(isOpen || isBoundless(resource, cluster))) return [];
    return besides([effect], {
      reason: 'rights-grow',
      severity: isOpen ? 'breaks' : 'changes',
      what: `${roleWords(resource)} for ${subjects.map(subjectWords).join(', ')}`,
    });
  });
}
