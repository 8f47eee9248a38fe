import { groupVersionKind, nameOf, type Resource } from '../build/resource.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type PolicyChoice, withBuiltIns } from './policy/built-in.ts';
import { type CompiledPolicy, compilePolicies } from './policy/policy.ts';

export interface ScopePolicies {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The policies that judge each of several sets of resources: its own, those of the other sets (a policy is
 * cluster-wide), and the built-in ones; of two with one name the nearest counts. `kubernetesVersions` are those of the
 * sets, for which expressions have to compile.
 */
export function policiesFor(
  sets: readonly (readonly Resource[])[],
  {
    kubernetesVersions = [],
    ...choice
  }: PolicyChoice & { readonly kubernetesVersions?: readonly (string | undefined)[] } = {},
): ScopePolicies[] {
  const everywhere = sets.flat().filter(isPolicy);
  if (everywhere.length === 0)
    return sets.map(() => ({ policies: withBuiltIns([], choice), diagnostics: [] }));
  return sets.map((resources, index) => {
    const policies = nearestByName([...resources.filter(isPolicy), ...everywhere]);
    const others = resources.filter((resource) => !isPolicy(resource));
    const { policies: own, diagnostics } = compilePolicies(
      [...policies, ...others],
      kubernetesVersions[index],
    );
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
