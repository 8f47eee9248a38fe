import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { lockdownOf } from './flux-lockdown.ts';
import { clusterObjects } from './flux-objects.ts';
import { tenantLabel, tenantNamespaces, tenantOf } from './tenants.ts';

/** `toolkit.fluxcd.io/tenant`, as `flux create tenant` sets it on a Namespace and what stands in it (flux2 2.9). */
export const tenantLabelInconsistent: ClusterRule = {
  id: 'tenant-label-inconsistent',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    const namespaces = tenantNamespaces(cluster);
    const [labelled] = namespaces.filter((one) => tenantOf(one) !== undefined);
    if (labelled === undefined) return;
    const byName = new Map<string, Resource>(namespaces.map((one) => [nameOf(one.object), one]));
    for (const namespace of namespaces) {
      if (tenantOf(namespace) !== undefined || lockdownOf(cluster) === undefined) continue;
      yield {
        at: [namespace, 'metadata', 'name'],
        message: `Namespace ${nameOf(namespace.object)} has no tenant label, but others do`,
        help: `add the label ${tenantLabel}`,
        related: [{ at: [labelled, 'metadata', 'labels', tenantLabel], message: 'this one does' }],
      };
    }
    for (const resource of clusterObjects(cluster)) {
      const namespace = byName.get(namespaceOf(resource.object));
      const own = tenantOf(resource);
      const theirs = namespace === undefined ? undefined : tenantOf(namespace);
      if (namespace === undefined || own === undefined || theirs === undefined || own === theirs) continue;
      yield {
        at: [resource, 'metadata', 'labels', tenantLabel],
        message: `the object has the label of tenant ${own}, but its Namespace that of ${theirs}`,
        help: 'correct one of the two',
        severity: 'warning',
        related: [{ at: [namespace, 'metadata', 'labels', tenantLabel], message: 'the Namespace' }],
      };
    }
  },
};
