import { mappingAt, textAt } from '../../object/object-field.ts';
import { namespaceOf } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { lockdownOf } from './flux-lockdown.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/** Without an account Flux applies with its own rights, which are those of the whole cluster. */
export const tenantWithoutAccount: ClusterRule = {
  id: 'tenant-without-account',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    const lockdown = lockdownOf(cluster);
    if (lockdown === undefined || lockdown.hasDefaultAccount) return;
    for (const resource of fluxKinds(cluster, 'Kustomization', 'HelmRelease')) {
      if (namespaceOf(resource.object) === lockdown.namespace) continue;
      if (textAt(resource.object, 'spec', 'serviceAccountName') !== undefined) continue;
      if (mappingAt(resource, 'spec', 'kubeConfig') !== undefined) continue;
      yield {
        at: [resource, 'metadata', 'name'],
        message: `${describeObject(resource)} has no serviceAccountName, so Flux applies it with permissions for the whole cluster`,
        help: 'set spec.serviceAccountName, or start the controllers with --default-service-account',
        related: [{ at: [lockdown.by, 'metadata', 'name'], message: 'this separates tenants' }],
      };
    }
  },
};
