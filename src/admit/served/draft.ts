import { isMapping, isSequence, type MutableMapping, newMapping, type Value } from '../../source/value.ts';

/** Sets a field where nothing stands. */
export function preset(draft: MutableMapping, key: string, value: Value): void {
  draft[key] ??= value;
}

/** Sets a list or mapping where none stands or one without entries, as code does that asks for the length. */
export function presetEmpty(draft: MutableMapping, key: string, value: Value): void {
  const known = draft[key];
  if (isSequence(known) ? known.length === 0 : !isMapping(known) || Object.keys(known).length === 0)
    draft[key] = value;
}

/** The mapping under a key, which may be changed too; made where there is none. */
export function child(draft: MutableMapping, key: string): MutableMapping {
  const known = draft[key];
  if (isMapping(known)) return known as MutableMapping;
  const made = newMapping();
  draft[key] = made;
  return made;
}

/** The mapping under a key, if there is one. */
export function childIfAny(draft: MutableMapping, key: string): MutableMapping | undefined {
  const known = draft[key];
  return isMapping(known) ? (known as MutableMapping) : undefined;
}

/** The mappings of the list under a key. */
export function children(draft: MutableMapping, key: string): MutableMapping[] {
  const list = draft[key];
  return isSequence(list) ? (list.filter(isMapping) as MutableMapping[]) : [];
}

/** A mapping of these fields. */
export function fields(values: Readonly<Record<string, Value>>): MutableMapping {
  return Object.assign(newMapping(), values);
}
