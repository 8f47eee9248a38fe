import { isMapping, isSequence, type Value } from './value.ts';

/** Whether two values are the same to the order of keys: whatever is made of one is made of the other. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (isSequence(a)) return isSequence(b) && isSameSequence(a, b);
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    if (key !== others[index] || !isSameValue(a[key], b[key])) return false;
  }
  return true;
}

function isSameSequence(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!isSameValue(a[index], b[index])) return false;
  return true;
}
