import type { Build } from '../../object/build.ts';
import { matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { someOf } from '../../source/some-of.ts';
import { valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { besideOnce, namespaceOfResource } from '../../workload/beside.ts';
import { autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { isPartlyBuilt } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

const replicatedKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'Rollout']);

export const disruptionBudgetMissing: BuildRule = {
  id: 'disruption-budget-missing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(build, context) {
    // Without any budget in the build, nobody has decided to have them.
    if (budgetsIn(build).length === 0) return;
    const autoscalers = autoscalersOf(build);
    const replicated = podTemplatesOf(build).filter(
      ({ resource }) =>
        replicatedKinds.has(valueText(resource.object['kind'])) && leastReplicas(resource, autoscalers) > 1,
    );
    const kept = replicated.filter((one) =>
      someOf(budgetsBeside(one.namespace, build, context), (budget) => isKeptBy(one, budget)),
    );
    if (kept.length === 0) return;
    const isPractice = kept.length * 2 >= replicated.length;
    for (const template of replicated) {
      if (kept.includes(template)) continue;
      const { resource } = template;
      const isSaid = valueAt(resource.object, ['spec', 'replicas']) !== undefined;
      yield {
        at: [resource, ...(isSaid ? ['spec', 'replicas'] : ['spec'])],
        message: `no PodDisruptionBudget selects the pods of ${describe(resource)}, so draining nodes can evict all ${leastReplicas(resource, autoscalers)} at once; ${kept.length} replicated ${kept.length === 1 ? 'workload' : 'workloads'} of the build ${kept.length === 1 ? 'has' : 'have'} one`,
        help: 'add a PodDisruptionBudget with maxUnavailable: 1',
        ...(isPractice && !isPartlyBuilt(context) ? {} : { severity: 'note' }),
      };
    }
  },
};

function budgetsIn({ resources }: Build): Resource[] {
  return resources.filter(({ object }) => {
    const { group, kind } = groupVersionKind(object);
    return group === 'policy' && kind === 'PodDisruptionBudget';
  });
}

const budgetsBeside = besideOnce(budgetsIn, namespaceOfResource);

function isKeptBy(template: PodTemplate, budget: Resource): boolean {
  return matchesSelector(valueAt(budget.object, ['spec', 'selector']), template.labels);
}
