import type { Build } from '../build/build.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import { type Path, type Value, valueAt } from '../source/value.ts';
import { grouped } from './grouped.ts';
import { knownOnce } from './known-once.ts';

/** What changes the number of a workload's pods by itself. */
export interface Autoscaler {
  readonly resource: Resource;
  readonly targetPath: Path;
  readonly kind: string;
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** The HorizontalPodAutoscalers and KEDA's ScaledObjects of a build. */
export const autoscalersOf: (build: Build) => readonly Autoscaler[] = knownOnce(({ resources }: Build) =>
  resources.flatMap((resource) => {
    const { object } = resource;
    const { group, kind } = groupVersionKind(object);
    const isHorizontal = kind === 'HorizontalPodAutoscaler' && group === 'autoscaling';
    if (!isHorizontal && !(kind === 'ScaledObject' && group === 'keda.sh')) return [];
    const targetPath = ['spec', 'scaleTargetRef'];
    const name = valueAt(object, [...targetPath, 'name']);
    if (typeof name !== 'string') return [];
    return [
      {
        resource,
        targetPath,
        name,
        kind: String(valueAt(object, [...targetPath, 'kind']) ?? 'Deployment'),
        minimum: isHorizontal
          ? numberOf(valueAt(object, ['spec', 'minReplicas']), 1)
          : numberOf(valueAt(object, ['spec', 'minReplicaCount']), 0),
        maximum: isHorizontal
          ? numberOf(valueAt(object, ['spec', 'maxReplicas']), 1)
          : numberOf(valueAt(object, ['spec', 'maxReplicaCount']), 100),
      },
    ];
  }),
);

/** The autoscalers of one workload. */
export function scalersOf(workload: Resource, autoscalers: readonly Autoscaler[]): readonly Autoscaler[] {
  const { object } = workload;
  const key = [namespaceOf(object), object['kind'], nameOf(object)].join('/');
  return byTarget(autoscalers).get(key) ?? [];
}

const byTarget = knownOnce((autoscalers: readonly Autoscaler[]) =>
  grouped(autoscalers, ({ resource, kind, name }) => [namespaceOf(resource.object), kind, name].join('/')),
);

/** The least number of pods that a workload is meant to have. */
export function leastReplicas(workload: Resource, autoscalers: readonly Autoscaler[]): number {
  const minima = scalersOf(workload, autoscalers).map(({ minimum }) => minimum);
  return minima.length > 0
    ? Math.max(...minima)
    : numberOf(valueAt(workload.object, ['spec', 'replicas']), 1);
}

function numberOf(value: Value | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
