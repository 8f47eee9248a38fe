import type { Mapping, Value } from '../../source/value.ts';
import { type Check, invalid } from './check.ts';
import { numberOf, numeric } from './fields.ts';
import { percent } from './names.ts';

const largestInt32 = 2_147_483_647;

/** Reports a number below 0; an absent one is fine. */
export function nonNegative(check: Check, parent: Mapping | undefined, key: string): void {
  const value = numeric(parent, key);
  if (value !== undefined && value < 0) invalid(check, key, value, 'must not be negative');
}

/** Reports a number outside the range, both ends included; an absent one is fine. */
export function inRange(
  check: Check,
  parent: Mapping | undefined,
  key: string,
  low: number,
  high: number,
): void {
  const value = numeric(parent, key);
  if (value !== undefined && (value < low || value > high))
    invalid(check, key, value, `must be between ${low} and ${high}`);
}

/** Reports what cannot be the number of a user or group; an absent one is fine. */
export function validateId(check: Check, parent: Mapping | undefined, key: string): void {
  inRange(check, parent, key, 0, largestInt32);
}

/** Reports an int-or-string that is neither a number from 0 nor a percentage; an absent one is fine. */
export function nonNegativeIntOrPercent(check: Check, parent: Mapping | undefined, key: string): void {
  const value = parent?.[key];
  if (typeof value === 'string') {
    const problem = percent(value);
    if (problem !== undefined)
      invalid(check, key, value, problem, /^\d+$/.test(value) ? `write ${value} without quotes` : undefined);
  } else nonNegative(check, parent, key);
}

/** Reports a percentage above 100. */
export function atMostAll(check: Check, parent: Mapping | undefined, key: string): void {
  const value = parent?.[key];
  if ((percentOf(value) ?? 0) > 100) invalid(check, key, value, 'must not be more than 100%');
}

/** The number before "%", undefined where the value is no percentage. */
export function percentOf(value: Value | undefined): number | undefined {
  return typeof value === 'string' && percent(value) === undefined ? Number(value.slice(0, -1)) : undefined;
}

/** Whether an int-or-string is 0 or 0%, or cannot be read as a number, which upstream takes for 0 too. */
export function isZeroIntOrPercent(value: Value | undefined): boolean {
  const share = percentOf(value);
  if (share !== undefined) return share === 0;
  if (typeof value === 'string') return !/^[+-]?\d+$/.test(value) || Number(value) === 0;
  return numberOf(value) === 0;
}
