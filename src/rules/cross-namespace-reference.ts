import { namespaceOf, type Resource } from '../build/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { isKind, isTrueAt } from '../reconcile/object-field.ts';
import { isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import { linksOf } from './flux-links.ts';
import { clusterObjects, describeObject, fluxObjects } from './flux-objects.ts';
import type { ClusterRule } from './rule.ts';

const flag = '--no-cross-namespace-refs';

/** In a cluster that is locked down Flux refuses references to sources of other namespaces (`--no-cross-namespace-refs`). */
export const crossNamespaceReference: ClusterRule = {
  id: 'cross-namespace-reference',
  severity: 'error',
  scope: 'cluster',
  *judge(cluster) {
    const locked = lockedBy(cluster);
    if (locked === undefined) return;
    for (const resource of fluxObjects(cluster)) {
      const own = namespaceOf(resource.object) || 'default';
      for (const { kind, namespace, name, path } of linksOf(resource))
        if (namespace !== own)
          yield {
            at: [resource, ...path],
            message: `${describeObject(resource)} names ${kind} ${namespace}/${name}, and Flux refuses references across namespaces here`,
            help: `give ${own} a ${kind} of its own`,
            related: [{ at: [locked, 'metadata', 'name'], message: 'locked down by this' }],
          };
    }
  },
};

/** The controller or FluxInstance that forbids references across namespaces. */
function lockedBy(cluster: Cluster): Resource | undefined {
  return clusterObjects(cluster).find(
    (resource) =>
      (isKind(resource, 'fluxcd.controlplane.io', 'FluxInstance') &&
        isTrueAt(resource.object, 'spec', 'cluster', 'multitenant')) ||
      (isKind(resource, 'apps', 'Deployment') && argsOf(resource.object).some(isFlag)),
  );
}

function isFlag(arg: Value): boolean {
  return arg === flag || arg === `${flag}=true`;
}

function argsOf(deployment: Mapping): Value[] {
  const containers = valueAt(deployment, ['spec', 'template', 'spec', 'containers']);
  return (isSequence(containers) ? containers : []).flatMap((container) => {
    const args = valueAt(container, ['args']);
    return isSequence(args) ? args : [];
  });
}
