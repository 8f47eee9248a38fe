import type { Resource } from '../../object/resource.ts';
import { type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Autoscaler, scalersOf } from './autoscaler.ts';
import { podCount } from './pod-count.ts';

/** How many pods a workload has: all the time, at most by its autoscalers, and while a change of its template rolls out. */
export interface ReplicaCounts {
  readonly steady: number;
  /** Pods beyond `steady` during a rolling update. */
  readonly surge: number;
  readonly maximum: number;
  /** Pods beyond `maximum` during a rolling update. */
  readonly surgeAtMaximum: number;
  /** Whether each node has one of its pods, so that nobody knows here how many there are; one is counted. */
  readonly isPerNode: boolean;
}

export function replicaCounts(workload: Resource, autoscalers: readonly Autoscaler[]): ReplicaCounts {
  const { object } = workload;
  const kind = valueText(object['kind']);
  if (kind === 'DaemonSet') return { ...fixed(1), isPerNode: true };
  // Jobs come and go: their pods are there beside the others, not all the time.
  if (kind === 'Job') return passing(jobPods(valueAt(object, ['spec'])));
  if (kind === 'CronJob') return passing(jobPods(valueAt(object, ['spec', 'jobTemplate', 'spec'])));
  if (kind === 'Pod') return fixed(1);
  const scalers = scalersOf(workload, autoscalers);
  const said = valueAt(object, ['spec', 'replicas']);
  // An autoscaler leaves a workload alone that is scaled to nothing.
  if (said === 0) return fixed(0);
  const replicas = podCount(said, scalers.length > 0 ? 0 : 1);
  const steady = Math.max(replicas, ...scalers.map((one) => one.minimum));
  const maximum = Math.max(steady, ...scalers.map((one) => one.maximum));
  return {
    steady,
    maximum,
    surge: surgeOf(workload, steady),
    surgeAtMaximum: surgeOf(workload, maximum),
    isPerNode: false,
  };
}

function fixed(steady: number): ReplicaCounts {
  return { steady, surge: 0, maximum: steady, surgeAtMaximum: 0, isPerNode: false };
}

function passing(pods: number): ReplicaCounts {
  return { steady: 0, surge: pods, maximum: 0, surgeAtMaximum: pods, isPerNode: false };
}

function jobPods(spec: Value | undefined): number {
  if (valueAt(spec, ['suspend']) === true) return 0;
  const parallelism = podCount(valueAt(spec, ['parallelism']), 1);
  return Math.min(parallelism, podCount(valueAt(spec, ['completions']), parallelism));
}

function surgeOf({ object }: Resource, replicas: number): number {
  const kind = valueText(object['kind']);
  if (kind === 'Rollout') {
    if (valueAt(object, ['spec', 'strategy', 'blueGreen']) !== undefined) return replicas;
    return share(valueAt(object, ['spec', 'strategy', 'canary', 'maxSurge']) ?? '25%', replicas);
  }
  const type = valueAt(object, ['spec', 'strategy', 'type']) ?? 'RollingUpdate';
  if (kind !== 'Deployment' || type !== 'RollingUpdate') return 0;
  return share(valueAt(object, ['spec', 'strategy', 'rollingUpdate', 'maxSurge']) ?? '25%', replicas);
}

/** A number, or a percentage of `replicas`, which is rounded up where it is a surge. */
function share(value: Value, replicas: number): number {
  if (typeof value === 'number') return replicas === 0 ? 0 : podCount(value, 0);
  const percent = typeof value === 'string' ? /^(\d+)%$/u.exec(value)?.[1] : undefined;
  return percent === undefined ? 0 : podCount((replicas * Number(percent)) / 100, 0);
}
