import type { Effect } from '../effect.ts';
import { deletionViolation, violationWords } from '../policies.ts';
import { besides, type Together } from './happening.ts';

/** Deletions that a policy of the repository refuses: whoever prunes tries again and again. */
export function refusedDeletions({ cluster, effects, budgets }: Together): Effect[] {
  return effects.flatMap((effect) => {
    if (!effect.actions.includes('delete')) return [];
    const violation = deletionViolation(effect.held, cluster, budgets);
    if (violation === undefined) return [];
    return besides([{ ...effect, actions: ['refused'] }], {
      reason: 'deletion-refused',
      severity: 'breaks',
      what: violationWords(violation, effect.held.resource.object),
    });
  });
}
