import { groupVersionKind, nameOf, type Resource } from '../build/resource.ts';
import { type CompiledPolicies, compilePolicies } from './policy/policy.ts';

/**
 * The policies that judge each of several sets of resources: its own, those of the other sets (a policy is
 * cluster-wide), and those of `catalogue`; of two with one name the nearest counts. Sets without policies share one compilation.
 */
export function policiesFor(
  sets: readonly (readonly Resource[])[],
  catalogue: readonly Resource[],
): CompiledPolicies[] {
  const everywhere = sets.flat().filter(isPolicy);
  let shared: CompiledPolicies | undefined;
  return sets.map((resources) => {
    const own = resources.filter(isPolicy);
    if (own.length > 0)
      return compilePolicies([
        ...nearestByName([...own, ...everywhere, ...catalogue]),
        ...resources.filter((resource) => !isPolicy(resource)),
      ]);
    shared ??= compilePolicies(nearestByName([...everywhere, ...catalogue]));
    return shared;
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
