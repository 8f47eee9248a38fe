import { grouped } from '../../diagnostic/grouped.ts';
import { isKind, mappingsAt, textAt } from '../../object/object-field.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import type { ClusterRule } from '../rule.ts';
import { clusterObjects, describeObject, fluxKinds } from './flux-objects.ts';

/** An account that may do everything keeps nobody apart, whoever applies with it. */
export const tenantIsAdmin: ClusterRule = {
  id: 'tenant-is-admin',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    // What the platform applies for itself needs rights to the cluster.
    const users = fluxKinds(cluster, 'Kustomization', 'HelmRelease').filter(
      ({ object }) =>
        namespaceOf(object) !== 'flux-system' && textAt(object, 'spec', 'serviceAccountName') !== undefined,
    );
    const byAccount = grouped(users, ({ object }) =>
      [namespaceOf(object), textAt(object, 'spec', 'serviceAccountName')].join('/'),
    );
    for (const binding of clusterObjects(cluster)) {
      if (!isKind(binding, 'rbac.authorization.k8s.io', 'ClusterRoleBinding')) continue;
      if (textAt(binding.object, 'roleRef', 'name') !== 'cluster-admin') continue;
      for (const { item, index } of mappingsAt(binding, 'subjects')) {
        const account = `${textAt(item.value, 'namespace') ?? ''}/${textAt(item.value, 'name') ?? ''}`;
        const using = byAccount.get(account) ?? [];
        const [user] = using;
        if (item.value['kind'] !== 'ServiceAccount' || user === undefined) continue;
        const isNeedless = using.every((one) => staysInNamespaces(one, cluster));
        yield {
          at: [binding, 'subjects', index, 'name'],
          message: `${describeObject(user)} applies with ${account}, which can do anything in the cluster`,
          help: isNeedless
            ? 'bind a role in the namespace of the tenant instead (RoleBinding)'
            : 'bind a role in the namespace of the tenant instead (RoleBinding), or accept this if it installs cluster-wide objects, such as CRDs',
          ...(isNeedless ? {} : { severity: 'note' }),
          related: [{ at: [user, 'spec', 'serviceAccountName'], message: 'used here' }],
        };
      }
    }
  },
};

/** Whether all that is applied is known and stands in namespaces, so that rights to the cluster are of no use to it. */
function staysInNamespaces(user: Resource, { reconciliations }: Cluster): boolean {
  const one = reconciliations.find(({ declaration }) => declaration === user);
  if (one === undefined || one.notRendered.length > 0 || !one.build.complete) return false;
  return one.build.resources.every(({ object }) => !isClusterScoped(groupVersionKind(object)));
}
