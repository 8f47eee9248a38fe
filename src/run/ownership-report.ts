import { objectReference } from '../object/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { OwnershipReport } from '../report/ownership-report.ts';
import type { Scope } from '../survey/scope.ts';

/** Who applies which object: reconciliations, and what reaches a cluster without one. */
export function ownershipReports(clusters: readonly Cluster[], others: readonly Scope[]): OwnershipReport[] {
  const paths = new Set(clusters.flatMap(({ reconciliations }) => reconciliations.map(({ path }) => path)));
  return [
    ...clusters.flatMap((cluster) => cluster.reconciliations.map((one) => ofReconciliation(cluster, one))),
    ...others.filter(({ root, resources }) => !paths.has(root) && resources.length > 0).map(ofScope),
  ];
}

function ofReconciliation(
  { name: cluster, alternative }: Cluster,
  reconciliation: Reconciliation,
): OwnershipReport {
  const { by, kind, namespace, name, path, build, notRendered, unresolved } = reconciliation;
  return {
    cluster,
    ...(alternative === undefined ? {} : { alternative }),
    by,
    kind,
    ...(namespace === '' ? {} : { namespace }),
    name,
    ...(path === undefined ? {} : { path }),
    complete: build.complete,
    objects: build.resources.map(({ object }) => objectReference(object)),
    notRendered,
    unresolvedVariables: unresolved,
  };
}

function ofScope({ root, entryPoint, resources, complete }: Scope): OwnershipReport {
  const isPlain = entryPoint === undefined;
  return {
    cluster: entryPoint?.name ?? '',
    by: isPlain ? 'manifests' : 'kustomize',
    kind: isPlain ? 'manifests' : 'kustomization',
    name: isPlain ? 'outside of every kustomization' : root || '.',
    ...(isPlain ? {} : { path: root }),
    complete,
    objects: resources.map(({ object }) => objectReference(object)),
    notRendered: [],
    unresolvedVariables: [],
  };
}
