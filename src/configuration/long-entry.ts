import type { Document } from '../source/document.ts';
import { isMapping, isSequence, type Path, type Value } from '../source/value.ts';

/** The settings of each entry are asked for each object, and whoever opens a pull request writes them; five times what any is known to need. */
export const mostEntries = 2_000;

/** The way to a list or a mapping of the configuration that is longer than any real one. */
export function longEntry({ value }: Pick<Document, 'value'>): Path | undefined {
  return longBelow(value, []);
}

function longBelow(value: Value, path: Path): Path | undefined {
  if (!isMapping(value) && !isSequence(value)) return undefined;
  const entries = isSequence(value) ? [...value.entries()] : Object.entries(value);
  if (entries.length > mostEntries) return path;
  for (const [step, entry] of entries) {
    const found = longBelow(entry, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}
