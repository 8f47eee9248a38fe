import { ownOf } from '../../source/own.ts';
import { quoteGo } from './quote.ts';
import { days, type Moment, months, timeParts } from './time.ts';
import { fixedZone, localZone, type TimeZone, utc } from './time-zone.ts';

/** Why a text is no time: in which part, or what is out of range. */
class TimeProblem extends Error {}

/** What was read of a time so far. */
interface Parsed {
  rest: string;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanoseconds: bigint;
  half: 'AM' | 'PM' | undefined;
  isUtc: boolean;
  offset: number | undefined;
  zoneName: string;
}

/** The moment that a text names in a layout of Go's time package, or why it names none, in Go's words (Go 1.26, format.go). */
export function parseTime(layout: string, text: string): Moment | string {
  const parsed: Parsed = {
    rest: text,
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0n,
    half: undefined,
    isUtc: false,
    offset: undefined,
    zoneName: '',
  };
  try {
    return readParts(parsed, layout, text);
  } catch (error) {
    if (error instanceof TimeProblem) return error.message;
    throw error;
  }
}

function readParts(parsed: Parsed, layout: string, text: string): Moment {
  let at = 0;
  const parts = [...layout.matchAll(timeParts)];
  const unread = (part: string): TimeProblem =>
    new TimeProblem(
      `parsing time ${quoteGo(text)} as ${quoteGo(layout)}: cannot parse ${quoteGo(parsed.rest)} as ${quoteGo(part)}`,
    );
  const skip = (prefix: string): void => {
    if (!parsed.rest.startsWith(prefix)) throw unread(prefix);
    parsed.rest = parsed.rest.slice(prefix.length);
  };
  for (const [number, { 0: part, index }] of parts.entries()) {
    skip(layout.slice(at, index));
    at = index + part.length;
    const read = ownOf(readers, part) ?? readFraction(part);
    const outside = read(parsed);
    if (/^0?5$/u.test(part) && !/^[.,]/u.test(parts[number + 1]?.[0] ?? '')) readUnaskedFraction(parsed);
    if (outside === undefined) continue;
    if (outside === '') throw unread(part);
    throw new TimeProblem(`parsing time ${quoteGo(text)}: ${outside} out of range`);
  }
  skip(layout.slice(at));
  if (parsed.rest !== '')
    throw new TimeProblem(`parsing time ${quoteGo(text)}: extra text: ${quoteGo(parsed.rest)}`);
  const { year, month, day } = parsed;
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  if (day < 1 || day > date.getUTCDate())
    throw new TimeProblem(`parsing time ${quoteGo(text)}: day out of range`);
  date.setUTCFullYear(year, month - 1, day);
  const seconds = date.getTime() / 1000 + hourOf(parsed) * 3600 + parsed.minute * 60 + parsed.second;
  const { nanoseconds, zone, offset } = { ...parsed, ...zoneOf(parsed) };
  return { seconds: seconds - (offset ?? 0), nanoseconds, zone };
}

/** The clock that a text names: by its offset, which the machine's own may have as well, or by letters that say nothing of one. */
function zoneOf({ isUtc, offset, zoneName }: Parsed): { readonly zone: TimeZone } {
  if (isUtc) return { zone: utc };
  if (offset !== undefined)
    return { zone: offset === 0 && /^(?:UTC)?$/u.test(zoneName) ? localZone : fixedZone(zoneName, offset) };
  if (zoneName === '') return { zone: localZone };
  return { zone: fixedZone(zoneName, Number(/^GMT([+-]\d+)$/u.exec(zoneName)?.[1] ?? 0) * 3600) };
}

function hourOf({ hour, half }: Parsed): number {
  if (half === 'PM' && hour < 12) return hour + 12;
  return half === 'AM' && hour === 12 ? 0 : hour;
}

/** Reads a part; answers nothing, what is out of range, or an empty text where the part is not there. */
type Reader = (parsed: Parsed) => string | undefined;

type NumberPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

function readNumber(name: NumberPart, pattern: RegExp, [least, most]: readonly [number, number]): Reader {
  return (parsed) => {
    const digits = pattern.exec(parsed.rest)?.[0];
    if (digits === undefined) return '';
    parsed.rest = parsed.rest.slice(digits.length);
    parsed[name] = Number(digits);
    return parsed[name] < least || parsed[name] > most ? name : undefined;
  };
}

function readName(names: readonly string[], set: (parsed: Parsed, index: number) => void): Reader {
  return (parsed) => {
    const own = parsed.rest.toLowerCase();
    const index = names.findIndex((name) => own.startsWith(name.toLowerCase()));
    if (index < 0) return '';
    parsed.rest = parsed.rest.slice((names[index] ?? '').length);
    set(parsed, index);
    return undefined;
  };
}

const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));

/** So many digits as the layout has zeros, or any number of them for nines. */
function readFraction(part: string): Reader {
  return (parsed) => {
    const isExact = part[1] === '0';
    const digits = (isExact ? new RegExp(`^[.,](\\d{${part.length - 1}})`, 'u') : anyFraction).exec(
      parsed.rest,
    );
    if (digits === null) return isExact ? '' : undefined;
    setFraction(parsed, digits);
    return undefined;
  };
}

