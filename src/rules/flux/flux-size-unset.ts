import { mappingAt, mappingsAt, textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

/** `cluster.size` sets limits and concurrency of the controllers (flux-operator 0.58, internal/builder/profiles.go). */
export const fluxSizeUnset: ClusterRule = {
  id: 'flux-size-unset',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'capacity'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'FluxInstance')) {
      const isPatched = mappingsAt(resource, 'spec', 'kustomize', 'patches').length > 0;
      if (isPatched || textAt(resource.object, 'spec', 'cluster', 'size') !== undefined) continue;
      const hasCluster = mappingAt(resource, 'spec', 'cluster') !== undefined;
      yield {
        at: [resource, ...(hasCluster ? ['spec', 'cluster'] : ['metadata', 'name'])],
        message:
          'the size of the cluster is not set, so the controllers of Flux keep their default limits and concurrency',
        help: 'set spec.cluster.size to small, medium or large',
      };
    }
  },
};
