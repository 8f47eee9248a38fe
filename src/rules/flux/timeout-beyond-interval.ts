import { secondsOf, textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

/** A reconciliation that may take longer than its interval delays the next one. */
export const timeoutBeyondInterval: ClusterRule = {
  id: 'timeout-beyond-interval',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  *judge(cluster) {
    for (const { declaration, interval, timeout } of cluster.reconciliations) {
      if (declaration === undefined || interval === undefined || timeout === undefined) continue;
      if (timeout <= interval) continue;
      yield {
        at: [declaration, 'spec', 'timeout'],
        message: 'the timeout is longer than the interval, so a hanging reconciliation delays the next ones',
        help: 'make the timeout shorter than the interval',
      };
    }
    for (const resource of fluxKinds(cluster, 'HelmRelease')) {
      const interval = secondsOf(textAt(resource.object, 'spec', 'interval'));
      const timeout = secondsOf(textAt(resource.object, 'spec', 'timeout'));
      if (interval === undefined || timeout === undefined || timeout <= interval) continue;
      yield {
        at: [resource, 'spec', 'timeout'],
        message: 'the timeout is longer than the interval, so a hanging release is detected late',
        help: 'make the timeout shorter than the interval',
        severity: 'note',
      };
    }
  },
};
