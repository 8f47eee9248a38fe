import type { Place } from '../../object/place.ts';
import { reconciliationNamed } from '../../reconcile/cluster.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import type { ClusterRule } from '../rule.ts';

/** What has neither `wait` nor health checks is ready as soon as it is applied (kustomize-controller 1.9); told once for each. */
export const dependencyNotAwaited: ClusterRule = {
  id: 'dependency-not-awaited',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'order'],
  *judge({ reconciliations }) {
    const find = reconciliationNamed(reconciliations);
    const waiting = new Map<Reconciliation, Place[]>();
    for (const { declaration, dependsOn } of reconciliations) {
      if (declaration === undefined) continue;
      for (const { namespace, name, path, hasExpression } of dependsOn) {
        const target = find(namespace, name);
        if (hasExpression === true || target === undefined || isAwaited(target)) continue;
        const places = waiting.get(target) ?? [];
        places.push([declaration, ...path]);
        waiting.set(target, places);
      }
    }
    for (const [target, [first, ...others]] of waiting) {
      if (first === undefined) continue;
      yield {
        at: first,
        message: `${describeReconciliation(target)} is ready as soon as it is applied: it has neither wait nor healthChecks`,
        help: `set wait: true on ${target.name}, if its dependents need its workloads to run`,
        related: others.slice(0, 5).map((at) => ({ at, message: 'also waits for it' })),
      };
    }
  },
};

function isAwaited({ build, wait, healthChecks }: Reconciliation): boolean {
  return build.resources.length === 0 || wait || healthChecks.length > 0;
}
