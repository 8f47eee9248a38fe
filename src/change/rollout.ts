import { valueAt } from '../source/value.ts';
import { autoscalersOf } from '../workload/capacity/autoscaler.ts';
import { replicaCounts } from '../workload/capacity/replica-counts.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Effect, Held } from './effect.ts';

type Rollout = Pick<Effect, 'actions' | 'reason' | 'severity' | 'pods' | 'details'>;

/** What a change of the pod template does to the pods of a workload. */
export function rolloutOf({ resource, owner }: Held, _: ClusterPair): Rollout {
  const { object } = resource;
  const kind = String(object['kind']);
  if (kind === 'CronJob') return { actions: ['update'], reason: 'updated', severity: 'changes' };
  if (isHeldBack(resource)) return { actions: ['update'], reason: 'held-back', severity: 'silent' };
  const counts = replicaCounts(resource, autoscalersOf(owner.build));
  const pods = counts.steady;
  if (pods === 0) return { actions: ['update'], reason: 'updated', severity: 'changes' };
  if (hasGap(resource, pods))
    return { actions: ['update', 'rollout'], reason: 'restarts-with-gap', severity: 'breaks', pods };
  return { actions: ['update', 'rollout'], reason: 'restarts', severity: 'disrupts', pods };
}

function isHeldBack({ object }: Held['resource']): boolean {
  return (
    valueAt(object, ['spec', 'paused']) === true ||
    valueAt(object, ['spec', 'updateStrategy', 'type']) === 'OnDelete'
  );
}

function hasGap({ object }: Held['resource'], pods: number): boolean {
  if (object['kind'] === 'Deployment') return valueAt(object, ['spec', 'strategy', 'type']) === 'Recreate';
  return object['kind'] === 'StatefulSet' && pods === 1;
}
