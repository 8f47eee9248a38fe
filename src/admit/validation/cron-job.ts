import { cronProblem } from '../../object/cron-schedule.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, invalid, notSupported, required, supported } from './check.ts';
import { flag, has, numeric, optionalText, struct, text } from './fields.ts';
import { validateJobSpec } from './job.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain } from './names.ts';
import { nonNegative } from './numbers.ts';
import { timeZoneProblem } from './time-zone.ts';

// The Jobs get eleven characters more.
const maxName = 52;

export function validateCronJob(cronJob: Mapping, check: Check): void {
  validateMetadata(cronJob, check, { namespaced: true, name: dns1123Subdomain });
  const name = text(struct(cronJob, 'metadata'), 'name');
  if (name.length > maxName)
    invalid(check, ['metadata', 'name'], name, `must have at most ${maxName} characters`);
  const spec = struct(cronJob, 'spec') ?? newMapping();
  check.path.push('spec');
  validateSchedule(spec, check);
  for (const key of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'])
    nonNegative(check, spec, key);
  const concurrency = text(spec, 'concurrencyPolicy');
  if (concurrency !== '') supported(check, 'concurrencyPolicy', concurrency, ['Allow', 'Forbid', 'Replace']);
  validateJobTemplate(spec, check);
  check.path.pop();
}

function validateSchedule(spec: Mapping, check: Check): void {
  const schedule = text(spec, 'schedule');
  if (schedule === '') required(check, 'schedule', 'must be set, such as to "0 3 * * *"');
  else {
    const problem = cronProblem(schedule);
    if (problem !== undefined)
      invalid(
        check,
        'schedule',
        schedule,
        problem,
        schedule.includes('TZ') ? 'set timeZone instead' : undefined,
      );
  }
  const timeZone = optionalText(spec, 'timeZone');
  if (timeZone !== undefined) checkText(check, 'timeZone', timeZone, timeZoneProblem);
}

function validateJobTemplate(spec: Mapping, check: Check): void {
  const template = struct(struct(spec, 'jobTemplate'), 'spec') ?? newMapping();
  check.path.push('jobTemplate', 'spec');
  validateJobSpec(template, check, numeric(template, 'completions'));
  if (has(template, 'selector'))
    invalid(check, 'selector', template['selector'], 'is made by the API server', 'remove it');
  if (flag(template, 'manualSelector') === true) notSupported(check, 'manualSelector', true, ['false']);
  check.path.pop();
  check.path.pop();
}
