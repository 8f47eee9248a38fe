import { valueAt } from '../source/value.ts';
import { autoscalersOf, scalersOf } from './autoscaler.ts';
import { describe } from './pod-template.ts';
import type { BuildRule } from './rule.ts';

export const replicasUnderAutoscaler: BuildRule = {
  id: 'replicas-under-autoscaler',
  severity: 'warning',
  scope: 'build',
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    if (autoscalers.length === 0) return;
    for (const workload of build.resources) {
      const [scaler] = scalersOf(workload, autoscalers);
      if (scaler === undefined || valueAt(workload.object, ['spec', 'replicas']) === undefined) continue;
      yield {
        at: [workload, 'spec', 'replicas'],
        message: `${describe(workload)} sets its replicas, and ${describe(scaler.resource)} changes them: each apply takes back what it has scaled`,
        help: 'remove replicas, with a patch that sets it to null where a base has it',
        related: [
          { at: [scaler.resource, ...scaler.targetPath], message: `${describe(scaler.resource)} scales it` },
        ],
      };
    }
  },
};
