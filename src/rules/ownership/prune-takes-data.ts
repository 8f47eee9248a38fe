import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { annotationList, isApplication, isHook, syncOptionsOf } from '../argocd/argo-application.ts';
import type { ClusterRule } from '../rule.ts';

/** What is taken out of Git is deleted, and what a claim or a Namespace holds goes with it. */
export const pruneTakesData: ClusterRule = {
  id: 'prune-takes-data',
  severity: 'warning',
  scope: 'cluster',
  tags: ['ownership', 'data-loss'],
  *judge(cluster) {
    for (const owner of cluster.reconciliations) {
      const { prune, declaration, build } = owner;
      if (!prune || declaration === undefined) continue;
      for (const resource of build.resources) {
        const lost = lossOf(resource, owner, cluster);
        if (lost === undefined || isKept(resource, owner)) continue;
        yield {
          // Where it is to be annotated: its name may be that of a transformer.
          at: [resource, 'kind'],
          message: `${describeReconciliation(owner)} deletes ${describe(resource)} with ${lost} when it is taken out of Git, moved or renamed`,
          cause: `what is taken out of Git, moved or renamed is deleted, a ${isKind(resource, '', 'Namespace') ? 'Namespace' : 'PersistentVolumeClaim'} with ${lost}`,
          help:
            owner.by === 'argocd'
              ? 'annotate it with argocd.argoproj.io/sync-options: Prune=false, or Prune=confirm'
              : `annotate it with ${fluxMark(owner)}: disabled`,
          related: [{ at: [declaration, ...pruneFieldOf(owner)], message: 'prunes' }],
        };
      }
    }
  },
};

/** What goes with an object; undefined where nothing does. */
function lossOf(resource: Resource, owner: Reconciliation, cluster: Cluster): string | undefined {
  if (isKind(resource, '', 'Namespace'))
    return undeletable.has(nameOf(resource.object)) || nameOf(resource.object) === owner.namespace
      ? undefined
      : 'all that is in it';
  if (!isKind(resource, '', 'PersistentVolumeClaim') || isRetained(resource, cluster)) return undefined;
  return 'its data';
}

// The server refuses to delete these (NamespaceLifecycle of kube-apiserver 1.36); that of the controller is its own end.
const undeletable: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** Whether the volume outlives its claim, as far as the cluster's manifests say. */
function isRetained({ object }: Resource, { inventory }: Cluster): boolean {
  const volume = textAt(object, 'spec', 'volumeName');
  const bound = (inventory.get(volumeKey(volume)) ?? []).map((one) => one.resource.object);
  // A volume that is made by hand is kept where it does not say otherwise.
  if (bound.length > 0)
    return bound.every(
      (one) => (textAt(one, 'spec', 'persistentVolumeReclaimPolicy') ?? 'Retain') === 'Retain',
    );
  const storageClass = textAt(object, 'spec', 'storageClassName');
  return (inventory.get(classKey(storageClass)) ?? []).some(
    (one) => textAt(one.resource.object, 'reclaimPolicy') === 'Retain',
  );
}

function volumeKey(name = ''): string {
  return JSON.stringify(['', 'PersistentVolume', '', name]);
}

function classKey(name = ''): string {
  return JSON.stringify(['storage.k8s.io', 'StorageClass', '', name]);
}

/** Whether the object, or its owner for all of them, asks not to be pruned. */
function isKept(resource: Resource, owner: Reconciliation): boolean {
  if (owner.by !== 'argocd') return isKeptByFlux(resource, owner);
  if (isHook(resource) || textAt(resource.object, 'metadata', 'annotations', helmPolicy) === 'keep')
    return true;
  const own = annotationList(resource.object, 'sync-options').find((one) => one.startsWith('Prune='));
  const ofAll = isApplication(owner)
    ? syncOptionsOf(owner).find((one) => one.startsWith('Prune='))
    : undefined;
  return ['Prune=false', 'Prune=confirm'].includes(own ?? ofAll ?? '');
}

const helmPolicy = 'helm.sh/resource-policy';

// What kustomize-controller 1.9 leaves out when it deletes (deleteObjects); case does not count (fluxcd/pkg/ssa, AnyInMetadata).
function isKeptByFlux({ object }: Resource, owner: Reconciliation): boolean {
  const marks = [
    [fluxMark(owner), 'disabled'],
    ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
    ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
    ['kustomize.toolkit.fluxcd.io/ssa', 'ignore'],
  ] as const;
  return marks.some(([key, value]) =>
    ['annotations', 'labels'].some(
      (field) => textAt(object, 'metadata', field, key)?.toLowerCase() === value,
    ),
  );
}

function fluxMark({ kind }: Reconciliation): string {
  return kind === 'ResourceSet' ? 'fluxcd.controlplane.io/prune' : 'kustomize.toolkit.fluxcd.io/prune';
}

function pruneFieldOf({ by, kind }: Reconciliation): readonly string[] {
  if (by === 'argocd') return ['spec', 'syncPolicy', 'automated', 'prune'];
  return kind === 'Kustomization' ? ['spec', 'prune'] : ['spec'];
}
