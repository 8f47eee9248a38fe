import { valueAt } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

/** The operator isolates the controllers of Flux unless it is told not to. */
export const fluxNetworkOpen: ClusterRule = {
  id: 'flux-network-open',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'network', 'security'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'FluxInstance'))
      if (valueAt(resource.object, ['spec', 'cluster', 'networkPolicy']) === false)
        yield {
          at: [resource, 'spec', 'cluster', 'networkPolicy'],
          message: 'every pod of the cluster can connect to the controllers of Flux',
          help: 'remove networkPolicy: false',
        };
  },
};
