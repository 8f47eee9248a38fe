import type { Value } from '../source/value.ts';

/** Whether a value or anything in it passes the test; found out once for what objects share, since none changes in place. */
export function holding(test: (value: Value) => boolean): (value: Value) => boolean {
  const known = new WeakMap<object, boolean>();
  return function holds(value): boolean {
    if (typeof value !== 'object' || value === null) return test(value);
    let found = known.get(value);
    if (found === undefined) {
      found = test(value) || Object.values(value).some((part) => holds(part as Value));
      known.set(value, found);
    }
    return found;
  };
}
