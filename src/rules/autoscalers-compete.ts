import { autoscalersOf, scalersOf } from './autoscaler.ts';
import { describe } from './pod-template.ts';
import type { BuildRule } from './rule.ts';

export const autoscalersCompete: BuildRule = {
  id: 'autoscalers-compete',
  severity: 'error',
  scope: 'build',
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    if (autoscalers.length < 2) return;
    for (const workload of build.resources) {
      const [first, ...others] = scalersOf(workload, autoscalers);
      if (first === undefined) continue;
      for (const other of others) {
        yield {
          at: [other.resource, ...other.targetPath, 'name'],
          message: `${describe(other.resource)} and ${describe(first.resource)} both scale ${describe(workload)}, each to its own number`,
          help: 'keep one of them and give it the metrics of both',
          related: [
            {
              at: [first.resource, ...first.targetPath, 'name'],
              message: `${describe(first.resource)} scales it too`,
            },
          ],
        };
      }
    }
  },
};
