import { reconciliationNamed } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { ClusterRule } from './rule.ts';

/** Flux waits for every entry of `spec.dependsOn`, also for one that does not exist (kustomize-controller 1.9, checkDependencies). */
export const dependencyMissing: ClusterRule = {
  id: 'dependency-missing',
  severity: 'error',
  scope: 'cluster',
  *judge({ reconciliations }) {
    const find = reconciliationNamed(reconciliations);
    for (const one of reconciliations) {
      if (one.declaration === undefined) continue;
      for (const { namespace, name, path } of one.dependsOn) {
        if (name === '' || find(namespace, name) !== undefined) continue;
        yield {
          at: [one.declaration, ...path],
          message: `there is no Kustomization ${namespace}/${name}, so ${one.name} waits for ever`,
          help: helpFor(reconciliations, name),
        };
      }
    }
  },
};

function helpFor(reconciliations: readonly Reconciliation[], name: string): string {
  const elsewhere = reconciliations.find((other) => other.by === 'flux' && other.name === name);
  return elsewhere === undefined
    ? 'correct the name, or remove the entry'
    : `there is one in ${elsewhere.namespace}: write namespace: ${elsewhere.namespace}`;
}
