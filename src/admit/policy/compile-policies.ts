import type { Resource } from '../../build/resource.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { type CustomKinds, noCustomKinds } from '../schema/custom-kind.ts';
import { policyProblems } from './check-policy.ts';
import { type CompiledPolicy, isPolicyKind, readPolicy } from './policy.ts';
import { typeWarnings } from './type-warnings.ts';

export interface CompiledPolicies {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Against what policies are compiled: functions that came later are refused, fields are looked up in the schemas. */
export interface CompileTarget {
  /** `1.33`; any where absent. */
  readonly kubernetesVersion?: string | undefined;
  readonly customKinds?: CustomKinds | undefined;
}

/** Reads the policies among `resources` and compiles every expression; one that does not compile is a finding, the rest goes on. */
export function compilePolicies(
  resources: readonly Resource[],
  { kubernetesVersion, customKinds = noCustomKinds }: CompileTarget = {},
): CompiledPolicies {
  const objects = resources.map(({ object }) => object);
  const bindings = objects.filter((object) => isPolicyKind(object, 'ValidatingAdmissionPolicyBinding'));
  const policies: CompiledPolicy[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const resource of resources) {
    if (!isPolicyKind(resource.object, 'ValidatingAdmissionPolicy')) continue;
    const policy = readPolicy(resource.object, bindings, objects);
    const problems = policyProblems(policy, resource, kubernetesVersion);
    diagnostics.push(...problems);
    // What does not compile cannot be judged; its diagnostic says so, once instead of for each object.
    if (problems.length > 0) continue;
    policies.push(policy);
    diagnostics.push(...typeWarnings(policy, resource, { kubernetesVersion, customKinds }));
  }
  return { policies, diagnostics };
}
