import { objectReference } from '../object/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { OwnershipReport } from '../report/ownership-report.ts';
import type { Unit } from '../survey/unit.ts';

/** Who applies which object: reconciliations, and what reaches a cluster without one. */
export function ownershipReports(clusters: readonly Cluster[], units: readonly Unit[]): OwnershipReport[] {
  const paths = new Set(clusters.flatMap(({ reconciliations }) => reconciliations.map(({ path }) => path)));
  return [
    ...clusters.flatMap((cluster) => cluster.reconciliations.map((one) => ofReconciliation(cluster, one))),
    ...units
      .filter(({ id, build }) => !isOfCluster(id) && !paths.has(id.root) && build.resources.length > 0)
      .map(ofUnit),
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

function isOfCluster({ role }: Unit['id']): boolean {
  return role === 'cluster' || role === 'beside';
}

function ofUnit({ id: { role, root }, title, build }: Unit): OwnershipReport {
  const isPlain = role === 'plain';
  return {
    cluster: title ?? '',
    by: isPlain ? 'manifests' : 'kustomize',
    kind: isPlain ? 'manifests' : 'kustomization',
    name: isPlain ? 'outside every kustomization' : root || '.',
    ...(isPlain ? {} : { path: root }),
    complete: build.complete,
    objects: build.resources.map(({ object }) => objectReference(object)),
    notRendered: [],
    unresolvedVariables: [],
  };
}
