import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Resource } from '../../object/resource.ts';
import { type CustomKinds, noCustomKinds } from '../../schema/custom-kind.ts';
import { invalidPolicy, policyProblems } from './check-policy.ts';
import { type ParamSources, resolveParams } from './params.ts';
import { type CompiledPolicy, isPolicyKind, readPolicy } from './policy.ts';
import { type TypeTarget, typeWarnings } from './type-warnings.ts';

export interface CompiledPolicies {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Against what policies are compiled: functions that came later are refused, fields are looked up in the schemas. */
export interface CompileTarget {
  /** `1.33`; any where absent. */
  readonly kubernetesVersion?: string | undefined;
  readonly customKinds?: CustomKinds | undefined;
  /** Where parameters come from; from `resources` where absent. */
  readonly params?: ParamSources;
}

/** Reads the policies among `resources` and compiles every expression; one that does not compile is a finding, the rest goes on. */
export function compilePolicies(
  resources: readonly Resource[],
  { kubernetesVersion, customKinds = noCustomKinds, params }: CompileTarget = {},
): CompiledPolicies {
  const bindings = resources.flatMap((resource) =>
    isPolicyKind(resource.object, 'ValidatingAdmissionPolicyBinding')
      ? [{ object: resource.object, resource }]
      : [],
  );
  const sources = params ?? { own: resources.map(({ object }) => object), elsewhere: [] };
  const policies: CompiledPolicy[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const resource of resources) {
    if (!isPolicyKind(resource.object, 'ValidatingAdmissionPolicy')) continue;
    const policy = resolveParams(readPolicy(resource.object, bindings, resource), sources);
    const checked = checkOnce(policy, resource, { kubernetesVersion, customKinds });
    diagnostics.push(...checked);
    // What does not compile cannot be judged; its diagnostic says so, once instead of for each object.
    if (!checked.some(({ rule }) => rule === invalidPolicy)) policies.push(policy);
  }
  return { policies, diagnostics };
}

interface Checked extends TypeTarget {
  readonly diagnostics: readonly Diagnostic[];
}

const checkedPolicies = new WeakMap<Resource, Checked[]>();

/** A policy of one build judges the objects of all of them, so that the same question comes once for each build. */
function checkOnce(policy: CompiledPolicy, resource: Resource, target: TypeTarget): readonly Diagnostic[] {
  const known = checkedPolicies.get(resource) ?? [];
  const same = known.find(
    ({ kubernetesVersion, customKinds }) =>
      kubernetesVersion === target.kubernetesVersion && customKinds === target.customKinds,
  );
  if (same !== undefined) return same.diagnostics;
  const problems = policyProblems(policy, resource, target.kubernetesVersion);
  const diagnostics = problems.length > 0 ? problems : typeWarnings(policy, resource, target);
  checkedPolicies.set(resource, [...known, { ...target, diagnostics }]);
  return diagnostics;
}
