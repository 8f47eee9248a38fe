import { ownOf } from '../../source/own.ts';

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** The nanoseconds of a duration as Go writes it, such as `1h30m`; undefined where it is none. */
export function parseDuration(text: string): bigint | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/u.exec(text) ?? [];
  if (rest === '0') return 0n;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/u.test(rest)) return undefined;
  let sum = 0;
  for (const [, number = '', unit = ''] of rest.matchAll(/([\d.]+)([a-zµμ]+)/gu))
    sum += Number(number) * (ownOf(nanoseconds, unit) ?? 0);
  return BigInt(Math.round(sign === '-' ? -sum : sum));
}

/** Nanoseconds, a whole number of seconds, as Go writes a duration. */
export function formatDuration(value: bigint): string {
  const size = value < 0n ? -value : value;
  const seconds = size / 1_000_000_000n;
  const [hours, minutes] = [seconds / 3600n, (seconds / 60n) % 60n];
  const sign = value < 0n ? '-' : '';
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds % 60n}s`;
  return minutes > 0n ? `${sign}${minutes}m${seconds % 60n}s` : `${sign}${seconds}s`;
}
