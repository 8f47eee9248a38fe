import { FunctionError } from '../template-error.ts';
import { sized } from '../value/datum.ts';
import { parseDuration } from '../value/duration.ts';
import { computes } from '../value/go-function.ts';
import { integerOf } from '../value/kind.ts';
import type { Datum, Functions, GoFunction } from '../value/model.ts';

/** The functions for durations that Helm 4.3 has (pkg/engine/funcs.go): of texts such as `1h30m`, and of numbers, which are seconds. */
export const durationFunctions: Functions = {
  mustToDuration: computes(['any'], (value) => {
    const duration = durationOf(value);
    if (duration === undefined) throw new FunctionError('invalid duration');
    return formatGoDuration(duration);
  }),
  durationSeconds: fraction(1e9),
  durationMilliseconds: whole(1_000_000n),
  durationMicroseconds: whole(1_000n),
  durationNanoseconds: whole(1n),
  durationMinutes: fraction(60e9),
  durationHours: fraction(3600e9),
  durationDays: fraction(24 * 3600e9),
  durationWeeks: fraction(7 * 24 * 3600e9),
  durationRoundTo: toMultiple((duration, unit) => {
    const rest = duration % unit;
    const size = rest < 0n ? -rest : rest;
    if (size + size < unit) return duration - rest;
    return duration - rest + (duration < 0n ? -unit : unit);
  }),
  durationTruncateTo: toMultiple((duration, unit) => duration - (duration % unit)),
};

function fraction(unit: number): GoFunction {
  return computes(['any'], (value) => Number(durationOf(value) ?? 0n) / unit);
}

function whole(unit: bigint): GoFunction {
  return computes(['any'], (value) => sized((durationOf(value) ?? 0n) / unit));
}

function toMultiple(change: (duration: bigint, unit: bigint) => bigint): GoFunction {
  return computes(['any', 'any'], (value, multiple) => {
    const [duration, unit] = [durationOf(value) ?? 0n, durationOf(multiple)];
    return formatGoDuration(unit === undefined || unit <= 0n ? duration : change(duration, unit));
  });
}

const mostNanoseconds = 2 ** 63;

/** Nanoseconds; undefined for what is no duration, or longer than one may be. */
function durationOf(value: Datum): bigint | undefined {
  if (typeof value === 'string') {
    const text = value.trim();
    const parsed = parseDuration(text);
    if (parsed !== undefined) return parsed;
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text) ? ofSeconds(Number(text)) : undefined;
  }
  if (typeof value === 'number') return ofSeconds(value);
  const integer = integerOf(value);
  return integer === undefined ? undefined : ofSeconds(Number(integer));
}

function ofSeconds(seconds: number): bigint | undefined {
  const nanoseconds = seconds * 1e9;
  return Math.abs(nanoseconds) < mostNanoseconds ? BigInt(Math.trunc(nanoseconds)) : undefined;
}

/** As Go prints a time.Duration: below a second in the largest unit that fits. */
function formatGoDuration(duration: bigint): string {
  const sign = duration < 0n ? '-' : '';
  const size = duration < 0n ? -duration : duration;
  if (size === 0n) return '0s';
  if (size < 1_000_000_000n) {
    const [unit, name] = size < 1_000n ? [1n, 'ns'] : size < 1_000_000n ? [1_000n, 'µs'] : [1_000_000n, 'ms'];
    return `${sign}${decimal(size, unit as bigint)}${name}`;
  }
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 1_000_000_000n)}s`;
  if (minutes === 0n) return sign + seconds;
  return `${sign}${minutes >= 60n ? `${minutes / 60n}h` : ''}${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, unit: bigint): string {
  const rest = value % unit;
  const digits = String(unit).length - 1;
  const fractional = String(rest).padStart(digits, '0').replace(/0+$/u, '');
  return `${value / unit}${rest === 0n ? '' : `.${fractional}`}`;
}
