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
  *judge(cluster, { clusters = [] }) {
    const others = clusters.filter((one) => one !== cluster && !areAlternatives(one, cluster));
    const byFlux = others.flatMap(({ reconciliations }) => reconciliations.filter(appliesHere));
    for (const application of applicationsOf(cluster)) {
      if (!appliesWhole(application)) continue;
      const other = byFlux.find(({ path }) => path === application.path);
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

function areAlternatives(a: Cluster, b: Cluster): boolean {
  return a.alternative !== undefined && b.alternative !== undefined && a.alternative !== b.alternative;
}

function appliesHere(one: Reconciliation): boolean {
  return one.by === 'flux' && appliesWhole(one);
}

function appliesWhole({ path, build }: Reconciliation): boolean {
  return path !== undefined && path !== '' && build.resources.length > 0;
}
