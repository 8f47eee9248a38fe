import { textAt } from '../../object/object-field.ts';
import { valueAt } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { scheduleOf, shortestInterval } from '../../workload/pod/schedule.ts';
import type { ResourceRule } from '../rule.ts';

/** A CronJob whose next run starts while the one before may still be allowed to go on. */
export const runsOverlap: ResourceRule = {
  id: 'runs-overlap',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(resource) {
    const schedule = scheduleOf(resource);
    const { object } = resource;
    // The API server sets Allow where nothing is said.
    if (schedule === undefined || (textAt(object, 'spec', 'concurrencyPolicy') ?? 'Allow') !== 'Allow')
      return;
    const path = ['spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'];
    const deadline = valueAt(object, path);
    const interval = (shortestInterval(schedule) ?? Number.POSITIVE_INFINITY) * 60;
    if (typeof deadline !== 'number' || deadline <= interval) return;
    yield {
      at: [resource, ...path],
      message: `${describe(resource)} starts again after ${interval} s, but a run can take ${deadline} s, and both continue`,
      help: 'set concurrencyPolicy to Forbid or Replace, or a deadline that ends before the next run',
      related: [{ at: [resource, 'spec', 'schedule'], message: 'this starts the next run' }],
    };
  },
};
