import { isMapping, isSequence, newMapping, type Value } from '../source/value.ts';

/** The value after a way through Go's JSON, where every number is a float64; the same value where nothing changes. */
export function floatNumbers(value: Value): Value {
  if (typeof value === 'bigint') return roundToFloat(value);
  if (isSequence(value)) {
    const items = value.map(floatNumbers);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isMapping(value)) return value;
  const copy = newMapping();
  let changed = false;
  for (const [key, part] of Object.entries(value)) {
    const rounded = floatNumbers(part);
    changed ||= rounded !== part;
    copy[key] = rounded;
  }
  return changed ? copy : value;
}

/** An integer that a float64 holds, in the shortest decimal that stands for it: 123456789012345678 becomes ...680. */
function roundToFloat(value: bigint): Value {
  const rounded = Number(value);
  if (Number.isSafeInteger(rounded)) return rounded;
  const digits = rounded.toString();
  return /^-?\d+$/.test(digits) ? BigInt(digits) : rounded;
}
