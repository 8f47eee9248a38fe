import { addTo } from '../../diagnostic/grouped.ts';
import { isKind, textAt } from '../../object/object-field.ts';
import { groupVersionKind, nameOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';
import { childrenOf, type Dependent, dependentNamed, dependentsOf } from './flux-dependents.ts';

/** Flux applies the definitions of one Kustomization before the rest of it, but orders two of them only by `dependsOn`. */
export const customResourceBeforeDefinition: ClusterRule = {
  id: 'custom-resource-before-definition',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'order'],
  *judge(cluster) {
    const definitions = definitionsIn(cluster);
    if (definitions.size === 0) return;
    const dependents = dependentsOf(cluster).filter(({ reconciliation }) => reconciliation !== undefined);
    const before = predecessors(dependents);
    for (const dependent of dependents) {
      if (dependent.reconciliation?.destination !== undefined) continue;
      const told = new Set<Reconciliation>();
      for (const resource of dependent.reconciliation?.build.resources ?? []) {
        const owners = definitions.get(kindKey(resource)) ?? [];
        const [owner] = owners;
        if (owner === undefined || owners.some((one) => before(dependent).has(one)) || told.has(owner))
          continue;
        told.add(owner);
        yield {
          at: [resource, 'kind'],
          message: `${owner.name} provides the definition of ${valueText(resource.object['kind'])}, but ${dependent.name} does not wait for it`,
          help: `add ${owner.name} to spec.dependsOn of ${dependent.name}`,
          related: [
            { at: [dependent.resource, 'metadata', 'name'], message: `applied by ${dependent.name}` },
          ],
        };
      }
    }
  },
};

function definitionsIn({ reconciliations }: Cluster): ReadonlyMap<string, Reconciliation[]> {
  const definitions = new Map<string, Reconciliation[]>();
  for (const one of reconciliations.filter(({ by }) => by === 'flux'))
    for (const resource of one.build.resources.filter(isDefinition)) {
      const { object } = resource;
      const key = `${textAt(object, 'spec', 'group') ?? ''}/${textAt(object, 'spec', 'names', 'kind') ?? nameOf(object)}`;
      addTo(definitions, key, one);
    }
  return definitions;
}

function isDefinition(resource: Resource): boolean {
  return isKind(resource, 'apiextensions.k8s.io', 'CustomResourceDefinition');
}

function kindKey({ object }: Resource): string {
  const { group, kind } = groupVersionKind(object);
  return `${group}/${kind}`;
}

/** What has been applied when a Kustomization is: itself, what it depends on, and what applies it, and so on. */
function predecessors(dependents: readonly Dependent[]): (one: Dependent) => ReadonlySet<Reconciliation> {
  const find = dependentNamed(dependents);
  const parents = new Map<Dependent, Dependent[]>();
  for (const parent of dependents)
    for (const child of childrenOf(parent, dependents)) {
      addTo(parents, child, parent);
    }
  const found = new Map<Dependent, ReadonlySet<Reconciliation>>();
  return (one) => {
    const known = found.get(one);
    if (known !== undefined) return known;
    const all = new Set([one]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const next of all) {
      for (const reference of next.dependsOn) {
        const target = find(reference);
        if (target !== undefined) all.add(target);
      }
      for (const parent of parents.get(next) ?? []) all.add(parent);
    }
    const reconciliations = new Set([...all].flatMap(({ reconciliation }) => reconciliation ?? []));
    found.set(one, reconciliations);
    return reconciliations;
  };
}
