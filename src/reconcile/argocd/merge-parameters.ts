import { getPart, setKey, type Tracked } from '../../object/provenance.ts';
import { isMapping, type Mapping } from '../../source/value.ts';

/** Parameters with others, which take the place of those of the same name. */
export function withParameters(base: Tracked<Mapping>, over: Tracked<Mapping>): Tracked<Mapping> {
  let merged = base;
  for (const key of Object.keys(over.value)) {
    const part = getPart(over, key);
    if (part !== undefined) merged = setKey(merged, key, part);
  }
  return merged;
}

/** The same, but for mappings on both sides, which become one again. */
export function mergeParameters(base: Tracked<Mapping>, over: Tracked<Mapping>, depth = 0): Tracked<Mapping> {
  let merged = base;
  for (const key of Object.keys(over.value)) {
    const [old, part] = [getPart(merged, key), getPart(over, key)];
    if (part === undefined) continue;
    const areMappings = isMapping(old?.value) && isMapping(part.value) && depth < 50;
    merged = setKey(
      merged,
      key,
      areMappings ? mergeParameters(old as Tracked<Mapping>, part as Tracked<Mapping>, depth + 1) : part,
    );
  }
  return merged;
}
