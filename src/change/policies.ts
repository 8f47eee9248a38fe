import { namespacesOf } from '../admit/judge.ts';
import { evaluatePolicies } from '../admit/policy/evaluate.ts';
import type { CompiledPolicy } from '../admit/policy/policy.ts';
import type { RunBudgets } from '../admit/policy/run-budget.ts';
import type { PolicyViolation } from '../admit/policy/violation.ts';
import type { Kinds } from '../admit/served/served-object.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { namespaceOf } from '../object/resource.ts';
import { factsFor } from '../schema/facts.ts';
import type { Mapping } from '../source/value.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Held } from './effect.ts';
import type { JudgedIn } from './side.ts';
import { wholeOf } from './whole.ts';

/** The policies of the repository that a cluster enforces: those of the catalogue are nobody's there. */
export function denyingPolicies(judgedIn: JudgedIn | undefined): readonly CompiledPolicy[] {
  return judgedIn === undefined ? [] : denying(judgedIn.policies);
}

const denying = knownOnce((policies: readonly CompiledPolicy[]): readonly CompiledPolicy[] =>
  policies.flatMap((policy) => {
    const bindings = policy.bindings.filter(
      ({ resource, severity }) => resource !== undefined && severity === 'error',
    );
    return policy.resource === undefined || bindings.length === 0 ? [] : [{ ...policy, bindings }];
  }),
);

/** What a policy says of an object; of a Secret, from which it may have made its message, only its name. */
export function violationWords({ policy, message }: PolicyViolation, object: Mapping): string {
  return object['kind'] === 'Secret' ? `policy ${policy}` : `policy ${policy}: ${message}`;
}

/** What of the update of an object a policy refuses, that it would not refuse of an object that is created. */
export function updateViolation(
  base: Held,
  head: Held,
  { judgedIn, head: owners }: ClusterPair,
  budgets: RunBudgets,
): PolicyViolation | undefined {
  const policies = denyingPolicies(judgedIn);
  if (judgedIn === undefined || policies.length === 0) return undefined;
  const { object } = head.resource;
  const namespaceObject = namespacesIn(wholeOf(owners)).get(namespaceOf(object) || 'default');
  const request = {
    object,
    kinds: kindsOf(judgedIn),
    isApplied: head.owner.by === 'flux',
    ...(namespaceObject === undefined ? {} : { namespaceObject }),
  };
  const refused = evaluatePolicies(
    policies,
    { ...request, operation: 'UPDATE', oldObject: base.resource.object },
    budgets,
  ).filter(({ failed }) => failed === undefined);
  if (refused.length === 0) return undefined;
  const anyway = evaluatePolicies(policies, { ...request, operation: 'CREATE' }, budgets);
  return refused.find(
    ({ policy, validation }) => !anyway.some((one) => one.policy === policy && one.validation === validation),
  );
}

/** What a policy refuses of the deletion of an object. */
export function deletionViolation(
  { resource: { object: oldObject } }: Held,
  { judgedIn, base }: ClusterPair,
  budgets: RunBudgets,
): PolicyViolation | undefined {
  const policies = denyingPolicies(judgedIn);
  if (judgedIn === undefined || policies.length === 0) return undefined;
  const namespaceObject = namespacesIn(wholeOf(base)).get(namespaceOf(oldObject) || 'default');
  const request = {
    operation: 'DELETE' as const,
    oldObject,
    kinds: kindsOf(judgedIn),
    ...(namespaceObject === undefined ? {} : { namespaceObject }),
  };
  return evaluatePolicies(policies, request, budgets).find(({ failed }) => failed === undefined);
}

function kindsOf({ target, customKinds }: JudgedIn): Kinds {
  return { facts: factsFor(target.kubernetesVersions[0] ?? ''), customKinds };
}

const namespacesIn = knownOnce(({ resources }: Build) => namespacesOf(resources));
