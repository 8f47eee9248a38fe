import type { Value } from '../source/value.ts';

/**
 * Whether a value or anything in it passes the test; found out once for what objects share, since none changes in place. What holds
 * nothing but scalars is looked at again sooner than it is remembered.
 */
export function holding(test: (value: Value) => boolean): (value: Value) => boolean {
  const known = new WeakMap<object, boolean>();
  return function holds(value): boolean {
    if (typeof value !== 'object' || value === null) return test(value);
    const before = known.get(value);
    if (before !== undefined) return before;
    const parts = Object.values(value) as Value[];
    const found = test(value) || parts.some(holds);
    if (parts.some((part) => typeof part === 'object' && part !== null)) known.set(value, found);
    return found;
  };
}
