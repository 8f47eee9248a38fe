import { knownOnce } from '../../object/known-once.ts';
import { isKind } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import { type Cluster, inventoryKey } from '../../reconcile/cluster.ts';
import { helmRelease } from '../../reconcile/flux/helm-release.ts';
import type { FieldReference, Reconciliation } from '../../reconcile/reconciliation.ts';
import { fluxKinds } from './flux-objects.ts';

/** An object of Flux that may wait for others: a Kustomization, a HelmRelease or a ResourceSet. */
export interface Dependent {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly resource: Resource;
  readonly dependsOn: readonly FieldReference[];
  /** What it applies; absent for a HelmRelease. */
  readonly reconciliation?: Reconciliation;
}

export const dependentsOf = knownOnce((cluster: Cluster): readonly Dependent[] => [
  ...[
    ...cluster.reconciliations.filter(({ destination }) => destination === undefined),
    ...cluster.remote,
  ].flatMap((one) =>
    one.by !== 'flux' || one.declaration === undefined
      ? []
      : [
          {
            kind: one.kind,
            namespace: one.namespace,
            name: one.name,
            resource: one.declaration,
            dependsOn: one.dependsOn,
            reconciliation: one,
          },
        ],
  ),
  ...fluxKinds(cluster, 'HelmRelease').map((resource) => ({ resource, ...helmRelease(resource) })),
]);

/** Finds what a reference means. */
export function dependentNamed(
  dependents: readonly Dependent[],
): (reference: Pick<FieldReference, 'kind' | 'namespace' | 'name'>) => Dependent | undefined {
  const byName = new Map(dependents.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one]));
  return ({ kind, namespace, name }) => byName.get(`${kind} ${namespace}/${name}`);
}

const byKey = knownOnce(
  (dependents: readonly Dependent[]) =>
    new Map(dependents.map((one) => [inventoryKey(one.resource), one] as const)),
);

/** The Kustomizations that one applies, but for itself. */
export function childrenOf(one: Dependent, dependents: readonly Dependent[]): Dependent[] {
  const known = byKey(dependents);
  return (one.reconciliation?.build.resources ?? [])
    .filter((resource) => isKind(resource, 'kustomize.toolkit.fluxcd.io', 'Kustomization'))
    .flatMap((resource) => known.get(inventoryKey(resource)) ?? [])
    .filter((other) => other !== one);
}
