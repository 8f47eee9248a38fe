import { textAt } from '../../object/object-field.ts';
import { namespaceKey } from '../../reconcile/cluster.ts';
import { describeReconciliation } from '../../reconcile/reconciliation.ts';
import { valueAt } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { applicationsOf, syncOptionsOf } from './argo-application.ts';

/** `CreateNamespace=true` beside a manifest for the same Namespace with another owner. */
export const namespaceCreatedTwice: ClusterRule = {
  id: 'namespace-created-twice',
  severity: 'note',
  scope: 'cluster',
  tags: ['argo-cd', 'order'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) {
      if (!syncOptionsOf(application).includes('CreateNamespace=true')) continue;
      const { declaration } = application;
      const name = textAt(declaration.object, 'spec', 'destination', 'namespace');
      if (name === undefined) continue;
      const owned = cluster.inventory.get(namespaceKey(name)) ?? [];
      const other = owned.find(({ owner }) => owner !== application);
      if (other === undefined || owned.some(({ owner }) => owner === application)) continue;
      const own = ['spec', 'syncPolicy', 'managedNamespaceMetadata'];
      const hasMetadata = valueAt(declaration.object, own) !== undefined;
      yield {
        at: [declaration, ...(hasMetadata ? own : ['spec', 'syncPolicy', 'syncOptions'])],
        message: hasMetadata
          ? `${application.name} and ${describeReconciliation(other.owner)} both set labels and annotations of Namespace ${name}`
          : `whichever comes first creates Namespace ${name}: if ${application.name} creates it, it lacks the labels that its manifest sets`,
        help: 'let the manifest create it, in an earlier wave or a dependency, and remove CreateNamespace=true',
        ...(hasMetadata ? { severity: 'warning' as const } : {}),
        related: [
          {
            at: [other.resource, 'metadata', 'name'],
            message: `applied by ${describeReconciliation(other.owner)}`,
          },
        ],
      };
    }
  },
};
