import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { namesOfKind } from '../../schema/kind-names.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject } from './flux-objects.ts';

/** Flux gives no object a namespace, and one that needs it fails the whole apply (fluxcd/pkg/ssa, dry-run of July 2026). */
export const fluxNamespaceMissing: ClusterRule = {
  id: 'flux-namespace-missing',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'order', 'references'],
  *judge({ reconciliations }) {
    for (const { by, kind, name, build } of reconciliations) {
      if (by !== 'flux' || kind !== 'Kustomization') continue;
      for (const resource of build.resources) {
        if (!needsNamespace(resource)) continue;
        yield {
          at: [resource, 'metadata', 'name'],
          message: `${describeObject(resource)} has no namespace, and Flux does not set one: nothing of Kustomization ${name} is applied`,
          help: `set metadata.namespace, namespace in the kustomization, or spec.targetNamespace of Kustomization ${name}`,
        };
      }
    }
  },
};

function needsNamespace({ object }: Resource): boolean {
  return namespaceOf(object) === '' && namesOfKind(groupVersionKind(object))?.namespaced === true;
}
