import {
  getAt,
  getPart,
  locateField,
  type Origin,
  originOfEntry,
  type StepKind,
  type Tracked,
  untracked,
} from '../../object/provenance.ts';
import { isMapping, type Mapping, type Value } from '../../source/value.ts';

/** A text that is there and not empty. */
export function textAt(tracked: Tracked, path: readonly string[]): Tracked<string> | undefined {
  const part = getAt(tracked, path);
  if (part === undefined || typeof part.value !== 'string' || part.value === '') return undefined;
  return { value: part.value, origin: part.origin };
}

/** A mapping under a key. */
export function mappingAt(tracked: Tracked<Mapping>, key: string): Tracked<Mapping> | undefined {
  const part = getPart(tracked, key);
  return part !== undefined && isMapping(part.value) ? { value: part.value, origin: part.origin } : undefined;
}

/** The same value as the work of the generator `by`. */
export function remade<V extends Value>(tracked: Tracked<V>, by: StepKind): Tracked<V> {
  return { value: tracked.value, origin: madeBy(by, tracked.origin) };
}

/** The origin of what an entry makes without saying it, such as `kind`: the line with its name. */
export function originOfStructure(entry: Tracked<Mapping>, by: StepKind): Origin {
  return madeBy(by, getPart(entry, 'name')?.origin ?? entry.origin);
}

function madeBy(by: StepKind, origin: Origin): Origin {
  if (origin === untracked) return untracked;
  const { span } = locateField({ value: null, origin }, [], 'whole');
  return span === undefined ? untracked : originOfEntry(by, span);
}
