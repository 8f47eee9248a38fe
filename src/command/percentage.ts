import type { UsageProblem } from './parse-arguments.ts';

/** Reads a percentage, with or without its sign. */
export function readPercentage(name: string, text: string): UsageProblem | number {
  const value = /^\d{1,3}(?:\.\d+)?%?$/u.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (value <= 100) return value;
  return { problem: `${name} is "${text}", which is not a percentage`, help: 'write 95, or 99.5' };
}
