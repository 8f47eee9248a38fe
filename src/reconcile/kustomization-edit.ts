import {
  getPart,
  itemsOf,
  mappingOf,
  namedOrigin,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import type { FileSystem } from '../source/file-system.ts';
import { normalisePath } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** The directory whose kustomization is edited. */
export interface EditPlace {
  readonly fileSystem: FileSystem;
  readonly directory: string;
}

/** The fields with their own names as what made them, which an edit would otherwise hide. */
export function namedParts(own: Tracked<Mapping>): Tracked<Mapping> {
  return mappingOf(
    Object.keys(own.value).map((key): [string, Tracked] => {
      const part = getPart(own, key) as Tracked;
      return [key, { value: part.value, origin: namedOrigin(key, part.origin) }];
    }),
    own.origin,
  );
}

/** Sets a field to a text; what is no text leaves it as it is. */
export function replaceField(
  edited: Tracked<Mapping>,
  field: string,
  part: Tracked | undefined,
): Tracked<Mapping> {
  if (typeof part?.value !== 'string') return edited;
  return setKey(edited, field, { value: part.value, origin: namedOrigin(field, part.origin) });
}

/** The items of a controller's list, named after the field of the kustomization that they go to. */
export function listAt(spec: Tracked, field: string, name = field): Tracked[] {
  const list = getPart(spec, field);
  return list === undefined
    ? []
    : itemsOf(list).map((item) => ({ ...item, origin: namedOrigin(name, item.origin) }));
}

/** Puts items behind those of a list. */
export function appendItems(
  edited: Tracked<Mapping>,
  field: string,
  added: readonly Tracked[],
): Tracked<Mapping> {
  if (added.length === 0) return edited;
  const own = getPart(edited, field);
  const items = own === undefined ? [] : itemsOf(own);
  return setKey(edited, field, listOf(own ?? edited, [...items, ...added]));
}

/** The components, without those that are not there where `ignoreMissingComponents` says so. */
export function presentComponents(spec: Tracked, { fileSystem, directory }: EditPlace): Tracked[] {
  const ignoresMissing = getPart(spec, 'ignoreMissingComponents')?.value === true;
  const components = listAt(spec, 'components').filter(({ value }) => typeof value === 'string');
  return components.filter(({ value }) => {
    const path = normalisePath(`${directory}/${valueText(value)}`);
    return !ignoresMissing || (path !== undefined && fileSystem.kind(path) !== undefined);
  });
}

export function listOf({ origin }: Tracked, items: readonly Tracked[]): Tracked {
  return setItems({ value: [], origin }, items);
}
