import { describeReconciliation } from '../../reconcile/reconciliation.ts';
import type { ClusterRule } from '../rule.ts';
import { coveredPaths } from './covered-path.ts';
import { pathFieldOf } from './path-field.ts';

/** Two owners whose directories lie within each other, of which the outer one applies what the inner one applies. */
export const pathsOverlap: ClusterRule = {
  id: 'paths-overlap',
  severity: 'error',
  scope: 'cluster',
  tags: ['ownership'],
  *judge(cluster) {
    for (const { outer, inner } of coveredPaths(cluster)) {
      // What a person applies once is there to begin with, and its controllers keep it from then on.
      if (inner.declaration === undefined || outer.by === 'kustomize') continue;
      yield {
        at: [inner.declaration, ...pathFieldOf(inner)],
        message: `${describeReconciliation(outer)} also applies all of ${inner.path || '.'}: it ${outer.path === inner.path ? 'has the same path' : `includes it from ${outer.path || '.'}`}`,
        help: 'make sure that the paths do not overlap',
        ...(outer.declaration === undefined
          ? {}
          : { related: [{ at: [outer.declaration, ...pathFieldOf(outer)], message: 'also applies it' }] }),
      };
    }
  },
};
