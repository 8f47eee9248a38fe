import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { ownOf } from '../source/own.ts';
import { type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { autoscalersOf } from '../workload/capacity/autoscaler.ts';
import { replicaCounts } from '../workload/capacity/replica-counts.ts';
import { type SingleClaim, singleClaimUses } from '../workload/pod/single-claim.ts';
import type { ClusterPair } from './cluster-pair.ts';
import { type Fences, fencesOf, fenceWords, podWords, shareOf } from './consequence/rolling.ts';
import { tightestQuota } from './consequence/surge-room.ts';
import type { Effect, Held } from './effect.ts';
import { wholeOf } from './whole.ts';

export type Rollout = Pick<Effect, 'actions' | 'reason' | 'severity' | 'pods' | 'details' | 'safe'>;

type RolloutOf = (workload: Resource, pods: number, cluster: ClusterPair) => Rollout;

/** What a change of the pod template does to the pods of a workload, as the controller of its kind does it. */
export function rolloutOf({ resource }: Held, cluster: ClusterPair): Rollout {
  const { object } = resource;
  const kind = valueText(object['kind']);
  if (kind === 'CronJob')
    return { actions: ['update'], reason: 'from-next-run', severity: 'changes', details: [] };
  if (valueAt(object, ['spec', 'paused']) === true) return heldBack('spec.paused is true');
  const { steady } = replicaCounts(resource, autoscalersOf(wholeOf(cluster.head)));
  if (steady === 0) return { actions: ['update'], reason: 'updated', severity: 'changes' };
  return (ownOf(byKind, kind) ?? unknownStrategy)(resource, steady, cluster);
}

const byKind: Readonly<Record<string, RolloutOf>> = {
  Deployment: rolloutOfDeployment,
  StatefulSet: rolloutOfStatefulSet,
  DaemonSet: rolloutOfDaemonSet,
  ReplicaSet: () => heldBack('its pods stay as they are, and only new ones use the new template'),
  ReplicationController: () => heldBack('its pods stay as they are, and only new ones use the new template'),
  Pod: (_: Resource, pods: number) => gap(pods, 'its containers restart in place'),
  Rollout: (_: Resource, pods: number) =>
    restarts(pods, `${podWords(pods)}, as the steps of its strategy say`),
};

function unknownStrategy(_: Resource, pods: number): Rollout {
  return restarts(pods, podWords(pods));
}

function restarts(pods: number, ...details: readonly string[]): Rollout {
  return { actions: ['update', 'rollout'], reason: 'restarts', severity: 'disrupts', pods, details };
}

function gap(pods: number, ...details: readonly string[]): Rollout {
  return { actions: ['update', 'rollout'], reason: 'restarts-with-gap', severity: 'breaks', pods, details };
}

function stuck(pods: number, ...details: readonly string[]): Rollout {
  return { actions: ['update', 'rollout'], reason: 'rollout-stuck', severity: 'breaks', pods, details };
}

function heldBack(detail: string): Rollout {
  return { actions: ['update'], reason: 'held-back', severity: 'silent', details: [detail] };
}

function rolloutOfDeployment(workload: Resource, pods: number, cluster: ClusterPair): Rollout {
  const { object } = workload;
  if (valueAt(object, ['spec', 'strategy', 'type']) === 'Recreate')
    return gap(pods, `${podWords(pods)}: all stop before the first new one starts`);
  const fences = fencesOf(object, pods);
  const words = fenceWords(pods, fences);
  if (fences.unavailable >= pods) return gap(pods, words);
  const claim = fences.unavailable === 0 ? claimOf(workload, cluster) : undefined;
  if (claim !== undefined) return stuck(pods, words, claimWords(claim));
  return withQuota(workload, { pods, fences, words }, cluster);
}

interface Rolling {
  readonly pods: number;
  readonly fences: Fences;
  readonly words: string;
}

function withQuota(workload: Resource, { pods, fences, words }: Rolling, cluster: ClusterPair): Rollout {
  const tight = tightestQuota(workload, fences.surge, cluster);
  if (tight === undefined) return restarts(pods, words);
  const { quota, resource, pods: room } = tight;
  const has = `ResourceQuota ${quota} has ${resource} for ${room === 0 ? 'no new pod' : podWords(room)} next to the old ones`;
  return room === 0 && fences.unavailable === 0 ? stuck(pods, words, has) : restarts(pods, words, has);
}

/** The claim for one node or one pod that the pods of a workload mount. */
function claimOf(workload: Resource, { head }: ClusterPair): SingleClaim | undefined {
  return claimsByUser(wholeOf(head)).get(inventoryKey(workload));
}

const claimsByUser = knownOnce(
  (build: Build) =>
    new Map(
      [...singleClaimUses(build).values()].flatMap((uses) =>
        uses.map(({ claim, template }) => [inventoryKey(template.resource), claim] as const),
      ),
    ),
);

function claimWords({ name, mode }: SingleClaim): string {
  return mode === 'ReadWriteOncePod'
    ? `claim ${name} is ReadWriteOncePod: the new pod waits for the old one, which waits for it`
    : `claim ${name} is ReadWriteOnce: a new pod on another node waits for the old one, which waits for it`;
}

/** One pod after the other from the last, down to the partition; more at a time only behind a feature gate that is off. */
function rolloutOfStatefulSet({ object }: Resource, pods: number): Rollout {
  const strategy = valueAt(object, ['spec', 'updateStrategy']);
  if (valueAt(strategy, ['type']) === 'OnDelete')
    return heldBack('its pods are replaced when someone deletes them');
  const partition = numberAt(strategy, ['rollingUpdate', 'partition']) ?? 0;
  const moved = Math.max(0, pods - partition);
  if (moved === 0) return heldBack(`the partition ${partition} holds back all of its ${podWords(pods)}`);
  const held =
    partition === 0 ? [] : [`the partition holds back the first ${partition} of ${podWords(pods)}`];
  const atOnce = valueAt(strategy, ['rollingUpdate', 'maxUnavailable']);
  const ungated =
    atOnce === undefined || atOnce === 1
      ? []
      : [
          'maxUnavailable has an effect only with the feature gate MaxUnavailableStatefulSet, which is off by default',
        ];
  if (pods === 1) return gap(1, 'its only pod stops before the new one starts');
  return restarts(moved, `${podWords(moved)}, one after the other from the last`, ...held, ...ungated);
}

function rolloutOfDaemonSet({ object }: Resource, pods: number): Rollout {
  const strategy = valueAt(object, ['spec', 'updateStrategy']);
  if (valueAt(strategy, ['type']) === 'OnDelete')
    return heldBack('its pods are replaced when someone deletes them');
  const down = valueAt(strategy, ['rollingUpdate', 'maxUnavailable']) ?? 1;
  const surge = valueAt(strategy, ['rollingUpdate', 'maxSurge']) ?? 0;
  if (shareOf(surge, 100, Math.ceil) > 0)
    return restarts(pods, `a pod on each node, up to ${valueText(surge)} more at once`);
  return restarts(pods, `a pod on each node, up to ${valueText(down)} unavailable at once`);
}

function numberAt(value: Value | undefined, path: readonly string[]): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : undefined;
}
