import { ownOf } from '../source/own.ts';
import type { Value } from '../source/value.ts';

/**
 * A Kubernetes quantity as a whole number of nanos, its finest unit. Only sign, order and divisibility matter here,
 * so the written form is kept apart in `format`.
 */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: 'binary' | 'decimal' | 'exponent';
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)|[eE]([+-]?\d+))?$/;
const nano = 1_000_000_000n;
// apimachinery caps every quantity at the largest int64.
const largest = (2n ** 63n - 1n) * nano;

const powers: Readonly<Record<string, readonly [bigint, bigint]>> = {
  n: [1n, nano],
  u: [1n, 1_000_000n],
  m: [1n, 1000n],
  k: [1000n, 1n],
  M: [1000n ** 2n, 1n],
  G: [1000n ** 3n, 1n],
  T: [1000n ** 4n, 1n],
  P: [1000n ** 5n, 1n],
  E: [1000n ** 6n, 1n],
  Ki: [1024n, 1n],
  Mi: [1024n ** 2n, 1n],
  Gi: [1024n ** 3n, 1n],
  Ti: [1024n ** 4n, 1n],
  Pi: [1024n ** 5n, 1n],
  Ei: [1024n ** 6n, 1n],
};

const zero: Quantity = { nanos: 0n, format: 'decimal' };

/** Parses a quantity as the API server decodes it: a number or a string, spaces around it, null for zero. */
export function parseQuantity(value: Value | undefined): Quantity | undefined {
  if (value === null || value === undefined) return zero;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const match = pattern.exec(String(value).trim());
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix, exponent] = match;
  // Upstream takes a lone suffix such as "m" for zero of it.
  if (whole === '' && fraction === '' && suffix === undefined) return undefined;
  const magnitude = scale(BigInt(whole + fraction || '0'), fraction.length, suffix, exponent);
  const capped = magnitude > largest ? largest : magnitude;
  return { nanos: sign === '-' ? -capped : capped, format: formatOf(suffix, exponent) };
}

/** The quantity in whole milli units, rounded up as the API server does with resource lists. */
export function millis(quantity: Quantity): bigint {
  return roundUp(quantity.nanos, 1_000_000n);
}

/** The quantity in whole units, rounded up. */
export function units(quantity: Quantity): bigint {
  return roundUp(quantity.nanos, nano);
}

/** Whether the quantity is exactly one of its own suffixes: 1, 1k, 1Mi ... */
export function isUnit(quantity: Quantity): boolean {
  const base = quantity.format === 'binary' ? 1024n : 1000n;
  if (quantity.format === 'exponent') return quantity.nanos === nano;
  let unit = nano;
  for (let power = 0; power <= 6; power++) {
    if (quantity.nanos === unit) return true;
    unit *= base;
  }
  return false;
}

function scale(
  digits: bigint,
  decimals: number,
  suffix: string | undefined,
  exponent: string | undefined,
): bigint {
  const [up, down] = ownOf(powers, suffix ?? '') ?? [1n, 1n];
  // An exponent beyond this is capped or rounded to one nano anyway.
  const shift = Math.max(-400, Math.min(400, Number(exponent ?? 0))) - decimals;
  const numerator = digits * up * nano * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const denominator = down * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
  return roundUp(numerator, denominator);
}

function roundUp(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  if (value % unit === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

function formatOf(suffix: string | undefined, exponent: string | undefined): Quantity['format'] {
  if (exponent !== undefined) return 'exponent';
  return suffix?.endsWith('i') ? 'binary' : 'decimal';
}

/** The quantity as Kubernetes writes an amount of CPU: whole cores, else millicores. */
export function formatCpu(nanos: bigint): string {
  const milli = roundUp(nanos, 1_000_000n);
  return milli % 1000n === 0n ? String(milli / 1000n) : `${milli}m`;
}

/** The quantity as Kubernetes writes an amount of bytes, in the largest binary unit that loses nothing. */
export function formatBytes(nanos: bigint): string {
  let bytes = roundUp(nanos, nano);
  for (const suffix of ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']) {
    if (bytes === 0n || bytes % 1024n !== 0n || suffix === 'Ei')
      return `${bytes}${bytes === 0n ? '' : suffix}`;
    bytes /= 1024n;
  }
  return String(bytes);
}
