import type { Resource } from '../build/resource.ts';
import { argoSettings } from '../reconcile/argocd/settings.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Mapping } from '../source/value.ts';
import { type Application, applicationsOf } from './argo-application.ts';
import { knownOnce } from './known-once.ts';

/** The Application that applies an object, and the settings of the Argo CD around it. */
export interface ArgoOwner {
  readonly application: Application;
  readonly settings: readonly Mapping[];
}

/** The owners of all objects that Applications apply. */
export const argoOwners = knownOnce(
  (clusters: readonly Cluster[]): ReadonlyMap<Resource, ArgoOwner> =>
    new Map(
      clusters.flatMap((cluster) => {
        const settings = argoSettings(cluster);
        return applicationsOf(cluster).flatMap((application) =>
          application.build.resources.map((resource) => [resource, { application, settings }] as const),
        );
      }),
    ),
);
