import type { Mapping } from '../source/value.ts';
import { isMapping, valueAt } from '../source/value.ts';

/** What an annotation or, for want of one, a label of an object says. */
export function markAt(object: Mapping, key: string): string | undefined {
  return markIn(object, 'annotations', key) ?? markIn(object, 'labels', key);
}

/** What an annotation of an object says. */
export function annotationAt(object: Mapping, key: string): string | undefined {
  return markIn(object, 'annotations', key);
}

function markIn(object: Mapping, field: 'annotations' | 'labels', key: string): string | undefined {
  const marks = valueAt(object, ['metadata', field]);
  const value = isMapping(marks) && Object.hasOwn(marks, key) ? marks[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The parts of a list that an annotation holds, as `Prune=false,Force=true`. */
export function annotationList(object: Mapping, key: string): string[] {
  return (annotationAt(object, key) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
