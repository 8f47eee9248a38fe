import { namespacesOf } from '../../admit/judge.ts';
import { evaluatePolicies } from '../../admit/policy/evaluate.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { namespaceOf } from '../../object/resource.ts';
import { factsFor } from '../../schema/facts.ts';
import type { Effect } from '../effect.ts';
import { denyingPolicies, violationWords } from '../policies.ts';
import { wholeOf } from '../whole.ts';
import { besides, type Together } from './happening.ts';

/** Deletions that a policy of the repository refuses: whoever prunes tries again and again. */
export function refusedDeletions({ cluster, effects, budgets }: Together): Effect[] {
  const { judgedIn } = cluster;
  const policies = denyingPolicies(judgedIn);
  if (judgedIn === undefined || policies.length === 0) return [];
  const kinds = {
    facts: factsFor(judgedIn.target.kubernetesVersions[0] ?? ''),
    customKinds: judgedIn.customKinds,
  };
  const namespaces = namespacesIn(wholeOf(cluster.base));
  return effects.flatMap((effect) => {
    if (!effect.actions.includes('delete')) return [];
    const oldObject = effect.held.resource.object;
    const namespaceObject = namespaces.get(namespaceOf(oldObject) || 'default');
    const request = { operation: 'DELETE' as const, oldObject, kinds };
    const [violation] = evaluatePolicies(
      policies,
      namespaceObject === undefined ? request : { ...request, namespaceObject },
      budgets,
    );
    if (violation === undefined || violation.failed !== undefined) return [];
    return besides([{ ...effect, actions: ['refused'] }], {
      reason: 'deletion-refused',
      severity: 'breaks',
      what: violationWords(violation, oldObject),
    });
  });
}

const namespacesIn = knownOnce(({ resources }: Build) => namespacesOf(resources));
