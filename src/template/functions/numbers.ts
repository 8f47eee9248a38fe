import { FunctionError, UnsupportedTemplate } from '../template-error.ts';
import { knownValue, newList, sized } from '../value/datum.ts';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  floatOf,
  multiplyDecimals,
  subtractDecimals,
} from '../value/decimal.ts';
import { computes, computesMany } from '../value/go-function.ts';
import type { Datum, Functions, GoFunction } from '../value/model.ts';
import { toFloat, toInteger } from '../value/number.ts';
import { printValue } from '../value/print.ts';

const maximumItems = 100_000;

/** The functions of sprig 3.3 for numbers; what they compute is int64 or float64. */
export const numberFunctions: Functions = {
  atoi: computes(['text'], (text) => (/^[+-]?\d+$/u.test(text) ? nearestInteger(BigInt(text)) : 0n)),
  int: computes(['any'], toInteger),
  int64: computes(['any'], (value) => sized(toInteger(value))),
  float64: computes(['any'], toFloat),
  toDecimal: computes(['any'], (value) => sized(octal(printValue(value)))),
  add: computesMany([], 'any', (_, values) =>
    sized(values.reduce<bigint>((sum, one) => sum + toInteger(one), 0n)),
  ),
  add1: computes(['any'], (value) => sized(toInteger(value) + 1n)),
  sub: computes(['any', 'any'], (a, b) => sized(toInteger(a) - toInteger(b))),
  mul: computesMany(['any'], 'any', ([first], others) =>
    sized(others.reduce<bigint>((product, one) => product * toInteger(one), toInteger(first))),
  ),
  div: computes(['any', 'any'], (a, b) => sized(toInteger(a) / divisor(b))),
  mod: computes(['any', 'any'], (a, b) => sized(toInteger(a) % divisor(b))),
  max: extreme((a, b) => a > b),
  biggest: extreme((a, b) => a > b),
  min: extreme((a, b) => a < b),
  maxf: computesMany(['any'], 'any', ([a], others) => Math.max(toFloat(a), ...others.map(toFloat))),
  minf: computesMany(['any'], 'any', ([a], others) => Math.min(toFloat(a), ...others.map(toFloat))),
  add1f: computes(['any'], (value) => floats(value, [1], addDecimals)),
  addf: computesMany([], 'any', (_, values) => floats(0, values, addDecimals)),
  subf: computesMany(['any'], 'any', ([first], values) => floats(first, values, subtractDecimals)),
  mulf: computesMany(['any'], 'any', ([first], values) => floats(first, values, multiplyDecimals)),
  divf: computesMany(['any'], 'any', ([first], values) => floats(first, values, divideDecimals)),
  ceil: computes(['any'], (value) => Math.ceil(toFloat(value))),
  floor: computes(['any'], (value) => Math.floor(toFloat(value))),
  round: computesMany(['any', 'int'], 'float', ([value, places], [on = 0.5]) =>
    round(toFloat(value), places, on),
  ),
  until: computes(['int'], (count) => countTo(0, count, count < 0 ? -1 : 1)),
  untilStep: computes(['int', 'int', 'int'], countTo),
  seq: computesMany([], 'int', (_, params) => sequence(params)),
};

/** What strconv.Atoi answers besides its error: the last integer that there is. */
function nearestInteger(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  return value < 0n ? -(2n ** 63n) : 2n ** 63n - 1n;
}

function octal(text: string): bigint {
  return /^[+-]?[0-7]+$/u.test(text) ? BigInt(Number.parseInt(text, 8)) : 0n;
}

function divisor(value: Datum): bigint {
  const by = toInteger(value);
  if (by === 0n) throw new FunctionError('runtime error: integer divide by zero');
  return by;
}

function extreme(isBeyond: (a: bigint, b: bigint) => boolean): GoFunction {
  return computesMany(['any'], 'any', ([first], others) =>
    sized(others.map(toInteger).reduce((a, b) => (isBeyond(b, a) ? b : a), toInteger(first))),
  );
}

/** Sprig computes with decimals, where 0.1 and 0.2 make 0.3. */
function floats(
  first: Datum,
  values: readonly Datum[],
  compute: (a: Decimal, b: Decimal) => Decimal,
): number {
  return floatOf(
    values
      .map(toFloat)
      .map(decimalOf)
      .reduce(compute, decimalOf(toFloat(first))),
  );
}

function round(value: number, places: number, on: number): number {
  const power = 10 ** places;
  const digit = power * value;
  const isUp = digit - Math.trunc(digit) >= on;
  return (isUp ? Math.ceil(digit) : Math.floor(digit)) / power;
}

function numbersTo(start: number, stop: number, step: number): number[] {
  if (step === 0 || (stop < start ? step > 0 : step < 0)) return [];
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > maximumItems) throw new UnsupportedTemplate('a list of this length');
  return Array.from({ length }, (_, index) => start + index * step);
}

function countTo(start: number, stop: number, step: number): Datum {
  return newList(
    numbersTo(start, stop, step).map((one) => knownValue(BigInt(one))),
    '[]int',
  );
}

function sequence(params: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = params;
  const [start, end, step] =
    params.length === 1
      ? [1, first, first < 1 ? -1 : 1]
      : params.length === 2
        ? [first, second, second < first ? -1 : 1]
        : [first, third, second];
  if (params.length === 0 || params.length > 3 || (params.length === 3 && end < start && step > 0)) return '';
  // One beyond the last integer is the first one again.
  if (Math.abs(end) >= 2 ** 63) return '';
  return numbersTo(start, end + (end < start ? -1 : 1), step).join(' ');
}
