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
  const isText = textMaps.has(base.value);
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
  if (isText) textMaps.add(merged.value);
  return merged;
}

/** Mappings that are `map[string]string` for Argo CD: `values` of a generator, labels and annotations of a cluster. */
const textMaps = new WeakSet<Mapping>();

export function rememberTexts(mapping: Mapping): void {
  textMaps.add(mapping);
}

/** The key whose values mergo panics over: those of a map of texts cannot be set to what a list or a file brings, whatever it is. */
export function clashOfMaps(base: Mapping, over: Mapping, depth = 0): string | undefined {
  for (const key of Object.keys(over)) {
    const [old, part] = [base[key], over[key]];
    if (!isMapping(old) || !isMapping(part) || depth > 50) continue;
    if (textMaps.has(old) && !textMaps.has(part) && Object.keys(part).length > 0) return key;
    const inner = clashOfMaps(old, part, depth + 1);
    if (inner !== undefined) return `${key}.${inner}`;
  }
  return undefined;
}
