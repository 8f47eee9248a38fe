import { textAt } from '../../object/object-field.ts';
import type { Place } from '../../object/place.ts';
import type { Resource } from '../../object/resource.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { valueText } from '../../source/value-text.ts';
import { annotationList } from '../argocd/argo-application.ts';
import type { ClusterRule } from '../rule.ts';

const worthKeeping = new Set([
  'Namespace',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'CustomResourceDefinition',
]);

/** Everything is kept from pruning, although the owner prunes: what leaves Git runs on, and nobody sees it. */
export const pruneDisabledForAll: ClusterRule = {
  id: 'prune-disabled-for-all',
  severity: 'warning',
  scope: 'cluster',
  tags: ['ownership'],
  *judge({ reconciliations }) {
    for (const one of reconciliations) {
      const { resources } = one.build;
      const [first] = resources.filter(({ object }) => !worthKeeping.has(valueText(object['kind'])));
      if (!one.prune || first === undefined || resources.length < 3) continue;
      const place = keptAt(one, first);
      if (place === undefined || !resources.every((resource) => keptAt(one, resource) !== undefined))
        continue;
      yield {
        at: place,
        message: `none of the ${resources.length} objects of ${one.name} is pruned, although ${one.name} has pruning enabled: what is removed here stays in the cluster`,
        help: 'disable pruning only for objects with data, for example with a target that has a kind',
      };
    }
  },
};

function keptAt({ by }: Reconciliation, resource: Resource): Place | undefined {
  const { object } = resource;
  if (by === 'argocd')
    return annotationList(object, 'sync-options').includes('Prune=false')
      ? [resource, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options']
      : undefined;
  const key = 'kustomize.toolkit.fluxcd.io/prune';
  const field = ['annotations', 'labels'].find(
    (name) => textAt(object, 'metadata', name, key) === 'disabled',
  );
  return field === undefined ? undefined : [resource, 'metadata', field, key];
}
