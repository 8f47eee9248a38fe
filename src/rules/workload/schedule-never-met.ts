import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { isEverMet, scheduleOf } from '../../workload/pod/schedule.ts';
import type { ResourceRule } from '../rule.ts';

/** Accepted by the API server, whose controller looks for the next time and finds none. */
export const scheduleNeverMet: ResourceRule = {
  id: 'schedule-never-met',
  severity: 'error',
  scope: 'resource',
  criterion: 'wired',
  tags: ['workloads'],
  *judge(resource) {
    const schedule = scheduleOf(resource);
    if (schedule === undefined || isEverMet(schedule) || isMeantNeverToRun(resource)) return;
    yield {
      at: [resource, 'spec', 'schedule'],
      message: `${describe(resource)} never runs: no month of "${textAt(resource.object, 'spec', 'schedule')}" has such a day`,
      help: 'write a day that its months have; there is no way to write the last day of a month',
    };
  },
};

/** The usual way to write a job that is only started by hand. */
function isMeantNeverToRun({ object }: Resource): boolean {
  return /^0\s+0\s+3[01]\s+2\s+\*$/u.test(textAt(object, 'spec', 'schedule')?.trim() ?? '');
}
