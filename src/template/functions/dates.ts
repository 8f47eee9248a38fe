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
import { formatTime, type Moment } from '../value/time.ts';
import { localZone, utc, zoneAt } from '../value/time-zone.ts';
import { unknownHere } from './world.ts';

/** Of the clock nothing is known: what asks for it gets this moment, always the same, and is noted. */
const moment: Moment = { seconds: Date.UTC(2000, 0, 1) / 1000 };

/** The functions of sprig 3.3 for dates, on a machine that lives in UTC. */
export const dateFunctions: Functions = {
  now: asks('now', [], (origins) => timeObject(moment, origins)),
  date: dating(['text', 'any'], ([layout, date]) => ({ layout, date })),
  dateInZone: dating(['text', 'any', 'text'], ([layout, date, zone]) => ({ layout, date, zone })),
  date_in_zone: dating(['text', 'any', 'text'], ([layout, date, zone]) => ({ layout, date, zone })),
  htmlDate: dating(['any'], ([date]) => ({ layout: ofHtml, date })),
  htmlDateInZone: dating(['any', 'text'], ([date, zone]) => ({ layout: ofHtml, date, zone })),
  dateModify: computes(['text', 'time'], modify),
  date_modify: computes(['text', 'time'], modify),
  mustDateModify: computes(['text', 'time'], modifyStrictly),
  must_date_modify: computes(['text', 'time'], modifyStrictly),
  toDate: computes(['text', 'text'], (layout, text) => {
    const parsed = parseTime(layout, text);
    return timeObject(typeof parsed === 'string' ? zeroTime : parsed);
  }),
  mustToDate: computes(['text', 'text'], (layout, text) => {
    const parsed = parseTime(layout, text);
    if (typeof parsed === 'string') throw new FunctionError(parsed);
    return timeObject(parsed);
  }),
  unixEpoch: computes(['time'], (date) => String((momentOf(date) ?? moment).seconds)),
  ago: asks('ago', ['any'], () => '0s'),
  duration: computes(['any'], (value) => formatDuration(secondsIn(value) * 1_000_000_000n)),
  durationRound: computes(['any'], roundDuration),
};

const ofHtml = knownValue('2006-01-02');
const zeroTime: Moment = { seconds: -62_135_596_800, zone: utc };

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

interface Dated {
  readonly layout: Known | undefined;
  readonly date: Known | undefined;
  /** Where the clock is read; at the machine's own place where absent. */
  readonly zone?: Known | undefined;
}

function dating(takes: readonly ArgumentType[], pick: (args: readonly Known[]) => Dated): GoFunction {
  return {
    takes,
    call: (args, call) => {
      const { layout, date, zone } = pick(args);
      const known = momentOf(date?.value);
      const origins = [...joinOrigins(args), ...(known === undefined ? [unknownHere('now', call)] : [])];
      const { seconds, nanoseconds } = known ?? moment;
      const there = zone === undefined ? localZone : zoneAt(textIn(zone), seconds);
      return { value: formatTime(textIn(layout), { seconds, nanoseconds, zone: there }), origins };
    },
  };
}

/** The moment of a time, or of an integer, which counts seconds since 1970. */
function momentOf(date: Datum): Moment | undefined {
  const integer = integerOf(date);
  if (integer !== undefined) return { seconds: Number(integer) };
  return isTime(date) ? date : undefined;
}

function isTime(value: Datum): value is GoObject & Moment {
  return (
    typeof value === 'object' && value !== null && value.kind === 'object' && value.seconds !== undefined
  );
}

const printed = '2006-01-02 15:04:05.999999999 -0700 MST';

/** A time; what its methods make of it comes from where it does. */
function timeObject(moment: Moment, origins: readonly Origin[] = noOrigins): GoObject {
  const { seconds, nanoseconds = 0n } = moment;
  const makes = (make: () => Datum): GoFunction => ({ takes: [], call: () => ({ value: make(), origins }) });
  const field = (layout: string): GoFunction => makes(() => BigInt(formatTime(layout, moment)));
  return {
    kind: 'object',
    type: 'time.Time',
    fields: new Map(),
    ...moment,
    nanoseconds,
    origins,
    text: formatTime(printed, moment),
    json: formatTime('2006-01-02T15:04:05.999999999Z07:00', moment),
    methods: {
      Format: {
        takes: ['text'],
        call: ([layout]) => ({ value: formatTime(textIn(layout), moment), origins }),
      },
      Unix: makes(() => sized(BigInt(seconds))),
      UnixNano: makes(() => sized(BigInt(seconds) * 1_000_000_000n + nanoseconds)),
      UnixMilli: makes(() => sized(BigInt(seconds) * 1_000n + nanoseconds / 1_000_000n)),
      Year: field('2006'),
      Day: field('2'),
      Hour: field('15'),
      Minute: field('4'),
      Second: field('5'),
      UTC: makes(() => timeObject({ ...moment, zone: utc }, origins)),
      String: makes(() => formatTime(printed, moment)),
    },
  };
}

function modify(text: string, date: Datum): Datum {
  const by = parseDuration(text);
  const known = momentOf(date);
  if (known === undefined || by === undefined) return date;
  const all = BigInt(known.seconds) * 1_000_000_000n + (known.nanoseconds ?? 0n) + by;
  const nanoseconds = ((all % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = Number((all - nanoseconds) / 1_000_000_000n);
  return timeObject({ ...known, seconds, nanoseconds }, isTime(date) ? date.origins : noOrigins);
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
