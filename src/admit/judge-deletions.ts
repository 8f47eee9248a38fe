import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { namespaceOf, type Resource } from '../object/resource.ts';
import { noCustomKinds } from '../schema/custom-kind.ts';
import { factsFor } from '../schema/facts.ts';
import { type JudgeOptions, namespacesOf } from './judge.ts';
import { evaluatePolicies } from './policy/evaluate.ts';
import { newRunBudgets } from './policy/run-budget.ts';
import { policyFindings } from './policy-findings.ts';

/** What policies say of objects that are deleted together: they see `oldObject` alone, and `object` is null. */
export function judgeDeletions(
  resources: readonly Resource[],
  {
    policies,
    kubernetesVersions,
    customKinds = noCustomKinds,
    budgets = newRunBudgets(),
    entryPoint,
  }: JudgeOptions,
): readonly Diagnostic[] {
  if (policies.length === 0) return [];
  const kinds = { facts: factsFor(kubernetesVersions[0] ?? ''), customKinds };
  const namespaces = namespacesOf(resources);
  return resources.flatMap((resource) => {
    const oldObject = resource.object;
    const namespaceObject = namespaces.get(namespaceOf(oldObject) || 'default');
    const request = { operation: 'DELETE' as const, oldObject, kinds };
    const violations = evaluatePolicies(
      policies,
      namespaceObject === undefined ? request : { ...request, namespaceObject },
      budgets,
    );
    return policyFindings(resource, violations, entryPoint).map(({ finding }) => finding);
  });
}
