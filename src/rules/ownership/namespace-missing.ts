import { nearestName } from '../../diagnostic/closest-word.ts';
import { isTrueAt, textAt } from '../../object/object-field.ts';
import type { Place } from '../../object/place.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import { isSequence, valueAt } from '../../source/value.ts';
import { clusterObjects, describeObject, fluxKinds, isWholeCluster } from '../flux/flux-objects.ts';
import type { ClusterRule } from '../rule.ts';

/** Objects and releases for a namespace that nothing of a cluster makes, which is known where all that Flux applies is known. */
export const namespaceMissing: ClusterRule = {
  id: 'namespace-missing',
  severity: 'warning',
  scope: 'cluster',
  tags: ['ownership', 'order', 'references'],
  *judge(cluster, { provided }) {
    if (!isWholeCluster(cluster)) return;
    const made = madeIn(cluster);
    for (const { kind, name } of provided) if (kind === 'Namespace') made.add(name);
    const told = new Set<string>();
    for (const { namespace, at, what } of placesIn(cluster)) {
      if (made.has(namespace) || told.has(namespace) || namespace.includes('$')) continue;
      told.add(namespace);
      const near = nearestName(namespace, [...made]);
      yield {
        at,
        message: `nothing creates the Namespace ${namespace}, so ${what} is not applied until it exists`,
        help: near === undefined ? 'add a Namespace that is applied before it' : `did you mean ${near}?`,
      };
    }
  },
};

/** Every cluster has these, and the one that Flux was put into. */
const present = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system'];

function madeIn(cluster: Cluster): Set<string> {
  const made = new Set([...present, ...cluster.reconciliations.map(({ namespace }) => namespace)]);
  for (const [owned] of cluster.inventory.values())
    if (owned?.resource.object['kind'] === 'Namespace') made.add(nameOf(owned.resource.object));
  for (const { object } of fluxKinds(cluster, 'HelmRelease'))
    if (isTrueAt(object, 'spec', 'install', 'createNamespace'))
      made.add(textAt(object, 'spec', 'targetNamespace') ?? namespaceOf(object));
  for (const { declaration, by } of [...cluster.reconciliations, ...cluster.remote])
    if (by === 'argocd' && declaration !== undefined) addDestination(made, declaration);
  return made;
}

/** Argo CD makes the namespace of an Application's destination, and no other, where a sync option asks for it. */
function addDestination(made: Set<string>, { object }: Resource): void {
  const options = valueAt(object, ['spec', 'syncPolicy', 'syncOptions']);
  const namespace = textAt(object, 'spec', 'destination', 'namespace');
  if (namespace !== undefined && isSequence(options) && options.includes('CreateNamespace=true'))
    made.add(namespace);
}

function placesIn(cluster: Cluster): { namespace: string; at: Place; what: string }[] {
  return clusterObjects(cluster).flatMap((resource: Resource) => {
    const { object } = resource;
    const own = isClusterScoped(groupVersionKind(object)) ? '' : namespaceOf(object);
    const target = object['kind'] === 'HelmRelease' ? textAt(object, 'spec', 'targetNamespace') : undefined;
    const what = describeObject(resource);
    return [
      ...(own === '' ? [] : [{ namespace: own, at: [resource, 'metadata', 'namespace'] as const, what }]),
      ...(target === undefined
        ? []
        : [
            {
              namespace: target,
              at: [resource, 'spec', 'targetNamespace'] as const,
              what: `the release of ${what}`,
            },
          ]),
    ];
  });
}
