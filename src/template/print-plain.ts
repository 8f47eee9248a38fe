import type { Value } from '../source/value.ts';
import { knownFromText } from './value/from-value.ts';
import { printResult } from './value/print.ts';

/** A value as Go's templates print it. */
export function printPlain(value: Value | undefined): string {
  return printResult(value === undefined ? undefined : knownFromText(value).value);
}
