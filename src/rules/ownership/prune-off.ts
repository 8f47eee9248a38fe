import { describeReconciliation } from '../../reconcile/reconciliation.ts';
import { valueAt } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';

/** Without garbage collection what is taken out of the repository stays in the cluster (kustomize-controller 1.9). */
export const pruneOff: ClusterRule = {
  id: 'prune-off',
  severity: 'note',
  scope: 'cluster',
  tags: ['ownership'],
  *judge({ reconciliations, remote }) {
    for (const one of new Set([...reconciliations, ...remote])) {
      const { declaration } = one;
      if (one.by !== 'flux' || declaration === undefined) continue;
      if (valueAt(declaration.object, ['spec', 'prune']) !== false) continue;
      yield {
        at: [declaration, 'spec', 'prune'],
        message: `what is removed from ${describeReconciliation(one)} stays in the cluster`,
        help: 'set prune: true, and annotate the objects that must never be deleted with kustomize.toolkit.fluxcd.io/prune: disabled',
      };
    }
  },
};
