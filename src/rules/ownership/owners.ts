import { knownOnce } from '../../object/known-once.ts';
import type { Resource } from '../../object/resource.ts';
import { argoSettings } from '../../reconcile/argocd/settings.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import type { Mapping } from '../../source/value.ts';

/** What applies an object, with the settings of the Argo CD in that cluster. */
export interface Owner {
  readonly reconciliation: Reconciliation;
  readonly settings: readonly Mapping[];
}

/** The owners of all objects that are applied to clusters. */
export const ownersIn = knownOnce(
  (clusters: readonly Cluster[]): ReadonlyMap<Resource, Owner> =>
    new Map(
      clusters.flatMap((cluster) => {
        const settings = argoSettings(cluster);
        return cluster.reconciliations.flatMap((reconciliation) =>
          reconciliation.build.resources.map((resource) => [resource, { reconciliation, settings }] as const),
        );
      }),
    ),
);
