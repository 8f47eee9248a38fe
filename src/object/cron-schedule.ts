interface Bounds {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
  /** The number of the first name. */
  readonly first: number;
}

const fields: readonly Bounds[] = [
  { name: 'minute', low: 0, high: 59, names: [], first: 0 },
  { name: 'hour', low: 0, high: 23, names: [], first: 0 },
  { name: 'day of the month', low: 1, high: 31, names: [], first: 0 },
  {
    name: 'month',
    low: 1,
    high: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
    first: 1,
  },
  {
    name: 'day of the week',
    low: 0,
    high: 6,
    names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
    first: 0,
  },
];
const descriptors = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const durationPattern = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** When a schedule is met, as robfig/cron v3 reads it: fields apart, each with the values that it allows. */
export interface CronSchedule {
  readonly minutes: Field;
  readonly hours: Field;
  readonly days: Field;
  readonly months: Field;
  /** From 0 for Sunday. */
  readonly weekdays: Field;
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** A star or a question mark, with no step: days of the month and of the week are both asked for only where one of them is open. */
  readonly isOpen: boolean;
}

/** What is wrong with a schedule, as robfig/cron v3 reads it for Kubernetes: five fields, or a descriptor. */
export function cronProblem(schedule: string): string | undefined {
  const read = readSchedule(schedule);
  return typeof read === 'string' ? read : undefined;
}

/** A schedule of five fields; undefined for a descriptor, and for what is no schedule. */
export function parseSchedule(schedule: string): CronSchedule | undefined {
  const read = readSchedule(schedule);
  return typeof read === 'string' ? undefined : read;
}

/** The schedule, what is wrong with it, or undefined for a descriptor. */
function readSchedule(schedule: string): CronSchedule | string | undefined {
  if (schedule.includes('TZ')) return 'must not name a time zone';
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const given = schedule.split(/\s+/u).filter((field) => field !== '');
  if (given.length !== fields.length)
    return `must have five fields (minute, hour, day of the month, month, day of the week), not ${given.length}`;
  const read: Field[] = [];
  for (const [index, bounds] of fields.entries()) {
    const field = readField(given[index] ?? '', bounds);
    if (typeof field === 'string') return `${bounds.name}: ${field}`;
    read.push(field);
  }
  const [minutes = none, hours = none, days = none, months = none, weekdays = none] = read;
  return { minutes, hours, days, months, weekdays };
}

const none: Field = { values: new Set(), isOpen: false };

function descriptorProblem(schedule: string): string | undefined {
  if (descriptors.includes(schedule)) return undefined;
  if (!schedule.startsWith('@every '))
    return `must be one of ${descriptors.join(', ')}, @every and a duration, or five fields`;
  return durationPattern.test(schedule.slice('@every '.length))
    ? undefined
    : '@every must be followed by a duration such as 1h30m';
}

/** Empty items between commas are skipped, as upstream does. */
function readField(field: string, bounds: Bounds): Field | string {
  const values = new Set<number>();
  let isOpen = false;
  for (const text of field.split(',')) {
    if (text === '') continue;
    const range = readRange(text, bounds);
    if (typeof range === 'string') return range;
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    isOpen ||= range.isOpen;
  }
  return { values, isOpen };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly isOpen: boolean;
}

function readRange(range: string, bounds: Bounds): Range | string {
  const [span = '', stepText, ...moreSteps] = range.split('/');
  const [from = '', to, ...moreEnds] = span.split('-');
  const { low, high } = bounds;
  if (moreSteps.length > 0) return `"${range}" has more than one "/"`;
  if (stepText !== undefined && (!/^\+?\d+$/.test(stepText) || Number(stepText) === 0))
    return `the step "${stepText}" must be a number greater than 0`;
  const step = Number(stepText ?? 1);
  // What follows a star is not read.
  if (from === '*' || from === '?') return { start: low, end: high, step, isOpen: step === 1 };
  if (moreEnds.length > 0) return `"${range}" has more than one "-"`;
  const start = numberOf(from, bounds);
  const end = to === undefined ? (stepText === undefined ? start : high) : numberOf(to, bounds);
  if (start === undefined || end === undefined)
    return `"${range}" is not a number${bounds.names.length > 0 ? ' or name' : ''}`;
  if (start < low || end > high) return `"${range}" must be between ${low} and ${high}`;
  return start > end ? `"${range}" ends before it begins` : { start, end, step, isOpen: false };
}

function numberOf(text: string, bounds: Bounds): number | undefined {
  const name = bounds.names.indexOf(text.toLowerCase());
  if (name >= 0) return name + bounds.first;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
