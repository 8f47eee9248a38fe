import type { Build } from '../../object/build.ts';
import { matchesSelector } from '../../object/label-match.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { podTemplatesOf } from '../pod/pod-template.ts';
import { autoscalersOf, leastReplicas } from './autoscaler.ts';

/** A PodDisruptionBudget by which no pod may be evicted, ever. */
export interface BlockingBudget {
  readonly workloads: readonly Resource[];
  readonly field: 'maxUnavailable' | 'minAvailable';
  /** As it is written: `2`, `100%`. */
  readonly asked: string;
  /** The least number of pods that the workloads are meant to have together. */
  readonly pods: number;
}

const scaledKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);

/** What a budget of a build asks for where it lets no pod go; undefined where it lets one, or where nobody knows. */
export function blockingBudget(budget: Resource, build: Build): BlockingBudget | undefined {
  const workloads = protectedWorkloads(budget, build);
  if (workloads === undefined || workloads.length === 0) return undefined;
  const autoscalers = autoscalersOf(build);
  const pods = workloads.reduce((sum, workload) => sum + leastReplicas(workload, autoscalers), 0);
  const field = (['maxUnavailable', 'minAvailable'] as const).find(
    (name) => valueAt(budget.object, ['spec', name]) !== undefined,
  );
  if (field === undefined || pods === 0) return undefined;
  const value = valueAt(budget.object, ['spec', field]);
  const count = scaled(value, pods);
  if (count === undefined) return undefined;
  const evictable = field === 'maxUnavailable' ? count : pods - count;
  return evictable > 0 ? undefined : { workloads, field, asked: valueText(value), pods };
}

/** The workloads whose pods a budget counts; undefined where there are some whose number nobody says. */
function protectedWorkloads(budget: Resource, build: Build): Resource[] | undefined {
  const selector = valueAt(budget.object, ['spec', 'selector']);
  const workloads = podTemplatesOf(build)
    .filter(
      ({ namespace, labels }) =>
        namespace === namespaceOf(budget.object) && matchesSelector(selector, labels),
    )
    .map(({ resource }) => resource);
  return workloads.every(({ object }) => scaledKinds.has(valueText(object['kind']))) ? workloads : undefined;
}

// Percentages are rounded up, of both fields (GetScaledValueFromIntOrPercent in the disruption controller).
function scaled(value: Value | undefined, total: number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/u.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * total) / 100);
}
