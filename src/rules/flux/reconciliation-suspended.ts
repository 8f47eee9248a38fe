import { isTrueAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxObjects } from './flux-objects.ts';

/** What is suspended keeps what it applied last, whatever is merged afterwards. */
export const reconciliationSuspended: ClusterRule = {
  id: 'reconciliation-suspended',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux'],
  *judge(cluster) {
    for (const resource of fluxObjects(cluster).filter(({ object }) => isTrueAt(object, 'spec', 'suspend')))
      yield {
        at: [resource, 'spec', 'suspend'],
        message: `${describeObject(resource)} is suspended, so what is merged from now on does not reach the cluster`,
        help: 'remove suspend, or accept this finding while it is intended',
      };
  },
};
