import type { Build } from '../../object/build.ts';
import { matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Autoscaler, autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

const scaledKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);

export const disruptionBudgetBlocks: BuildRule = {
  id: 'disruption-budget-blocks',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    for (const budget of build.resources) {
      const { group, kind } = groupVersionKind(budget.object);
      if (group !== 'policy' || kind !== 'PodDisruptionBudget') continue;
      const workloads = protectedWorkloads(budget, build);
      if (workloads === undefined || workloads.length === 0) continue;
      const problem = judgeBudget(budget, workloads, autoscalers);
      if (problem !== undefined) yield problem;
    }
  },
};

/** The workloads whose pods a budget counts; undefined where there are some whose number nobody says. */
function protectedWorkloads(budget: Resource, build: Build): Resource[] | undefined {
  const selector = valueAt(budget.object, ['spec', 'selector']);
  const templates = podTemplatesOf(build).filter(
    (template) =>
      template.namespace === namespaceOf(budget.object) && matchesSelector(selector, template.labels),
  );
  const workloads = templates.map(({ resource }) => resource);
  return workloads.every(({ object }) => scaledKinds.has(valueText(object['kind']))) ? workloads : undefined;
}

function judgeBudget(
  budget: Resource,
  workloads: readonly Resource[],
  autoscalers: readonly Autoscaler[],
): RuleProblem | undefined {
  const counts = workloads.map((workload) => leastReplicas(workload, autoscalers));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const field = (['maxUnavailable', 'minAvailable'] as const).find(
    (name) => valueAt(budget.object, ['spec', name]) !== undefined,
  );
  if (field === undefined || total === 0) return undefined;
  const value = valueAt(budget.object, ['spec', field]);
  const count = scaled(value, total);
  if (count === undefined) return undefined;
  const evictable = field === 'maxUnavailable' ? count : total - count;
  if (evictable > 0) return undefined;
  const owners = workloads.map(describe).join(', ');
  return {
    at: [budget, 'spec', field],
    message: `PodDisruptionBudget ${nameOf(budget.object)} lets no pod of ${owners} go: ${field} is ${valueText(value)} of ${total}, so a node is never drained`,
    help:
      total === 1
        ? 'run two replicas, or write maxUnavailable: 1, which lets a single pod be moved'
        : 'write maxUnavailable: 1, or a minAvailable below the number of replicas',
    related: workloads.map((workload) => ({
      at: [workload, 'spec', 'replicas'] as const,
      message: `the replicas of ${describe(workload)}`,
    })),
  };
}

// Percentages are rounded up, of both fields (GetScaledValueFromIntOrPercent in the disruption controller).
function scaled(value: Value | undefined, total: number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/u.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * total) / 100);
}
