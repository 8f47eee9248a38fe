import { mappingsAt, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { clusterObjects, fluxKinds } from './flux-objects.ts';

const label = 'reconcile.fluxcd.io/watch';

/** Flux looks at values and variables at the next interval, unless their ConfigMap or Secret carries a label (since 2.7). */
export const valuesSourceUnwatched: ClusterRule = {
  id: 'values-source-unwatched',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux'],
  judge(cluster) {
    const used = usedSources(cluster);
    const all = clusterObjects(cluster).filter(
      ({ object }) =>
        used.has(`${valueText(object['kind'])} ${namespaceOf(object)}/${nameOf(object)}`) &&
        object['apiVersion'] === 'v1',
    );
    return toldOnce(all.filter(isUnwatched), all.length, {
      path: ['metadata', 'name'],
      message: (count) =>
        `${count === '' ? 'a ConfigMap or Secret that this cluster reads values from has' : `${count}ConfigMaps and Secrets that this cluster reads values from have`} no label ${label}, so a change waits for the next interval`,
      help: `set the label ${label}: Enabled`,
    });
  },
};

function usedSources(cluster: Cluster): ReadonlySet<string> {
  return new Set(
    fluxKinds(cluster, 'Kustomization', 'HelmRelease').flatMap((resource) =>
      [
        ...mappingsAt(resource, 'spec', 'valuesFrom'),
        ...mappingsAt(resource, 'spec', 'postBuild', 'substituteFrom'),
      ].map(
        ({ item }) =>
          `${textAt(item.value, 'kind') ?? ''} ${namespaceOf(resource.object)}/${textAt(item.value, 'name') ?? ''}`,
      ),
    ),
  );
}

// A generated one has another name after each change, which is a change of the Kustomization or release itself.
function isUnwatched({ object }: Resource): boolean {
  return (
    textAt(object, 'metadata', 'labels', label) === undefined &&
    !/-[bcdfghkmt2456789]{10}$/u.test(nameOf(object))
  );
}
