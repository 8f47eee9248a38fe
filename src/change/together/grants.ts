import { groupVersionKind } from '../../object/resource.ts';
import { isMapping, itemsAt } from '../../source/value.ts';
import { isEverybody, isPowerfulBinding, roleWords, subjectWords } from '../consequence/rights.ts';
import type { Effect } from '../effect.ts';
import { besides, type Together } from './happening.ts';

/** Bindings that are new and give somebody rights that lead to nearly all others. */
export function newGrants({ cluster, effects }: Together): Effect[] {
  return effects.flatMap((effect) => {
    const { resource } = effect.held;
    const { group, kind } = groupVersionKind(resource.object);
    const isBinding = group === 'rbac.authorization.k8s.io' && kind.endsWith('Binding');
    if (!isBinding || effect.reason !== 'created') return [];
    const subjects = itemsAt(resource.object, ['subjects']).filter(isMapping);
    const open = subjects.some(isEverybody);
    if (subjects.length === 0 || !(open || isPowerfulBinding(resource, cluster))) return [];
    return besides([effect], {
      reason: 'rights-grow',
      severity: open ? 'breaks' : 'changes',
      what: `${roleWords(resource)} for ${subjects.map(subjectWords).join(', ')}`,
    });
  });
}
