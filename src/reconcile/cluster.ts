import { grouped } from '../diagnostic/grouped.ts';
import { knownOnce } from '../object/known-once.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource, stableNameOf } from '../object/resource.ts';
import { isClusterScoped } from '../schema/kind-names.ts';
import type { ClusterId, Reconciliation } from './reconciliation.ts';

/** An object of a cluster and who applies it. */
export interface Owned {
  readonly resource: Resource;
  readonly owner: Reconciliation;
}

/** Everything that reaches one cluster. */
export interface Cluster {
  readonly id: ClusterId;
  /** For words only: as brief as tells the clusters of one run apart. */
  readonly name: string;
  /** The directory that stands for it in reports. */
  readonly root: string;
  /** The path of the configuration's `alternatives` by which it is reached; nothing else of them reaches it at the same time. */
  readonly alternative?: string;
  readonly reconciliations: readonly Reconciliation[];
  /** What is declared in this cluster and applied to another one. */
  readonly remote: readonly Reconciliation[];
  /** Objects of Flux and Argo CD as the repository's files have them, whoever applies them. */
  readonly declared: readonly Resource[];
  /** By group, kind, namespace and name; more than one where owners fight over an object. */
  readonly inventory: ReadonlyMap<string, readonly Owned[]>;
}

export function newCluster({ id, ...parts }: Omit<Cluster, 'inventory' | keyof ClusterId>): Cluster {
  return { ...parts, id, ...id, inventory: inventoryOf(parts.reconciliations) };
}

/** All that owners apply, by `inventoryKey`. */
export function inventoryOf(owners: readonly Reconciliation[]): Cluster['inventory'] {
  const owned = owners.flatMap((owner) => owner.build.resources.map((resource) => ({ resource, owner })));
  return grouped(owned, ({ resource }) => inventoryKey(resource));
}

/** A key that is equal for what the API server takes as one object; versions of a group do not tell objects apart. */
export const inventoryKey: (resource: Resource) => string = knownOnce((resource) =>
  keyWithName(resource, nameOf(resource.object)),
);

/** A key that is equal for one object in two revisions, whatever hash of its content stands behind its name. */
export function stableKey(resource: Resource): string {
  return keyWithName(resource, stableNameOf(resource));
}

/** The namespace that an object has in a cluster as far as its manifest says one: what stands in none may have one written. */
export function namespaceInCluster({ object }: Resource): string {
  return isClusterScoped(groupVersionKind(object)) ? '' : namespaceOf(object);
}

function keyWithName(resource: Resource, name: string): string {
  const gvk = groupVersionKind(resource.object);
  const namespace = isClusterScoped(gvk) ? '' : namespaceInCluster(resource) || 'default';
  return inventoryKeyOf({ ...gvk, namespace, name });
}

/** The key of an object that is only named. */
export function inventoryKeyOf({
  group,
  kind,
  namespace,
  name,
}: Readonly<Record<'group' | 'kind' | 'namespace' | 'name', string>>): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** The key of a Namespace in the inventory. */
export function namespaceKey(name: string): string {
  return JSON.stringify(['', 'Namespace', '', name]);
}

/** Finds a Flux Kustomization by namespace and name. */
export function reconciliationNamed(
  reconciliations: readonly Reconciliation[],
): (namespace: string, name: string) => Reconciliation | undefined {
  const byName = new Map(
    reconciliations
      .filter(({ by, kind }) => by === 'flux' && kind === 'Kustomization')
      .map((one) => [`${one.namespace}/${one.name}`, one] as const),
  );
  return (namespace, name) => byName.get(`${namespace}/${name}`);
}
