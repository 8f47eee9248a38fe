import { UnsupportedTemplate } from '../template-error.ts';
import { isList, isMap } from './datum.ts';
import { integerOf, typeOf } from './kind.ts';
import type { Datum, Known } from './model.ts';

const maximumDepth = 200;

/** A value with maps and lists of its own, so that nobody else sees what is set in them. */
export function copyDeep(known: Known, depth = 0): Known {
  const { value } = known;
  if (depth > maximumDepth) throw new UnsupportedTemplate('values nested this deeply');
  if (isMap(value)) {
    const entries = new Map([...value.entries].map(([key, one]) => [key, copyDeep(one, depth + 1)]));
    return { ...known, value: { ...value, entries } };
  }
  if (typeof value === 'object' && value?.kind === 'object' && value.copied !== undefined)
    return { ...known, value: value.copied };
  if (!isList(value)) return known;
  return { ...known, value: { ...value, items: value.items.map((one) => copyDeep(one, depth + 1)) } };
}

/** Whether reflect.DeepEqual holds: an int is no float, and a list of texts none of anything. */
export function isDeepEqual(a: Datum, b: Datum): boolean {
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  if (typeOf(a) !== typeOf(b)) return false;
  const integer = integerOf(a);
  if (integer !== undefined) return integer === integerOf(b);
  if (isList(a) && isList(b))
    return (
      a.isNil === b.isNil &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isDeepEqual(item.value, b.items[index]?.value))
    );
  if (isMap(a) && isMap(b))
    return (
      a.entries.size === b.entries.size &&
      [...a.entries].every(([key, { value }]) => {
        const other = b.entries.get(key);
        return other !== undefined && isDeepEqual(value, other.value);
      })
    );
  return false;
}
