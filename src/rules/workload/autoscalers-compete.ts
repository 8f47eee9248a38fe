import type { Place } from '../../object/place.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { valueText } from '../../source/value-text.ts';
import {
  type Autoscaler,
  autoscalersOf,
  type Scaler,
  scalersOf,
  utilizationMetrics,
} from '../../workload/capacity/autoscaler.ts';
import {
  controls,
  updatesOf,
  verticalAutoscalersOf,
  verticalScalersOf,
} from '../../workload/capacity/vertical-autoscaler.ts';
import { containersOf, describe, type PodTemplate, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const autoscalersCompete: BuildRule = {
  id: 'autoscalers-compete',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability', 'capacity'],
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    if (autoscalers.length + verticalAutoscalersOf(build).length < 2) return;
    for (const workload of build.resources) {
      const scalers = scalersOf(workload, autoscalers);
      for (const [first, other] of pairs(scalers)) {
        yield {
          ...between(first, other),
          message: `${describe(other.resource)} and ${describe(first.resource)} both scale ${describe(workload)}, each to its own number`,
          help: 'keep one of them and give it the metrics of both',
        };
      }
      // The others recommend and change nothing.
      const vertical = verticalScalersOf(workload, build).filter(
        ({ resource }) => updatesOf(resource) !== 'none',
      );
      for (const [first, other] of pairs(vertical)) {
        yield {
          ...between(first, other),
          message: `${describe(other.resource)} and ${describe(first.resource)} both set the requests of ${describe(workload)}: which one takes effect is undefined`,
          help: 'keep one of them',
        };
      }
      const template = podTemplateOf(workload);
      if (template !== undefined) yield* crossings(template, scalers, vertical);
    }
  },
};

/**
 * A share of requests moves with them: VPA is not to be used with an HPA on the same resource metric
 * (kubernetes/autoscaler, vertical-pod-autoscaler/docs/known-limitations.md).
 */
function* crossings(
  template: PodTemplate,
  scalers: readonly Autoscaler[],
  vertical: readonly Scaler[],
): Iterable<RuleProblem> {
  for (const { resource } of vertical.filter((one) => updatesOf(one.resource) === 'running')) {
    for (const scaler of scalers) {
      const metric = utilizationMetrics(scaler.resource).find(({ name, container }) =>
        namesOf(template).some(
          (one) => (container === undefined || one === container) && controls(resource, name, one),
        ),
      );
      if (metric === undefined) continue;
      yield {
        at: [scaler.resource, ...metric.path],
        severity: 'warning',
        message: `${describe(scaler.resource)} scales by utilization of requested ${metric.name}, and ${describe(resource)} changes what ${describe(template.resource)} requests: each undoes what the other does`,
        help: `use ${metric.name} in only one of them: change controlledResources of the VerticalPodAutoscaler, or use another metric`,
        related: [
          { at: [resource, 'spec', 'targetRef'], message: `${describe(resource)} changes the requests` },
        ],
      };
    }
  }
}

function namesOf(template: PodTemplate): string[] {
  return containersOf(template)
    .filter(({ isRunning }) => isRunning)
    .map(({ container }) => valueText(container['name']));
}

function pairs<One extends Scaler>([first, ...others]: readonly One[]): [One, One][] {
  return first === undefined ? [] : others.map((other) => [first, other]);
}

function between(first: Scaler, other: Scaler): Pick<RuleProblem, 'at' | 'related'> {
  const placeOf = ({ resource, targetPath }: Scaler): Place => [resource, ...targetPath, 'name'];
  return {
    at: placeOf(other),
    related: [{ at: placeOf(first), message: `${describe(first.resource)} also scales it` }],
  };
}
