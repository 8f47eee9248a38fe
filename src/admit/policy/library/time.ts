import { ownOf } from '../../../source/own.ts';
import { CelError, noSuchOverload } from '../cel-error.ts';
import { type CelValue, isSpecial, kind, type Special, type Timestamp } from '../cel-value.ts';

const second = 1_000_000_000n;
const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3600n * second,
};

const longest = 2n ** 63n;

/** A Go duration such as `1h30m`, or undefined. */
export function parseDuration(text: string): CelValue | undefined {
  const match = /^([+-]?)((?:(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return undefined;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = 's'] of (match[2] ?? '').matchAll(
    /(\d*)(?:\.(\d*))?([a-zµμ]+)/g,
  )) {
    const scale = ownOf(units, unit) ?? 0n;
    nanos +=
      BigInt(whole === '' ? 0 : whole) * scale +
      (BigInt(fraction === '' ? 0 : fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  if (nanos >= longest) return undefined;
  return { [kind]: 'duration', nanos: match[1] === '-' ? -nanos : nanos };
}

// cel-go takes the years 1 to 9999.
const earliest = -62_135_596_800n * second;
const latest = 253_402_300_800n * second;

/** An RFC 3339 timestamp, or undefined. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,](\d{1,9})\d*)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year, month, day, hours, minutes, seconds, fraction = '', sign, east = '0', more = '0'] = match;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (Number(east) * 60 + Number(more));
  const minute = Number(hours) * 60 + Number(minutes) - offset;
  const whole = BigInt(date.getTime() / 1000 + minute * 60 + Number(seconds));
  const nanos = whole * second + BigInt(fraction.padEnd(9, '0'));
  if (nanos < earliest || nanos >= latest) return undefined;
  return { [kind]: 'timestamp', nanos, ...(offset === 0 ? {} : { offset }) };
}

export function addTimes(a: Special, b: Special): CelValue | undefined {
  if (a[kind] === 'duration' && b[kind] === 'duration') return durationOf(a.nanos + b.nanos);
  if (a[kind] === 'timestamp' && b[kind] === 'duration') return moved(a, b.nanos);
  if (a[kind] === 'duration' && b[kind] === 'timestamp') return moved(b, a.nanos);
  return undefined;
}

export function subtractTimes(a: Special, b: Special): CelValue | undefined {
  if (a[kind] === 'duration' && b[kind] === 'duration') return durationOf(a.nanos - b.nanos);
  if (a[kind] === 'timestamp' && b[kind] === 'duration') return moved(a, -b.nanos);
  if (a[kind] === 'timestamp' && b[kind] === 'timestamp') return durationOf(a.nanos - b.nanos);
  return undefined;
}

function moved(timestamp: Timestamp, by: bigint): CelValue {
  const nanos = timestamp.nanos + by;
  if (nanos < earliest || nanos >= latest) throw new CelError('timestamp overflow');
  return { ...timestamp, nanos };
}

/** A duration of so many nanoseconds, which have to fit into 64 bits. */
export function durationOf(nanos: bigint): CelValue {
  if (nanos >= longest || nanos < -longest) throw new CelError('duration overflow');
  return { [kind]: 'duration', nanos };
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
  if (zone === undefined || zone === '') return date;
  if (typeof zone !== 'string') throw noSuchOverload();
  const offset = /^([+-]?)(\d{1,2}):(\d{1,2})$/.exec(zone);
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
