import { type CronSchedule, parseSchedule } from '../../object/cron-schedule.ts';
import { isKind, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';

/** The schedule of a CronJob; undefined for another object, a descriptor such as `@daily`, and what an API server refuses. */
export function scheduleOf(resource: Resource): CronSchedule | undefined {
  const text = isKind(resource, 'batch', 'CronJob') ? textAt(resource.object, 'spec', 'schedule') : undefined;
  return text === undefined ? undefined : parseSchedule(text);
}

const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether some day meets the schedule; one of two fields for days is enough where both are restricted. */
export function isEverMet({ days, months, weekdays }: CronSchedule): boolean {
  if (!weekdays.isOpen) return true;
  return [...months.values].some((month) => Math.min(...days.values) <= (daysOfMonths[month - 1] ?? 0));
}

/** The least number of minutes between two runs, those of one day alone; undefined where each day has but one. */
export function shortestInterval({ minutes, hours }: CronSchedule): number | undefined {
  const times = [...hours.values].flatMap((hour) => [...minutes.values].map((minute) => hour * 60 + minute));
  const sorted = times.toSorted((one, other) => one - other);
  const gaps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? 0));
  return gaps.length === 0 ? undefined : Math.min(...gaps);
}
