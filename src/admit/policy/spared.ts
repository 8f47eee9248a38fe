import { knownOnce } from '../../object/known-once.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import type { Kinds } from '../served/served-object.ts';
import { mappings, ruleVersion, texts } from './match.ts';
import type { CompiledPolicy } from './policy.ts';
import { targetOf } from './target.ts';

/** Objects that policies of the catalogue would judge in another namespace, counted by the namespace that these spare. */
export function sparedObjects(
  policies: readonly CompiledPolicy[],
  resources: readonly Resource[],
  kinds: Kinds,
): ReadonlyMap<string, number> {
  const { catalogue, names } = exemptions(policies);
  const counts = new Map<string, number>();
  for (const { object } of resources) {
    const namespace = namespaceOf(object);
    if (!names.has(namespace) || !isMeant(object, catalogue, kinds)) continue;
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return counts;
}

/** The policies of the catalogue, and the namespaces that they leave out. */
const exemptions = knownOnce((policies: readonly CompiledPolicy[]) => {
  const catalogue = policies.filter(({ resource }) => resource === undefined);
  const names = new Set(catalogue.flatMap(({ bindings }) => bindings).flatMap(namesLeftOut));
  return { catalogue, names };
});

function namesLeftOut({ matchResources }: CompiledPolicy['bindings'][number]): string[] {
  const selector = matchResources?.['namespaceSelector'];
  return mappings(isMapping(selector) ? selector['matchExpressions'] : undefined).flatMap((one) =>
    one['key'] === 'kubernetes.io/metadata.name' && one['operator'] === 'NotIn' ? texts(one['values']) : [],
  );
}

function isMeant(object: Mapping, policies: readonly CompiledPolicy[], kinds: Kinds): boolean {
  const target = targetOf({ operation: 'CREATE', object, kinds });
  return policies.some(
    ({ matchConstraints }) =>
      matchConstraints !== undefined && ruleVersion(matchConstraints, target, true) !== undefined,
  );
}
