import { isList, isMap } from './value/datum.ts';
import { integerOf, isTruthy } from './value/kind.ts';
import type { Datum, Known, ReadValues } from './value/model.ts';

export function newReadValues(): ReadValues {
  return { origins: new Set(), whole: new Set(), shadowed: new Map() };
}

/** Functions that hand on what they are given, or tell only whether it is there: they read what they are given, and nothing inside of it. */
const handing: ReadonlySet<string> = new Set(
  `include tpl dict list tuple default ternary coalesce required empty not and or get hasKey index first last rest initial append prepend
  concat set unset pick omit dig kindIs kindOf typeOf typeIs len values pluck slice mustFirst mustLast mustRest mustInitial mustAppend
  mustPrepend mustSlice`.split(/\s+/u),
);

/** Notes down what a function is given. */
export function noteArguments(read: ReadValues | undefined, name: string, args: readonly Known[]): void {
  if (read === undefined) return;
  if (name === 'default' && noteShadowed(read, args)) return;
  const isHanding = handing.has(name);
  for (const one of args) {
    if (isHanding) noteItself(read, one);
    else noteWhole(read, one);
  }
}

/**
 * Whether `default` takes its own for what was given and says something: false or zero. A text, a list or a map that is empty says that
 * the default is wanted.
 */
function noteShadowed(read: ReadValues, [fallback, given]: readonly Known[]): boolean {
  if (fallback === undefined || given === undefined || !isTruthy(fallback.value)) return false;
  if (given.value !== false && !isZero(given.value)) return false;
  for (const origin of given.origins) read.shadowed.set(origin, fallback.value);
  noteItself(read, fallback);
  return true;
}

function isZero(value: Datum): boolean {
  return value === 0 || integerOf(value) === 0n;
}

/** Notes a value down, and of a map or a list nothing that is inside. */
export function noteItself(read: ReadValues | undefined, known: Known): void {
  if (read === undefined || isMap(known.value)) return;
  noteOrigins(read, known);
}

/** All of them: what is told of a value is cut down to a few. */
function noteOrigins(read: ReadValues, { origins, made = [] }: Known): void {
  for (const origin of origins) read.origins.add(origin);
  for (const { source } of made) for (const origin of source.values) read.origins.add(origin);
}

/** Notes a value down with all that is inside. */
export function noteWhole(read: ReadValues | undefined, known: Known): void {
  if (read === undefined) return;
  noteOrigins(read, known);
  const { value } = known;
  if ((!isMap(value) && !isList(value)) || read.whole.has(value)) return;
  read.whole.add(value);
  for (const part of isMap(value) ? value.entries.values() : value.items) noteWhole(read, part);
}
