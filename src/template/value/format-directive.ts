import { integerOf } from './kind.ts';
import type { Datum } from './model.ts';

/** How an argument is to be formatted. */
export interface Verb {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** A verb and the number of the argument that it takes; `%%` takes none. */
export interface Directive extends Verb {
  readonly argument: number | undefined;
}

/** Where the reading of a format is. */
export interface Reading {
  readonly format: string;
  readonly args: readonly Datum[];
  at: number;
  /** The number of the next argument. */
  next: number;
  /** Whether any argument was named by its number. */
  isReordered: boolean;
  /** Whether the numbers in the present directive name arguments that there are. */
  isNumbered: boolean;
}

export function readDirectives(format: string, args: readonly Datum[]): Reading {
  return { format, args, at: 0, next: 0, isReordered: false, isNumbered: true };
}

/** What stands before the next directive as it is. */
export function nextLetters(reading: Reading): string {
  const { format, at } = reading;
  const percent = format.indexOf('%', at);
  reading.at = percent < 0 ? format.length : percent;
  return format.slice(at, reading.at);
}

/** A directive as Go's fmt reads it (1.26, doPrintf), and what it says in the place of what cannot be read. */
export function nextDirective(reading: Reading): { problems: string[]; directive?: Directive } {
  const problems: string[] = [];
  reading.isNumbered = true;
  reading.at += 1;
  let flags = take(reading, /[-+# 0]*/uy);
  let isBehindNumber = takeNumber(reading);
  let width = takeStar(reading, 'BADWIDTH', problems);
  if (width !== undefined) isBehindNumber = false;
  else {
    width = takeSize(reading);
    if (isBehindNumber && width !== undefined) reading.isNumbered = false;
  }
  if (width !== undefined && width < 0) {
    flags += '-';
    width = -width;
  }
  const precision = takePrecision(reading, isBehindNumber, problems);
  if (precision.isBehindNumber === false) takeNumber(reading);
  return finish(
    reading,
    { flags, width: Number.isNaN(width) ? undefined : width, precision: precision.size },
    problems,
  );
}

function finish(
  reading: Reading,
  { flags, width, precision }: Omit<Verb, 'letter'>,
  problems: string[],
): { problems: string[]; directive?: Directive } {
  const letter = String.fromCodePoint(reading.format.codePointAt(reading.at) ?? 0);
  if (reading.at >= reading.format.length) return { problems: [...problems, '%!(NOVERB)'] };
  reading.at += letter.length;
  if (letter === '%')
    return { problems, directive: { flags, width, precision, letter, argument: undefined } };
  if (!reading.isNumbered) return { problems: [...problems, `%!${letter}(BADINDEX)`] };
  const argument = reading.next;
  if (argument >= reading.args.length) return { problems: [...problems, `%!${letter}(MISSING)`] };
  reading.next += 1;
  // With `v` a plus asks for names of fields, which nothing here has.
  const kept = letter === 'v' ? flags.replaceAll('+', '') : flags;
  return { problems, directive: { flags: kept, width, precision, letter, argument } };
}

function takePrecision(
  reading: Reading,
  isBehindNumber: boolean,
  problems: string[],
): { readonly size: number | undefined; readonly isBehindNumber: boolean } {
  if (reading.format[reading.at] !== '.' || reading.at + 1 >= reading.format.length)
    return { size: undefined, isBehindNumber };
  reading.at += 1;
  if (isBehindNumber) reading.isNumbered = false;
  const isNumbered = takeNumber(reading);
  const star = takeStar(reading, 'BADPREC', problems);
  if (star !== undefined) return { size: star >= 0 ? star : undefined, isBehindNumber: false };
  return { size: takeSize(reading) ?? 0, isBehindNumber: isNumbered };
}

function take(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.format)?.[0] ?? '';
  reading.at += found.length;
  return found;
}

/** Wider than this Go pads nothing, and of a format that says so reads no further (fmt, tooLarge). */
const mostWidth = 1_000_000;

function takeSize(reading: Reading): number | undefined {
  const digits = take(reading, /\d*/uy);
  if (digits === '') return undefined;
  if (Number(digits) <= mostWidth) return Number(digits);
  reading.at = reading.format.length;
  return undefined;
}

/** A size that an argument has; undefined without a star, and not a number for an argument that is none. */
function takeStar(reading: Reading, problem: string, problems: string[]): number | undefined {
  if (reading.format[reading.at] !== '*') return undefined;
  reading.at += 1;
  const size = integerOf(reading.args[reading.next]);
  if (reading.next < reading.args.length) reading.next += 1;
  const isSize = size !== undefined && size <= BigInt(mostWidth) && size >= -BigInt(mostWidth);
  const isRefused = !isSize || (problem === 'BADPREC' && size < 0n);
  if (isRefused) problems.push(`%!(${problem})`);
  return isSize ? Number(size) : Number.NaN;
}

/** Reads `[3]`, by which the third argument is the next one; answers whether there was such a number. */
function takeNumber(reading: Reading): boolean {
  if (reading.format[reading.at] !== '[') return false;
  reading.isReordered = true;
  const end = reading.format.indexOf(']', reading.at);
  if (end < 0) {
    reading.at += 1;
    reading.isNumbered = false;
    return false;
  }
  const inside = reading.format.slice(reading.at + 1, end);
  reading.at = end + 1;
  const number = /^\d+$/u.test(inside) ? Number(inside) - 1 : -1;
  if (number >= 0 && number < reading.args.length) {
    reading.next = number;
    return true;
  }
  reading.isNumbered = false;
  return /^\d+$/u.test(inside);
}
