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

/**
 * Whether all that reaches the cluster by way of Flux is known here: it applies itself, as after `flux bootstrap` or with a
 * FluxInstance, and nothing comes from elsewhere.
 */
export const isWholeCluster = knownOnce(({ reconciliations, inventory }: Cluster): boolean => {
  const appliesItself = ({ declaration, build }: Reconciliation): boolean =>
    declaration !== undefined &&
    (inventory.get(inventoryKey(declaration)) ?? []).some(({ resource }) =>
      build.resources.includes(resource),
    );
  return (
    reconciliations.some((one) => isInstallation(one) || appliesItself(one)) &&
    reconciliations.every(({ build, notRendered }) => build.complete && notRendered.length === 0)
  );
});

/** `HelmRelease apps/web`, for messages. */
export function describeObject({ object }: Resource): string {
  const namespace = namespaceOf(object);
  return `${valueText(object['kind'])} ${namespace === '' ? '' : `${namespace}/`}${nameOf(object)}`;
}
