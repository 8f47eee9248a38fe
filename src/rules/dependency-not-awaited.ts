import { reconciliationNamed } from '../reconcile/cluster.ts';
import { describeReconciliation } from '../reconcile/reconciliation.ts';
import type { ClusterRule } from './rule.ts';

/** What has neither `wait` nor health checks is ready as soon as it is applied (kustomize-controller 1.9). */
export const dependencyNotAwaited: ClusterRule = {
  id: 'dependency-not-awaited',
  severity: 'note',
  scope: 'cluster',
  *judge({ reconciliations }) {
    const find = reconciliationNamed(reconciliations);
    for (const one of reconciliations) {
      if (one.declaration === undefined) continue;
      for (const { namespace, name, path } of one.dependsOn) {
        const target = find(namespace, name);
        if (target === undefined || target.build.resources.length === 0) continue;
        if (target.wait || target.healthChecks.length > 0 || target.hasHealthExpressions) continue;
        yield {
          at: [one.declaration, ...path],
          message: `${describeReconciliation(target)} is ready as soon as it is applied: it has neither wait nor healthChecks`,
          help: `set wait: true on ${name}, if ${one.name} needs what runs there`,
        };
      }
    }
  },
};
