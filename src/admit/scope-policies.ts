import { groupVersionKind, nameOf, type Resource } from '../build/resource.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type PolicyChoice, withBuiltIns } from './policy/built-in.ts';
import { compilePolicies } from './policy/compile-policies.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import type { CustomKinds } from './schema/custom-kind.ts';

export interface ScopePolicies {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** By set: the Kubernetes for which expressions have to compile, and the kinds of the CRDs that its cluster has. */
export interface ScopeTargets {
  readonly kubernetesVersions?: readonly (string | undefined)[];
  readonly customKinds?: readonly CustomKinds[];
}

/**
 * The policies that judge each of several sets of resources: its own, those of the other sets (a policy is
 * cluster-wide), and the built-in ones; of two with one name the nearest counts.
 */
export function policiesFor(
  sets: readonly (readonly Resource[])[],
  { kubernetesVersions = [], customKinds = [], ...choice }: PolicyChoice & ScopeTargets = {},
): ScopePolicies[] {
  const everywhere = sets.flat().filter(isPolicy);
  if (everywhere.length === 0)
    return sets.map(() => ({ policies: withBuiltIns([], choice), diagnostics: [] }));
  return sets.map((resources, index) => {
    const policies = nearestByName([...resources.filter(isPolicy), ...everywhere]);
    const others = resources.filter((resource) => !isPolicy(resource));
    const { policies: own, diagnostics } = compilePolicies([...policies, ...others], {
      kubernetesVersion: kubernetesVersions[index],
      customKinds: customKinds[index],
    });
    return { policies: withBuiltIns(own, choice), diagnostics };
  });
}

function isPolicy({ object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'admissionregistration.k8s.io' && kind.startsWith('ValidatingAdmissionPolicy');
}

function nearestByName(resources: readonly Resource[]): Resource[] {
  const byName = new Map<string, Resource>();
  for (const resource of resources) {
    const key = `${String(resource.object['kind'])}/${nameOf(resource.object)}`;
    if (!byName.has(key)) byName.set(key, resource);
  }
  return [...byName.values()];
}
