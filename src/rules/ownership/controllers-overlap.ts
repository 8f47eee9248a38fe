import { grouped } from '../../diagnostic/grouped.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import { applicationsOf } from '../argocd/argo-application.ts';
import type { ClusterRule } from '../rule.ts';
import { pathFieldOf } from './path-field.ts';

/** A directory that both Flux and Argo CD apply: to two clusters, or by two ways to one, or fighting over one. Nobody says which. */
export const controllersOverlap: ClusterRule = {
  id: 'controllers-overlap',
  severity: 'note',
  scope: 'cluster',
  tags: ['ownership'],
  *judge(cluster, context) {
    for (const application of applicationsOf(cluster)) {
      if (!appliesWhole(application)) continue;
      const other = appliedByFlux(context.clusters ?? [])
        .get(application.path ?? '')
        ?.find((one) => one.cluster !== cluster && !areAlternatives(one.cluster, cluster))?.one;
      if (other?.declaration === undefined) continue;
      yield {
        at: [application.declaration, ...pathFieldOf(application)],
        message: `${describeReconciliation(other)} of Flux also applies ${application.path || '.'}: in one cluster they revert each other's changes`,
        help: 'if only one of them is used at a time, list them under alternatives in cdb-lint.yaml',
        related: [{ at: [other.declaration, ...pathFieldOf(other)], message: 'applied by Flux' }],
      };
    }
  },
};

interface AppliedByFlux {
  readonly cluster: Cluster;
  readonly one: Reconciliation;
}

/** What Flux applies in any cluster, by its directory. */
const appliedByFlux = knownOnce(
  (clusters: readonly Cluster[]): ReadonlyMap<string, readonly AppliedByFlux[]> =>
    grouped(
      clusters.flatMap((cluster) =>
        cluster.reconciliations.filter(appliesHere).map((one) => ({ cluster, one })),
      ),
      ({ one }) => one.path ?? '',
    ),
);

function areAlternatives(a: Cluster, b: Cluster): boolean {
  return a.alternative !== undefined && b.alternative !== undefined && a.alternative !== b.alternative;
}

function appliesHere(one: Reconciliation): boolean {
  return one.by === 'flux' && appliesWhole(one);
}

function appliesWhole({ path, build }: Reconciliation): boolean {
  return path !== undefined && path !== '' && build.resources.length > 0;
}
