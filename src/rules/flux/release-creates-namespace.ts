import { isTrueAt, textAt } from '../../object/object-field.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { type Cluster, namespaceKey } from '../../reconcile/cluster.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { fluxKinds } from './flux-objects.ts';

const field = ['spec', 'install', 'createNamespace'] as const;

/** `install.createNamespace` makes a Namespace that has no manifest, or repeats one that has (helm-controller 1.6). */
export const releaseCreatesNamespace: ClusterRule = {
  id: 'release-creates-namespace',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'order'],
  *judge(cluster) {
    const releases = fluxKinds(cluster, 'HelmRelease').filter(isElsewhere);
    const creating = releases.filter(({ object }) => isTrueAt(object, ...field));
    const [made = [], repeated = []] = [false, true].map((hasManifest) =>
      creating.filter((resource) => hasNamespace(resource, cluster) === hasManifest),
    );
    yield* toldOnce(repeated, releases.length, {
      path: field,
      message: (count) =>
        `${count === '' ? 'the release creates its' : `${count}releases create their`} Namespace, which also has a manifest: if Helm creates it, it lacks the labels of the manifest`,
      help: 'remove createNamespace, and make the release depend on what applies the manifest',
    });
    yield* toldOnce(made, releases.length, {
      path: field,
      message: (count) =>
        `${count === '' ? 'the release creates its' : `${count}releases create their`} Namespace, which then has no labels and is never deleted`,
      help: 'add a manifest for the Namespace to what applies the release, and remove createNamespace',
    });
  },
};

/** A HelmRelease stands in a namespace, which is there before Helm makes anything. */
function isElsewhere({ object }: Resource): boolean {
  return (textAt(object, 'spec', 'targetNamespace') ?? namespaceOf(object)) !== namespaceOf(object);
}

function hasNamespace({ object }: Resource, { inventory }: Cluster): boolean {
  return inventory.has(namespaceKey(textAt(object, 'spec', 'targetNamespace') ?? ''));
}
