import type { CronSchedule } from '../../object/cron-schedule.ts';
import { textAt } from '../../object/object-field.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { scheduleOf } from '../../workload/pod/schedule.ts';
import type { ResourceRule } from '../rule.ts';

/** Schedules that mean something else than whoever reads them takes them for. */
export const scheduleMisread: ResourceRule = {
  id: 'schedule-misread',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['workloads'],
  *judge(resource) {
    const schedule = scheduleOf(resource);
    const [, hours = ''] = (textAt(resource.object, 'spec', 'schedule') ?? '').trim().split(/\s+/u);
    // A range of hours is a time of the day in which every minute may well be meant.
    const isWindow = hours.includes('-');
    const words = schedule === undefined ? undefined : misread(schedule, isWindow, describe(resource));
    if (words !== undefined) yield { at: [resource, 'spec', 'schedule'], ...words };
  },
};

function misread(
  { minutes, hours, days, weekdays }: CronSchedule,
  isWindow: boolean,
  who: string,
): Omit<RuleProblem, 'at'> | undefined {
  if (minutes.isOpen && !hours.isOpen && !isWindow)
    return {
      message: `${who} runs every minute of the hours in its schedule, 60 times per hour`,
      help: 'write a minute, such as 0, instead of the first star, or 0-59 for every minute',
    };
  // crontab(5), and robfig/cron after it: either day is enough where both fields are restricted.
  if (!days.isOpen && !weekdays.isOpen && days.values.size < 31 && weekdays.values.size < 7)
    return {
      message: `${who} runs on each of these days of the month and also on each of these days of the week`,
      help: 'restrict only one of the two fields, and let the program check the other one',
    };
  return undefined;
}
