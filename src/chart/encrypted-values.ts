import { originOfUnknown, untracked } from '../object/provenance.ts';
import { lastPartOf } from '../source/path.ts';
import { isList, isMap, newList, newMap } from '../template/value/datum.ts';
import type { Datum, GoMap, Known } from '../template/value/model.ts';
import type { ChartFile } from './chart.ts';
import { readMapping } from './read-yaml.ts';

/** What stands for a text that nobody knows here. */
export const standIn = 'unknown';

export function nameOfUnknown(...path: readonly string[]): string {
  return path.join('_').replaceAll(/\W/gu, '_');
}

/** The values that a file gives to a release, with a stand-in for each that SOPS encrypted in it. */
export function readGivenValues(file: ChartFile, by: string): GoMap {
  return openEncrypted(readMapping(file, by), lastPartOf(file.path).replace(/\..*$/su, ''));
}

/**
 * Values of which SOPS encrypted some: it leaves the keys as they are and puts its record beside them. What nobody can read here is a
 * stand-in, named after `name` and its keys.
 */
export function openEncrypted(values: GoMap, name: string): GoMap {
  if (!values.entries.has('sops')) return values;
  const rest = [...values.entries].filter(([key]) => key !== 'sops');
  return newMap(rest.map(([key, known]) => [key, opened(known, [name, key])]));
}

function opened(known: Known, path: readonly string[]): Known {
  const { value } = known;
  if (isMap(value)) {
    const entries = [...value.entries].map(([key, one]) => [key, opened(one, [...path, key])] as const);
    return { ...known, value: newMap(entries) };
  }
  if (isList(value)) {
    const items = value.items.map((one, index) => opened(one, [...path, String(index)]));
    return { ...known, value: newList(items) };
  }
  if (typeof value !== 'string' || !value.startsWith('ENC[')) return known;
  const place = known.origins[0] ?? untracked;
  return { value: standInFor(value), origins: [originOfUnknown(nameOfUnknown(...path), place)] };
}

/** A value of the type that SOPS notes down beside what it encrypted. */
function standInFor(encrypted: string): Datum {
  const type = /,type:([a-z]+)\]$/u.exec(encrypted)?.[1];
  if (type === 'bool') return true;
  return type === 'int' || type === 'float' ? 1 : standIn;
}
