import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { type Path, placedItemsAt, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { podCount } from './pod-count.ts';

/** What changes a workload by itself, and which one it names. */
export interface Scaler {
  readonly resource: Resource;
  readonly targetPath: Path;
  readonly kind: string;
  readonly name: string;
}

/** What changes the number of a workload's pods by itself. */
export interface Autoscaler extends Scaler {
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
        kind: valueText(valueAt(object, [...targetPath, 'kind']) ?? 'Deployment'),
        minimum: isHorizontal
          ? podCount(valueAt(object, ['spec', 'minReplicas']), 1)
          : podCount(valueAt(object, ['spec', 'minReplicaCount']), 0),
        maximum: isHorizontal
          ? podCount(valueAt(object, ['spec', 'maxReplicas']), 1)
          : podCount(valueAt(object, ['spec', 'maxReplicaCount']), 100),
      },
    ];
  }),
);

/** The autoscalers of one workload. */
export function scalersOf(workload: Resource, autoscalers: readonly Autoscaler[]): readonly Autoscaler[] {
  return byTarget(autoscalers).get(workloadKey(workload)) ?? [];
}

const byTarget = knownOnce((autoscalers: readonly Autoscaler[]) => grouped(autoscalers, targetKey));

/** Equal for a workload and for what scales it. */
export function workloadKey({ object }: Resource): string {
  return [namespaceOf(object), valueText(object['kind']), nameOf(object)].join('/');
}

export function targetKey({ resource, kind, name }: Scaler): string {
  return [namespaceOf(resource.object), kind, name].join('/');
}

/** The least number of pods that a workload is meant to have. */
export function leastReplicas(workload: Resource, autoscalers: readonly Autoscaler[]): number {
  const minima = scalersOf(workload, autoscalers).map(({ minimum }) => minimum);
  return minima.length > 0
    ? Math.max(...minima)
    : podCount(valueAt(workload.object, ['spec', 'replicas']), 1);
}

/** A share of what containers request, by which an autoscaler decides. */
export interface UtilizationMetric {
  readonly name: string;
  readonly path: Path;
  /** The one container that counts; all of the pod where absent. */
  readonly container?: string;
}

/** The metrics of an autoscaler that are shares of requests. */
export function utilizationMetrics({ object }: Resource): UtilizationMetric[] {
  if (groupVersionKind(object).kind === 'ScaledObject')
    return placedItemsAt(object, ['spec', 'triggers']).flatMap(({ value, path }) => {
      const type = valueAt(value, ['type']);
      const isShare = (valueAt(value, ['metricType']) ?? 'Utilization') === 'Utilization';
      return (type === 'cpu' || type === 'memory') && isShare
        ? [{ name: type, path: [...path, 'type'] }]
        : [];
    });
  if (valueAt(object, ['spec', 'targetCPUUtilizationPercentage']) !== undefined)
    return [{ name: 'cpu', path: ['spec', 'targetCPUUtilizationPercentage'] }];
  return placedItemsAt(object, ['spec', 'metrics']).flatMap(({ value, path }) => {
    const field = valueAt(value, ['type']) === 'ContainerResource' ? 'containerResource' : 'resource';
    const source = valueAt(value, [field]);
    if (valueAt(source, ['target', 'type']) !== 'Utilization') return [];
    const container = valueAt(source, ['container']);
    const metric = { name: valueText(valueAt(source, ['name'])), path: [...path, field, 'name'] };
    return [typeof container === 'string' ? { ...metric, container } : metric];
  });
}