const anyFraction = /^[.,](\d+)/u;

/** What of a second a text has that its layout does not ask for. */
function readUnaskedFraction(parsed: Parsed): void {
  const digits = anyFraction.exec(parsed.rest);
  if (digits !== null) setFraction(parsed, digits);
}

function setFraction(parsed: Parsed, [whole = '', digits = '']: RegExpExecArray): void {
  parsed.rest = parsed.rest.slice(whole.length);
  parsed.nanoseconds = BigInt(digits.slice(0, 9).padEnd(9, '0'));
}

function readShortYear(parsed: Parsed): string | undefined {
  const digits = /^\d{2}/u.exec(parsed.rest)?.[0];
  if (digits === undefined) return '';
  parsed.rest = parsed.rest.slice(2);
  parsed.year = Number(digits) + (Number(digits) >= 69 ? 1900 : 2000);
  return undefined;
}

function readHalf(parsed: Parsed): string | undefined {
  const half = /^(?:AM|PM)/u.exec(parsed.rest)?.[0];
  if (half !== 'AM' && half !== 'PM') return '';
  parsed.rest = parsed.rest.slice(2);
  parsed.half = half;
  return undefined;
}

function readZoneName(parsed: Parsed): string | undefined {
  if (parsed.rest.startsWith('UTC')) {
    parsed.rest = parsed.rest.slice(3);
    parsed.isUtc = true;
    return undefined;
  }
  const name = zoneNames.exec(parsed.rest)?.[0];
  if (name === undefined) return '';
  parsed.rest = parsed.rest.slice(name.length);
  parsed.zoneName = name;
  return undefined;
}

const zoneNames =
  /^(?:ChST|MeST|GMT(?:[+-](?:[01]?\d|2[0-3])(?!\d))?|[+-](?:[01]?\d|2[0-3])(?!\d)|[A-Z]{4}T(?![A-Z])|WITA(?![A-Z])|[A-Z]{3}T(?![A-Z])|[A-Z]{3}(?![A-Z]))/u;

function readOffset(pattern: RegExp, takesZ: boolean): Reader {
  return (parsed) => {
    if (takesZ && parsed.rest.startsWith('Z')) {
      parsed.rest = parsed.rest.slice(1);
      parsed.isUtc = true;
      return undefined;
    }
    const [whole, sign = '+', hours = '0', minutes = '0', seconds = '0'] = pattern.exec(parsed.rest) ?? [];
    if (whole === undefined) return '';
    parsed.rest = parsed.rest.slice(whole.length);
    if (Number(hours) > 24) return 'time zone offset hour';
    if (Number(minutes) > 60) return 'time zone offset minute';
    if (Number(seconds) > 60) return 'time zone offset second';
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    parsed.offset = sign === '-' ? -size : size;
    return undefined;
  };
}

const setMonth = (parsed: Parsed, index: number): void => {
  parsed.month = index + 1;
};
const withColon = /^([+-])(\d{2}):(\d{2})/u;
const without = /^([+-])(\d{2})(\d{2})/u;
const one = /^\d{1,2}/u;
const two = /^\d{2}/u;

const readers: Readonly<Partial<Record<string, Reader>>> = {
  '2006': readNumber('year', /^\d{4}/u, [0, 9999]),
  '06': readShortYear,
  January: readName(months, setMonth),
  Jan: readName(short(months), setMonth),
  '01': readNumber('month', two, [1, 12]),
  '1': readNumber('month', one, [1, 12]),
  Monday: readName(days, () => undefined),
  Mon: readName(short(days), () => undefined),
  '02': readNumber('day', two, [0, 99]),
  _2: readNumber('day', /^ ?\d{1,2}/u, [0, 99]),
  '2': readNumber('day', one, [0, 99]),
  '15': readNumber('hour', one, [0, 23]),
  '03': readNumber('hour', two, [0, 12]),
  '3': readNumber('hour', one, [0, 12]),
  '04': readNumber('minute', two, [0, 59]),
  '4': readNumber('minute', one, [0, 59]),
  '05': readNumber('second', two, [0, 59]),
  '5': readNumber('second', one, [0, 59]),
  PM: readHalf,
  MST: readZoneName,
  '-07:00': readOffset(withColon, false),
  'Z07:00': readOffset(withColon, true),
  '-0700': readOffset(without, false),
  Z0700: readOffset(without, true),
  '-07:00:00': readOffset(/^([+-])(\d{2}):(\d{2}):(\d{2})/u, false),
  'Z07:00:00': readOffset(/^([+-])(\d{2}):(\d{2}):(\d{2})/u, true),
  '-070000': readOffset(/^([+-])(\d{2})(\d{2})(\d{2})/u, false),
  Z070000: readOffset(/^([+-])(\d{2})(\d{2})(\d{2})/u, true),
  '-07': readOffset(/^([+-])(\d{2})/u, false),
  Z07: readOffset(/^([+-])(\d{2})/u, true),
};
