import { isKeyTooLong } from '../source/key-length.ts';
import { isSequence, type Value } from '../source/value.ts';

// What of a value, or of anything in it, kustomize writes or reads otherwise than other values: one walk finds out all of it.
const traits = { null: 1, empty: 2, mergeKey: 4, longKey: 8, containers: 16, spelledAnew: 32 } as const;

export const holdsNull = (value: Value): boolean => holds(value, traits.null);

/** Whether there is a map or list with nothing in it. */
export const holdsEmpty = (value: Value): boolean => holds(value, traits.empty);

/** Whether there is a key `<<`. */
export const holdsMergeKey = (value: Value): boolean => holds(value, traits.mergeKey);

/** Whether there is one, or a key that is too long to be read again. */
export const holdsMisreadKey = (value: Value): boolean => holds(value, traits.mergeKey | traits.longKey);

export const holdsContainers = (value: Value): boolean => holds(value, traits.containers);

/** Whether there is something that `isSpelledAnew`. */
export const holdsSpelledAnew = (value: Value): boolean => holds(value, traits.spelledAnew);

/** What may be written in another way than JSON has it: numbers, null, and dates. */
export function isSpelledAnew(value: Value): boolean {
  if (typeof value === 'string') return value[4] === '-' && /^\d{4}-\d\d-\d\dT/.test(value);
  return value === null || typeof value === 'number' || typeof value === 'bigint';
}

function holds(value: Value, some: number): boolean {
  return (traitsOf(value) & some) !== 0;
}

const known = new WeakMap<object, number>();

/** Found out once for what objects share, since none changes in place. What holds nothing but scalars is looked at again sooner than it is remembered. */
function traitsOf(value: Value): number {
  if (typeof value !== 'object' || value === null) return traitsOfScalar(value);
  const before = known.get(value);
  if (before !== undefined) return before;
  let found = 0;
  let isWide = false;
  const add = (part: Value): void => {
    found |= traitsOf(part);
    isWide ||= typeof part === 'object' && part !== null;
  };
  if (isSequence(value)) {
    if (value.length === 0) found |= traits.empty;
    for (const item of value) add(item);
  } else {
    const keys = Object.keys(value);
    if (keys.length === 0) found |= traits.empty;
    for (const key of keys) {
      found |= traitsOfKey(key);
      add(value[key] as Value);
    }
  }
  if (isWide) known.set(value, found);
  return found;
}

function traitsOfScalar(value: Value): number {
  return (value === null ? traits.null : 0) | (isSpelledAnew(value) ? traits.spelledAnew : 0);
}

function traitsOfKey(key: string): number {
  if (key === '<<') return traits.mergeKey;
  if (key === 'containers' || key === 'initContainers') return traits.containers;
  return isKeyTooLong(key) ? traits.longKey : 0;
}

/** Whether a value or anything in it passes a test that few values are put to; found out once for what objects share. */
export function holding(test: (value: Value) => boolean): (value: Value) => boolean {
  const found = new WeakMap<object, boolean>();
  return function passes(value): boolean {
    if (typeof value !== 'object' || value === null) return test(value);
    const before = found.get(value);
    if (before !== undefined) return before;
    const isPassed = test(value) || (Object.values(value) as Value[]).some(passes);
    found.set(value, isPassed);
    return isPassed;
  };
}
