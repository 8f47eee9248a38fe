import { parseAllDocuments, type YAMLMap } from 'yaml';
import type { SourceFile } from '../../src/diagnostic/source-file.ts';
import { type Origin, originOfEntry, type Tracked } from '../../src/object/provenance.ts';
import { isMapping, type Mapping, newMapping, type Value } from '../../src/source/value.ts';

/** A plain JSON value as the loaders would have made it. */
export function toValue(plain: unknown): Value {
  if (Array.isArray(plain)) return plain.map(toValue);
  if (typeof plain !== 'object' || plain === null) return plain as Value;
  const mapping = newMapping();
  for (const [key, value] of Object.entries(plain)) mapping[key] = toValue(value);
  return mapping;
}

export function mappingOf(plain: unknown): Mapping {
  const value = toValue(plain);
  if (!isMapping(value)) throw new Error('not a mapping');
  return value;
}

/** The documents of a YAML text, as plain values without prototypes. */
export function mappingsOf(text: string): Mapping[] {
  return parseAllDocuments(text, { uniqueKeys: false }).map((document) =>
    mappingOf((document as unknown as YAMLMap).toJSON()),
  );
}

/** An origin that tells itself apart by its file's name. */
export function originNamed(name: string): Origin {
  const file: SourceFile = { path: name, text: name };
  return originOfEntry(name, { file, start: 0, end: name.length });
}

export function tracked(plain: unknown, name = 'base'): Tracked<Mapping> {
  return { value: mappingOf(plain), origin: originNamed(name) };
}
