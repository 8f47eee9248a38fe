import type { Mapping, Value } from '../../source/value.ts';
import { valueAt } from '../../source/value.ts';

/** How many pods a rolling update may have too many, and too few. */
export interface Fences {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * ResolveFenceposts of k8s.io/kubernetes 1.36 pkg/controller/deployment/util: a surge is rounded up, what may be missing down, and
 * where both come to nothing one pod may be missing.
 */
export function fencesOf(object: Mapping, pods: number): Fences {
  const at = (field: string): Value => valueAt(object, ['spec', 'strategy', 'rollingUpdate', field]) ?? '25%';
  const surge = shareOf(at('maxSurge'), pods, Math.ceil);
  const unavailable = shareOf(at('maxUnavailable'), pods, Math.floor);
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: Math.min(1, pods) }
    : { surge, unavailable: Math.min(unavailable, pods) };
}

/** A number, or a percentage of the pods; nothing for what is neither. */
export function shareOf(value: Value, pods: number, round: (share: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/u.exec(value)?.[1] : undefined;
  return percent === undefined ? 0 : round((pods * Number(percent)) / 100);
}

/** `10 pods: 3 more at once, 2 down at most`. */
export function fenceWords(pods: number, { surge, unavailable }: Fences): string {
  const more = surge === 0 ? 'no surge' : `up to ${surge} more at once`;
  const down = unavailable === 0 ? 'none unavailable' : `up to ${unavailable} unavailable`;
  return `${podWords(pods)}: ${more}, ${down}`;
}

export function podWords(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}
