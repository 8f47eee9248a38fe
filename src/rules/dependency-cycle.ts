import { dependencyCycles } from '../reconcile/dependency-cycles.ts';
import type { ClusterRule } from './rule.ts';

/** Kustomizations that wait for each other are never applied, not even the first time. */
export const dependencyCycle: ClusterRule = {
  id: 'dependency-cycle',
  severity: 'error',
  scope: 'cluster',
  *judge({ reconciliations }) {
    for (const cycle of dependencyCycles(reconciliations)) {
      const [first, second = first] = cycle;
      if (first?.declaration === undefined) continue;
      const names = [...cycle, first].map(({ name }) => name).join(' → ');
      const edge = first.dependsOn.find(({ name }) => name === second?.name);
      yield {
        at: [first.declaration, ...(edge?.path ?? ['spec', 'dependsOn'])],
        message: `${names} wait for each other, so none of them is ever applied`,
        help: 'take one of the dependencies out',
      };
    }
  },
};
