import { getPart, mappingOf, removeKey, setKey, type Tracked } from '../object/provenance.ts';
import { isMapping, type Mapping } from '../source/value.ts';

/** A value with a JSON merge patch applied (RFC 7386): mappings merge, null removes, everything else is replaced. */
export function mergePatch(base: Tracked | undefined, patch: Tracked, depth = 0): Tracked {
  if (!isMapping(patch.value) || depth > 100) return patch;
  let merged: Tracked<Mapping> =
    base !== undefined && isMapping(base.value)
      ? { value: base.value, origin: base.origin }
      : mappingOf([], patch.origin);
  for (const key of Object.keys(patch.value)) {
    const part = getPart(patch, key);
    if (part === undefined) continue;
    merged =
      part.value === null
        ? removeKey(merged, key)
        : setKey(merged, key, mergePatch(getPart(merged, key), part, depth + 1));
  }
  return merged;
}
