import { knownOnce } from '../../object/known-once.ts';
import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { clusterObjects, fluxKinds } from './flux-objects.ts';

export const tenantLabel = 'toolkit.fluxcd.io/tenant';

/** The tenant that an object says it belongs to. */
export function tenantOf({ object }: Resource): string | undefined {
  return textAt(object, 'metadata', 'labels', tenantLabel);
}

/** The Namespaces of a cluster in which Flux applies something for somebody, the platform's own aside. */
export const tenantNamespaces = knownOnce((cluster: Cluster): readonly Resource[] => {
  const deployed = new Set(
    fluxKinds(cluster, 'Kustomization', 'HelmRelease').map(({ object }) => namespaceOf(object)),
  );
  return clusterObjects(cluster).filter(
    (resource) =>
      isKind(resource, '', 'Namespace') &&
      deployed.has(nameOf(resource.object)) &&
      nameOf(resource.object) !== 'flux-system',
  );
});
