import type { Origin } from '../../object/provenance.ts';
import { FunctionError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { joinOrigins, knownValue, noOrigins, sized } from '../value/datum.ts';
import { formatDuration, parseDuration } from '../value/duration.ts';
import { computes } from '../value/go-function.ts';
import { integerOf } from '../value/kind.ts';
import type { ArgumentType, Datum, Functions, GoFunction, GoObject, Known } from '../value/model.ts';
import { parseTime } from '../value/parse-time.ts';
import { quoteGo } from '../value/quote.ts';
import { formatTime } from '../value/time.ts';
import { unknownHere } from './world.ts';

/** Of the clock nothing is known: what asks for it gets this moment, always the same, and is noted. */
const moment = Date.UTC(2000, 0, 1) / 1000;

/** The functions of sprig 3.3 for dates, in UTC. */
export const dateFunctions: Functions = {
  now: asks('now', [], (origins) => timeObject(moment, origins)),
  date: dating(['text', 'any'], ([layout, date]) => [layout, date]),
  dateInZone: dating(['text', 'any', 'text'], ([layout, date]) => [layout, date]),
  date_in_zone: dating(['text', 'any', 'text'], ([layout, date]) => [layout, date]),
  htmlDate: dating(['any'], ([date]) => [knownValue('2006-01-02'), date]),
  htmlDateInZone: dating(['any', 'text'], ([date]) => [knownValue('2006-01-02'), date]),
  dateModify: computes(['text', 'time'], modify),
  date_modify: computes(['text', 'time'], modify),
  mustDateModify: computes(['text', 'time'], modifyStrictly),
  must_date_modify: computes(['text', 'time'], modifyStrictly),
  toDate: computes(['text', 'text'], (layout, text) => {
    const seconds = parseTime(layout, text);
    return timeObject(typeof seconds === 'string' ? zeroTime : seconds);
  }),
  mustToDate: computes(['text', 'text'], (layout, text) => {
    const seconds = parseTime(layout, text);
    if (typeof seconds === 'string') throw new FunctionError(seconds);
    return timeObject(seconds);
  }),
  unixEpoch: computes(['time'], (date) => String(secondsOf(date) ?? moment)),
  ago: asks('ago', ['any'], () => '0s'),
  duration: computes(['any'], (value) => formatDuration(secondsIn(value) * 1_000_000_000n)),
  durationRound: computes(['any'], roundDuration),
};

const zeroTime = -62_135_596_800;

function asks(
  name: string,
  takes: readonly ArgumentType[],
  make: (origins: readonly Origin[]) => Datum,
): GoFunction {
  return {
    takes,
    call: (args, call) => {
      const origins = [...joinOrigins(args), unknownHere(name, call)];
      return { value: make(origins), origins };
    },
  };
}

type Dated = readonly [layout: Known | undefined, date: Known | undefined];

function dating(takes: readonly ArgumentType[], pick: (args: readonly Known[]) => Dated): GoFunction {
  return {
    takes,
    call: (args, call) => {
      const [layout, date] = pick(args);
      const seconds = secondsOf(date?.value);
      const origins = [...joinOrigins(args), ...(seconds === undefined ? [unknownHere('now', call)] : [])];
      return { value: formatTime(textIn(layout), seconds ?? moment), origins };
    },
  };
}

/** Seconds since 1970 of a time or an integer. */
function secondsOf(date: Datum): number | undefined {
  const integer = integerOf(date);
  if (integer !== undefined) return Number(integer);
  return isObject(date) ? date.seconds : undefined;
}

/** A time; what its methods make of it comes from where it does. */
function timeObject(seconds: number, origins: readonly Origin[] = noOrigins, nanoseconds = 0n): GoObject {
  const makes = (make: () => Datum): GoFunction => ({ takes: [], call: () => ({ value: make(), origins }) });
  const field = (layout: string): GoFunction => makes(() => BigInt(formatTime(layout, seconds)));
  return {
    kind: 'object',
    type: 'time.Time',
    fields: new Map(),
    seconds,
    nanoseconds,
    origins,
    text: formatTime('2006-01-02 15:04:05 +0000 UTC', seconds),
    json: formatTime('2006-01-02T15:04:05Z', seconds),
    methods: {
      Format: {
        takes: ['text'],
        call: ([layout]) => ({ value: formatTime(textIn(layout), seconds), origins }),
      },
      Unix: makes(() => sized(BigInt(seconds))),
      UnixNano: makes(() => sized(BigInt(seconds) * 1_000_000_000n + nanoseconds)),
      UnixMilli: makes(() => sized(BigInt(seconds) * 1_000n + nanoseconds / 1_000_000n)),
      Year: field('2006'),
      Day: field('2'),
      Hour: makes(() => BigInt(new Date(seconds * 1000).getUTCHours())),
      Minute: field('4'),
      Second: field('5'),
      UTC: makes(() => timeObject(seconds, origins, nanoseconds)),
      String: makes(() => formatTime('2006-01-02 15:04:05 +0000 UTC', seconds)),
    },
  };
}

function modify(text: string, date: Datum): Datum {
  const by = parseDuration(text);
  const seconds = secondsOf(date);
  if (seconds === undefined || by === undefined) return date;
  const { origins = noOrigins, nanoseconds = 0n } = isObject(date) ? date : {};
  const all = BigInt(seconds) * 1_000_000_000n + nanoseconds + by;
  const rest = ((all % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return timeObject(Number((all - rest) / 1_000_000_000n), origins, rest);
}

function isObject(value: Datum): value is GoObject {
  return typeof value === 'object' && value !== null && value.kind === 'object';
}

function modifyStrictly(text: string, date: Datum): Datum {
  if (parseDuration(text) === undefined) throw new FunctionError(`time: invalid duration ${quoteGo(text)}`);
  return modify(text, date);
}

function secondsIn(value: Datum): bigint {
  if (typeof value === 'string') return /^[+-]?\d+$/u.test(value) ? BigInt(value) : 0n;
  return wideInteger(value);
}

/** An int64, which is what sprig asks for: an int counts for nothing. */
function wideInteger(value: Datum): bigint {
  return typeof value === 'object' ? (integerOf(value) ?? 0n) : 0n;
}

const units: readonly (readonly [seconds: bigint, name: string])[] = [
  [31_536_000n, 'y'],
  [2_592_000n, 'mo'],
  [86_400n, 'd'],
  [3_600n, 'h'],
  [60n, 'm'],
  [1n, 's'],
];

function roundDuration(value: Datum): string {
  const given = typeof value === 'string' ? (parseDuration(value) ?? 0n) : wideInteger(value);
  const size = given < 0n ? -given : given;
  const unit = units.find(([seconds]) => size > seconds * 1_000_000_000n);
  return unit === undefined ? '0s' : `${size / (unit[0] * 1_000_000_000n)}${unit[1]}`;
}
