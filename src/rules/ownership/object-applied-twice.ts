import { objectReference } from '../../object/resource.ts';
import { describeReconciliation } from '../../reconcile/reconciliation.ts';
import { isHook } from '../argocd/argo-application.ts';
import type { ClusterRule } from '../rule.ts';

/** One owner brings an object twice; Argo CD applies the last of them (RepeatedResourceWarning). kustomize refuses it by itself. */
export const objectAppliedTwice: ClusterRule = {
  id: 'object-applied-twice',
  severity: 'error',
  scope: 'cluster',
  tags: ['ownership'],
  *judge({ inventory }) {
    for (const owned of inventory.values()) {
      const [first] = owned;
      const again = owned.slice(1).find(({ owner }) => owner === first?.owner);
      if (first === undefined || again === undefined || isHook(first.resource) || isHook(again.resource))
        continue;
      const { kind, name, namespace } = objectReference(again.resource.object);
      yield {
        at: [again.resource, 'metadata', 'name'],
        message: `${describeReconciliation(first.owner)} applies ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} twice, and only the last one takes effect`,
        help: 'remove or rename one of them',
        related: [{ at: [first.resource, 'metadata', 'name'], message: 'the first one' }],
      };
    }
  },
};
