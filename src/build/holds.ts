import type { Value } from '../source/value.ts';

type Test = (value: Value) => boolean;

const tests: Test[] = [];
let known = new WeakMap<object, number>();

/**
 * Whether a value or anything in it passes the test; one walk finds it out for all tests, and once for what objects share, since none
 * changes in place.
 */
export function holding(test: Test): (value: Value) => boolean {
  const bit = 1 << tests.length;
  tests.push(test);
  // What was walked before this one was there tells nothing of it.
  known = new WeakMap();
  return (value) => (passedBelow(value) & bit) !== 0;
}

/** The bits of the tests that a value or anything in it passes. What holds nothing but scalars is looked at again sooner than it is remembered. */
function passedBelow(value: Value): number {
  if (typeof value !== 'object' || value === null) return passedBy(value);
  const before = known.get(value);
  if (before !== undefined) return before;
  let bits = passedBy(value);
  let isWide = false;
  for (const part of Object.values(value) as Value[]) {
    bits |= passedBelow(part);
    isWide ||= typeof part === 'object' && part !== null;
  }
  if (isWide) known.set(value, bits);
  return bits;
}

function passedBy(value: Value): number {
  let bits = 0;
  for (let place = 0; place < tests.length; place++) if (tests[place]?.(value) === true) bits |= 1 << place;
  return bits;
}
