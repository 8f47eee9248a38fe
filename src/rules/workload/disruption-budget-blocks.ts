import { groupVersionKind, nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { type BlockingBudget, blockingBudget } from '../../workload/capacity/disruption-budget.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const disruptionBudgetBlocks: BuildRule = {
  id: 'disruption-budget-blocks',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(build) {
    for (const budget of build.resources) {
      const { group, kind } = groupVersionKind(budget.object);
      if (group !== 'policy' || kind !== 'PodDisruptionBudget') continue;
      const blocking = blockingBudget(budget, build);
      if (blocking !== undefined) yield problemOf(budget, blocking);
    }
  },
};

function problemOf(budget: Resource, { workloads, field, asked, pods }: BlockingBudget): RuleProblem {
  const owners = workloads.map(describe).join(', ');
  return {
    at: [budget, 'spec', field],
    message: `PodDisruptionBudget ${nameOf(budget.object)} allows no eviction of pods of ${owners}: ${field} is ${asked} of ${pods}, so their nodes cannot be drained`,
    help:
      pods === 1
        ? 'run two replicas, or set maxUnavailable: 1, which allows the eviction of a single pod'
        : 'set maxUnavailable: 1, or a minAvailable lower than the number of replicas',
    related: workloads.map((workload) => ({
      at: [workload, 'spec', 'replicas'] as const,
      message: `the replicas of ${describe(workload)}`,
    })),
  };
}
