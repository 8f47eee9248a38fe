import { namespaceOf, type Resource } from '../build/resource.ts';
import { isKind, mappingsAt, textAt } from '../reconcile/object-field.ts';
import { clusterObjects, describeObject, fluxKinds } from './flux-objects.ts';
import type { ClusterRule } from './rule.ts';

/** An account that may do everything keeps nobody apart, whoever applies with it. */
export const tenantIsAdmin: ClusterRule = {
  id: 'tenant-is-admin',
  severity: 'warning',
  scope: 'cluster',
  *judge(cluster) {
    const users = new Map<string, Resource>();
    for (const resource of fluxKinds(cluster, 'Kustomization', 'HelmRelease')) {
      const name = textAt(resource.object, 'spec', 'serviceAccountName');
      const namespace = namespaceOf(resource.object);
      // What the platform applies for itself needs rights to the cluster.
      if (name !== undefined && namespace !== 'flux-system') users.set(`${namespace}/${name}`, resource);
    }
    for (const binding of clusterObjects(cluster)) {
      if (!isKind(binding, 'rbac.authorization.k8s.io', 'ClusterRoleBinding')) continue;
      if (textAt(binding.object, 'roleRef', 'name') !== 'cluster-admin') continue;
      for (const { item, index } of mappingsAt(binding, 'subjects')) {
        const account = `${textAt(item.value, 'namespace') ?? ''}/${textAt(item.value, 'name') ?? ''}`;
        const user = users.get(account);
        if (item.value['kind'] !== 'ServiceAccount' || user === undefined) continue;
        yield {
          at: [binding, 'subjects', index, 'name'],
          message: `${describeObject(user)} applies with ${account}, which may do everything in the cluster`,
          help: 'bind a role in the namespace of the tenant instead (RoleBinding)',
          related: [{ at: [user, 'spec', 'serviceAccountName'], message: 'used here' }],
        };
      }
    }
  },
};
