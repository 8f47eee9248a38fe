import { nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { itemsAt, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { autoscalersOf } from '../workload/capacity/autoscaler.ts';
import { replicaCounts } from '../workload/capacity/replica-counts.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Effect, Held } from './effect.ts';
import { wholeOf } from './whole.ts';

/** What becomes of the data of an object that goes, in the severity and in words. */
export function withData(effect: Effect, cluster: ClusterPair, twin: Held | undefined): Effect {
  const details = [...claimsLeft(effect, cluster), ...emptyTwin(effect, twin)];
  const keeper = keeperOf(effect, cluster);
  const said = keeper === undefined ? details : [...details, keeper];
  if (said.length === 0) return effect;
  const isKept = keeper !== undefined && effect.severity === 'destroys';
  return {
    ...effect,
    ...(isKept ? { severity: 'breaks' } : {}),
    details: [...(effect.details ?? []), ...said],
  };
}

/** The claims that a stateful set made for its pods, which nobody deletes with it. */
function claimsLeft({ held, actions }: Effect, { base }: ClusterPair): string[] {
  const { object } = held.resource;
  const templates = itemsAt(object, ['spec', 'volumeClaimTemplates']);
  if (object['kind'] !== 'StatefulSet' || templates.length === 0 || !actions.includes('delete')) return [];
  if (valueAt(object, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted']) === 'Delete')
    return ['the claims of its pods are deleted with it (whenDeleted: Delete)'];
  const { steady } = replicaCounts(held.resource, autoscalersOf(wholeOf(base)));
  const names = templates.map((one) => `${valueText(valueAt(one, ['metadata', 'name']))}-${nameOf(object)}`);
  const from = names.map((name) => (steady > 1 ? `${name}-0 to -${steady - 1}` : `${name}-0`)).join(', ');
  return actions.includes('create')
    ? [`its claims ${from} stay, and the new pods mount them again`]
    : [`its claims ${from} stay behind with their data`];
}

const claimed: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'StatefulSet']);

function emptyTwin({ held, actions }: Effect, twin: Held | undefined): string[] {
  if (!actions.includes('delete') && !actions.includes('orphan')) return [];
  const kind = valueText(held.resource.object['kind']);
  if (twin === undefined || !claimed.has(kind) || twin.resource.object['kind'] !== kind) return [];
  const hasVolumes =
    kind === 'PersistentVolumeClaim' ||
    itemsAt(twin.resource.object, ['spec', 'volumeClaimTemplates']).length > 0;
  return hasVolumes ? ['the new one starts with an empty volume, without the data'] : [];
}

/** What keeps the data of a claim that is deleted, in words. */
function keeperOf({ held, actions }: Effect, { base }: ClusterPair): string | undefined {
  const { object } = held.resource;
  if (object['kind'] !== 'PersistentVolumeClaim' || !actions.includes('delete')) return undefined;
  const { resources } = wholeOf(base);
  const volumes = volumesOf(object, resources);
  const [first] = volumes;
  if (first !== undefined)
    return volumes.every(isRetained)
      ? `PersistentVolume ${nameOf(first.object)} keeps the data (Retain), and stays unbound until someone clears its claimRef`
      : undefined;
  const storage = classOf(object, resources);
  return storage !== undefined && storage.object['reclaimPolicy'] === 'Retain'
    ? `StorageClass ${nameOf(storage.object)} keeps the volumes (Retain), which must be bound to a claim again manually`
    : undefined;
}

/** The volumes of the repository of which the claim has one: that which one of them names, else those of a class that makes none itself. */
function volumesOf(claim: Resource['object'], resources: readonly Resource[]): Resource[] {
  const volumes = resources.filter(({ object }) => object['kind'] === 'PersistentVolume');
  const named = volumes.filter((one) => isVolumeOf(one, claim));
  if (named.length > 0) return named;
  const name = valueAt(claim, ['spec', 'storageClassName']);
  const provisioner = classOf(claim, resources)?.object['provisioner'] ?? noProvisioner;
  if (typeof name !== 'string' || provisioner !== noProvisioner) return [];
  return volumes.filter(
    ({ object }) =>
      valueText(valueAt(object, ['spec', 'storageClassName'])) === name &&
      valueAt(object, ['spec', 'claimRef']) === undefined,
  );
}

const noProvisioner = 'kubernetes.io/no-provisioner';

function classOf(claim: Resource['object'], resources: readonly Resource[]): Resource | undefined {
  const name = valueAt(claim, ['spec', 'storageClassName']);
  return resources.find(({ object }) => object['kind'] === 'StorageClass' && nameOf(object) === name);
}

/** A volume that somebody wrote is retained where it does not say otherwise (SetDefaults_PersistentVolume, Kubernetes 1.36). */
function isRetained({ object }: Resource): boolean {
  return valueText(valueAt(object, ['spec', 'persistentVolumeReclaimPolicy']) ?? 'Retain') === 'Retain';
}

function isVolumeOf({ object }: Resource, claim: Resource['object']): boolean {
  if (nameOf(object) === valueAt(claim, ['spec', 'volumeName'])) return true;
  const reference = valueAt(object, ['spec', 'claimRef']);
  return (
    valueAt(reference, ['name']) === nameOf(claim) && valueAt(reference, ['namespace']) === namespaceOf(claim)
  );
}
