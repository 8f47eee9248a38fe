import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { type Cluster, inventoryKey } from '../../reconcile/cluster.ts';
import { controllerKindOf } from '../../reconcile/controller-kinds.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { valueText } from '../../source/value-text.ts';

/** Everything that reaches a cluster, each object once: what its builds bring, and the entry points that nothing brings. */
export const clusterObjects = knownOnce(({ reconciliations, inventory }: Cluster): readonly Resource[] => {
  const rendered = [...inventory.values()].flatMap(([first]) =>
    first === undefined ? [] : [first.resource],
  );
  const entries = reconciliations.flatMap(({ declaration, destination }) =>
    // What another cluster applies here is declared there.
    declaration === undefined || destination !== undefined || inventory.has(inventoryKey(declaration))
      ? []
      : [declaration],
  );
  return [...rendered, ...entries];
});

const fluxGroup = /^(?:\w+\.toolkit\.fluxcd\.io|source\.extensions\.fluxcd\.io|fluxcd\.controlplane\.io)\//u;

/** The objects of Flux that reach a cluster. */
export const fluxObjects = knownOnce((cluster: Cluster): readonly Resource[] =>
  clusterObjects(cluster).filter(({ object }) => fluxGroup.test(valueText(object['apiVersion']))),
);

/** The objects of one kind of Flux, or of several. */
export function fluxKinds(cluster: Cluster, ...kinds: readonly string[]): Resource[] {
  return fluxObjects(cluster).filter(({ object }) => kinds.includes(valueText(object['kind'])));
}

function isInstallation({ declaration }: Reconciliation): boolean {
  return declaration !== undefined && controllerKindOf(declaration)?.isInstallation === true;
}

/** Whether a cluster applies itself, as after `flux bootstrap` or with a FluxInstance; another is what somebody applies by hand. */
export const appliesItself = knownOnce((cluster: Cluster): boolean => selfApplied(cluster).length > 0);

/** What applies the object that declares it. */
export const selfApplied = knownOnce(({ reconciliations, inventory }: Cluster): readonly Reconciliation[] =>
  reconciliations.filter(
    (one) =>
      isInstallation(one) ||
      (one.declaration !== undefined &&
        (inventory.get(inventoryKey(one.declaration)) ?? []).some(({ resource }) =>
          one.build.resources.includes(resource),
        )),
  ),
);

/** Whether all that reaches the cluster by way of Flux is known here: it applies itself, and nothing comes from elsewhere. */
export const isWholeCluster = knownOnce(
  (cluster: Cluster): boolean =>
    appliesItself(cluster) &&
    cluster.reconciliations.every(({ build, notRendered }) => build.complete && notRendered.length === 0),
);

/** `HelmRelease apps/web`, for messages. */
export function describeObject({ object }: Resource): string {
  const namespace = namespaceOf(object);
  return `${valueText(object['kind'])} ${namespace === '' ? '' : `${namespace}/`}${nameOf(object)}`;
}
