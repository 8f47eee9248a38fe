import { UnsupportedTemplate } from '../template-error.ts';
import { isList, isMap, knownValue, newList } from './datum.ts';
import { isTruthy } from './kind.ts';
import type { GoMap, Known } from './model.ts';

const maximumDepth = 200;

/**
 * Merges one map into another, as mergo 1.0 does for sprig: where both have a key, what is empty gives way, and everything with
 * `overwrites`; a nil of the other map is taken only then. Maps that are taken over are shared.
 */
export function mergeMaps(into: GoMap, from: GoMap, overwrites: boolean, depth = 0): void {
  if (into === from) return;
  if (depth > maximumDepth) throw new UnsupportedTemplate('values nested this deeply');
  const isFromEmpty = from.entries.size === 0;
  for (const [key, source] of from.entries) {
    if (source.value === null || source.value === undefined) {
      if (overwrites) into.entries.set(key, source);
      continue;
    }
    const target = into.entries.get(key);
    if (isMap(source.value) && isMap(target?.value))
      mergeMaps(target.value, source.value, overwrites, depth + 1);
    if (isList(source.value)) takeList({ into, key, source, target }, overwrites && !isFromEmpty);
    const isKept = isList(source.value) || (isMap(source.value) && isMap(target?.value));
    const isFilled = target !== undefined && isTruthy(target.value);
    if (isFilled && (isKept || !overwrites)) continue;
    into.entries.set(key, source);
  }
}

interface Taking {
  readonly into: GoMap;
  readonly key: string;
  readonly source: Known;
  readonly target: Known | undefined;
}

function takeList({ into, key, source, target }: Taking, isTaken: boolean): void {
  const own = target?.value === null || target === undefined ? knownValue(newList([])) : target;
  into.entries.set(key, isTaken ? source : own);
}
