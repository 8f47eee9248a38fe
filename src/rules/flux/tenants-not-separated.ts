import { isKind } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import type { ClusterRule } from '../rule.ts';
import { lockdownOf } from './flux-lockdown.ts';
import { clusterObjects, fluxKinds } from './flux-objects.ts';
import { tenantLabel, tenantNamespaces, tenantOf } from './tenants.ts';

/** Namespaces are marked as those of tenants, and the controllers of Flux take references from one to another all the same. */
export const tenantsNotSeparated: ClusterRule = {
  id: 'tenants-not-separated',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    const controller = controllerOf(cluster);
    if (controller === undefined || lockdownOf(cluster) !== undefined) return;
    const [namespace] = tenantNamespaces(cluster).filter((one) => tenantOf(one) !== undefined);
    if (namespace === undefined) return;
    yield {
      at: [controller, 'metadata', 'name'],
      message: `objects of tenant ${tenantOf(namespace) ?? ''} can use sources and Secrets of other namespaces, with the permissions of Flux`,
      help:
        controller.object['kind'] === 'FluxInstance'
          ? 'set spec.cluster.multitenant: true'
          : 'start the controllers with --no-cross-namespace-refs=true and --default-service-account=default',
      related: [{ at: [namespace, 'metadata', 'labels', tenantLabel], message: 'a tenant of this cluster' }],
    };
  },
};

function controllerOf(cluster: Cluster): Resource | undefined {
  const [instance] = fluxKinds(cluster, 'FluxInstance');
  return (
    instance ??
    clusterObjects(cluster).find(
      (one) => isKind(one, 'apps', 'Deployment') && nameOf(one.object) === 'kustomize-controller',
    )
  );
}
