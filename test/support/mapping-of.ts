import { newMapping, type Value } from '../../src/source/value.ts';

/** JSON as documents hold it: mappings without a prototype. */
export function mappingOf(json: unknown): Value {
  if (Array.isArray(json)) return json.map(mappingOf);
  if (typeof json !== 'object' || json === null) return json as Value;
  const mapping = newMapping();
  for (const [key, value] of Object.entries(json)) mapping[key] = mappingOf(value);
  return mapping;
}
