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
const durationPattern = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** What is wrong with a schedule, as robfig/cron v3 reads it for Kubernetes: five fields, or a descriptor. */
export function cronProblem(schedule: string): string | undefined {
  if (schedule.includes('TZ')) return 'must not name a time zone';
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const given = schedule.split(/\s+/u).filter((field) => field !== '');
  if (given.length !== fields.length)
    return `must have five fields (minute, hour, day of the month, month, day of the week), not ${given.length}`;
  for (const [index, bounds] of fields.entries()) {
    const problem = fieldProblem(given[index] ?? '', bounds);
    if (problem !== undefined) return `${bounds.name}: ${problem}`;
  }
  return undefined;
}

function descriptorProblem(schedule: string): string | undefined {
  if (descriptors.includes(schedule)) return undefined;
  if (!schedule.startsWith('@every '))
    return `must be one of ${descriptors.join(', ')}, @every and a duration, or five fields`;
  return durationPattern.test(schedule.slice('@every '.length))
    ? undefined
    : '@every must be followed by a duration such as 1h30m';
}

/** Empty items between commas are skipped, as upstream does. */
function fieldProblem(field: string, bounds: Bounds): string | undefined {
  for (const range of field.split(',')) {
    const problem = range === '' ? undefined : rangeProblem(range, bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function rangeProblem(range: string, bounds: Bounds): string | undefined {
  const [span = '', step, ...moreSteps] = range.split('/');
  const [from = '', to, ...moreEnds] = span.split('-');
  const { low, high } = bounds;
  if (moreSteps.length > 0) return `"${range}" has more than one "/"`;
  if (step !== undefined && (!/^\+?\d+$/.test(step) || Number(step) === 0))
    return `the step "${step}" must be a number above 0`;
  // What follows a star is not read.
  if (from === '*' || from === '?') return undefined;
  if (moreEnds.length > 0) return `"${range}" has more than one "-"`;
  const start = numberOf(from, bounds);
  const end = to === undefined ? (step === undefined ? start : high) : numberOf(to, bounds);
  if (start === undefined || end === undefined)
    return `"${range}" is not a number${bounds.names.length > 0 ? ' or name' : ''}`;
  if (start < low || end > high) return `"${range}" must be between ${low} and ${high}`;
  return start > end ? `"${range}" ends before it begins` : undefined;
}

function numberOf(text: string, bounds: Bounds): number | undefined {
  const name = bounds.names.indexOf(text.toLowerCase());
  if (name >= 0) return name + bounds.first;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
