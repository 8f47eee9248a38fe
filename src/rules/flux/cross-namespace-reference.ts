import { namespaceOf } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { linksOf } from './flux-links.ts';
import { lockdownOf } from './flux-lockdown.ts';
import { describeObject, fluxObjects } from './flux-objects.ts';

/** In a cluster that is locked down Flux refuses references to sources of other namespaces (`--no-cross-namespace-refs`). */
export const crossNamespaceReference: ClusterRule = {
  id: 'cross-namespace-reference',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    const lockdown = lockdownOf(cluster);
    if (lockdown === undefined) return;
    for (const resource of fluxObjects(cluster)) {
      const own = namespaceOf(resource.object) || 'default';
      for (const { kind, namespace, name, path } of linksOf(resource))
        if (namespace !== own)
          yield {
            at: [resource, ...path],
            message: `${describeObject(resource)} refers to ${kind} ${namespace}/${name}, but Flux rejects cross-namespace references here`,
            help: `create a separate ${kind} for ${own}`,
            related: [{ at: [lockdown.by, 'metadata', 'name'], message: 'locked down by this' }],
          };
    }
  },
};
