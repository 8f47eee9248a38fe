import type { Build } from '../../object/build.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import {
  autoscalersOf,
  scalersOf,
  type UtilizationMetric,
  utilizationMetrics,
} from '../../workload/capacity/autoscaler.ts';
import { containerDefaults } from '../../workload/capacity/limit-ranges.ts';
import { containerAmounts } from '../../workload/pod/pod-needs.ts';
import { containersOf, describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const autoscalerWithoutRequest: BuildRule = {
  id: 'autoscaler-without-request',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'capacity'],
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    if (autoscalers.length === 0) return;
    for (const template of podTemplatesOf(build)) {
      for (const { resource } of scalersOf(template.resource, autoscalers)) {
        for (const metric of utilizationMetrics(resource)) {
          const problem = judgeMetric(resource, metric, template, build);
          if (problem !== undefined) yield problem;
        }
      }
    }
  },
};

function judgeMetric(
  scaler: Resource,
  { name, path, container: only }: UtilizationMetric,
  template: PodTemplate,
  build: Build,
): RuleProblem | undefined {
  const defaults = containerDefaults(build, template.namespace);
  if (valueAt(template.spec, ['resources', 'requests', name]) !== undefined && only === undefined)
    return undefined;
  const counted = containersOf(template).filter(
    ({ container, isRunning }) => isRunning && (only === undefined || container['name'] === only),
  );
  const lacking = counted.find(
    ({ container }) => !containerAmounts(container, 'requests', defaults).has(name),
  );
  if (only !== undefined && counted.length === 0)
    return {
      at: [scaler, ...path.slice(0, -1), 'container'],
      message: `${describe(scaler)} measures container ${only}, which ${describe(template.resource)} does not have`,
      help: `use one of its containers: ${namesOf(template)}`,
    };
  if (lacking === undefined) return undefined;
  return {
    at: [scaler, ...path],
    message: `${describe(scaler)} scales by utilization of requested ${name}, but container ${valueText(lacking.container['name'])} of ${describe(template.resource)} requests none: it never scales`,
    help: `set resources.requests.${name} for every container of ${nameOf(template.resource.object)}`,
    related: [
      {
        at: [
          template.resource,
          ...lacking.path,
          ...(isMapping(lacking.container['resources']) ? ['resources'] : ['name']),
        ],
        message: `this container requests no ${name}`,
      },
    ],
  };
}

function namesOf(template: PodTemplate): string {
  return containersOf(template)
    .map(({ container }) => valueText(container['name']))
    .join(', ');
}
