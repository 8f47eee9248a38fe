import type { ClusterRule } from './rule.ts';

/** A reconciliation that may take longer than its interval delays the next one. */
export const timeoutBeyondInterval: ClusterRule = {
  id: 'timeout-beyond-interval',
  severity: 'warning',
  scope: 'cluster',
  *judge({ reconciliations }) {
    for (const { declaration, interval, timeout } of reconciliations) {
      if (declaration === undefined || interval === undefined || timeout === undefined) continue;
      if (timeout <= interval) continue;
      yield {
        at: [declaration, 'spec', 'timeout'],
        message:
          'the timeout is longer than the interval, so a reconciliation that hangs delays those after it',
        help: 'make the timeout shorter than the interval',
      };
    }
  },
};
