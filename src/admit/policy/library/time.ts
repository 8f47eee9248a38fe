import { CelError, noSuchOverload } from '../cel-error.ts';
import { type CelValue, isSpecial, kind, type Special } from '../cel-value.ts';

const second = 1_000_000_000n;
const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3600n * second,
};

/** A Go duration such as `1h30m`, or undefined. */
export function parseDuration(text: string): CelValue | undefined {
  const match = /^([+-]?)((?:\d{1,18}(?:\.\d{0,18})?(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return undefined;
  let nanos = 0n;
  for (const [, whole = '0', fraction = '', unit = 's'] of (match[2] ?? '').matchAll(
    /(\d+)(?:\.(\d*))?([a-zµ]+)/g,
  )) {
    const scale = units[unit] ?? 0n;
    nanos +=
      BigInt(whole) * scale +
      (BigInt(fraction === '' ? 0 : fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  return { [kind]: 'duration', nanos: match[1] === '-' ? -nanos : nanos };
}

/** An RFC 3339 timestamp, or undefined. */
export function parseTimestamp(text: string): CelValue | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const millis = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(millis)) return undefined;
  return {
    [kind]: 'timestamp',
    nanos: BigInt(millis) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0')),
  };
}

export function addTimes(a: Special, b: Special): CelValue | undefined {
  if (a[kind] === 'duration' && b[kind] === 'duration')
    return { [kind]: 'duration', nanos: a.nanos + b.nanos };
  if (a[kind] === 'timestamp' && b[kind] === 'duration')
    return { [kind]: 'timestamp', nanos: a.nanos + b.nanos };
  if (a[kind] === 'duration' && b[kind] === 'timestamp')
    return { [kind]: 'timestamp', nanos: a.nanos + b.nanos };
  return undefined;
}

export function subtractTimes(a: Special, b: Special): CelValue | undefined {
  if (a[kind] === 'duration' && b[kind] === 'duration')
    return { [kind]: 'duration', nanos: a.nanos - b.nanos };
  if (a[kind] === 'timestamp' && b[kind] === 'duration')
    return { [kind]: 'timestamp', nanos: a.nanos - b.nanos };
  if (a[kind] === 'timestamp' && b[kind] === 'timestamp')
    return { [kind]: 'duration', nanos: a.nanos - b.nanos };
  return undefined;
}

type Part = 'year' | 'month' | 'date' | 'day' | 'dayOfYear' | 'hours' | 'minutes' | 'seconds' | 'millis';

function partOf(part: Part): (args: readonly CelValue[]) => CelValue {
  return ([value, zone]) => {
    if (!isSpecial(value)) throw noSuchOverload();
    if (value[kind] === 'duration') return durationPart(value.nanos, part);
    if (value[kind] !== 'timestamp') throw noSuchOverload();
    return BigInt(datePart(inZone(value.nanos, zone), part));
  };
}

function durationPart(nanos: bigint, part: Part): bigint {
  if (part === 'hours') return nanos / (3600n * second);
  if (part === 'minutes') return nanos / (60n * second);
  if (part === 'seconds') return nanos / second;
  if (part === 'millis') return nanos / 1_000_000n;
  throw noSuchOverload();
}

/** The wall clock in a zone, as a date whose UTC parts are read. */
function inZone(nanos: bigint, zone: CelValue | undefined): Date {
  const date = new Date(Number(nanos / 1_000_000n));
  if (zone === undefined) return date;
  if (typeof zone !== 'string') throw noSuchOverload();
  const offset = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return new Date(date.getTime() + (offset[1] === '-' ? -minutes : minutes) * 60_000);
  }
  try {
    const local = date.toLocaleString('sv-SE', { timeZone: zone });
    return new Date(Date.parse(`${local.replace(' ', 'T')}Z`) + (date.getTime() % 1000));
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
}

function datePart(date: Date, part: Part): number {
  switch (part) {
    case 'year':
      return date.getUTCFullYear();
    case 'month':
      return date.getUTCMonth();
    case 'date':
      return date.getUTCDate();
    case 'day':
      return date.getUTCDay();
    case 'dayOfYear':
      return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000);
    case 'hours':
      return date.getUTCHours();
    case 'minutes':
      return date.getUTCMinutes();
    case 'seconds':
      return date.getUTCSeconds();
    case 'millis':
      return date.getUTCMilliseconds();
  }
}

export const timeMethods = {
  getFullYear: partOf('year'),
  getMonth: partOf('month'),
  getDate: partOf('date'),
  getDayOfMonth: (args: readonly CelValue[]) => (partOf('date')(args) as bigint) - 1n,
  getDayOfWeek: partOf('day'),
  getDayOfYear: partOf('dayOfYear'),
  getHours: partOf('hours'),
  getMinutes: partOf('minutes'),
  getSeconds: partOf('seconds'),
  getMilliseconds: partOf('millis'),
};
