import { mappingOf, originOfEntry, setItems, type Tracked } from '../../src/object/provenance.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../src/source/value.ts';

/** A value whose texts come from where they first stand in `text`, as if they had been read from the file at `path`. */
export function trackText(value: Value, text: string, path = 'kustomization.yaml'): Tracked {
  const file = { path, text };
  const found = typeof value === 'string' ? Math.max(0, text.indexOf(value)) : 0;
  const end = typeof value === 'string' ? found + value.length : 0;
  const tracked: Tracked = { value, origin: originOfEntry('resources', { file, start: found, end }) };
  if (isSequence(value)) {
    return setItems(
      tracked,
      value.map((item) => trackText(item, text, path)),
    );
  }
  if (!isMapping(value)) return tracked;
  return mappingOf(
    Object.entries(value).map(([key, part]) => [key, trackText(part, text, path)] as const),
    tracked.origin,
  );
}

export function trackMapping(value: Mapping, text: string): Tracked<Mapping> {
  return trackText(value, text) as Tracked<Mapping>;
}
