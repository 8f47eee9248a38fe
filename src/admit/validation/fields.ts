import { isMapping, type Mapping, type Sequence, type Value } from '../../source/value.ts';

// The API server decodes null like an absent field: the zero value, or a nil pointer. Who asks for `text` means a
// plain field, who asks for `optionalText` means a pointer.

const noItems: Sequence = [];

/** The string under `key`; '' where it is absent or null. */
export function text(mapping: Mapping | undefined, key: string): string {
  const value = mapping?.[key];
  return typeof value === 'string' ? value : '';
}

/** The string under `key`, undefined where it is absent or null. */
export function optionalText(mapping: Mapping | undefined, key: string): string | undefined {
  const value = mapping?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** The number under `key`, undefined where it is absent or null. */
export function numeric(mapping: Mapping | undefined, key: string): number | undefined {
  const value = mapping?.[key];
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** The boolean under `key`, undefined where it is absent or null. */
export function flag(mapping: Mapping | undefined, key: string): boolean | undefined {
  const value = mapping?.[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** The mapping under `key`, undefined where it is absent or null. */
export function struct(mapping: Mapping | undefined, key: string): Mapping | undefined {
  const value = mapping?.[key];
  return isMapping(value) ? value : undefined;
}

/** The list under `key`; empty where it is absent or null. */
export function items(mapping: Mapping | undefined, key: string): Sequence {
  const value = mapping?.[key];
  return Array.isArray(value) ? (value as Sequence) : noItems;
}

/** The list of mappings under `key`; a null item counts as absent. */
export function structs(mapping: Mapping | undefined, key: string): readonly Mapping[] {
  const list = items(mapping, key);
  return list.every(isMapping) ? list : list.filter(isMapping);
}

/** The list of strings under `key`; a null item is ''. */
export function texts(mapping: Mapping | undefined, key: string): readonly string[] {
  return items(mapping, key).map(entryText);
}

/** A number, 0 for null and for what is none. */
export function numberOf(value: Value | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}

/** The value of an entry of a map or list of strings; null is ''. */
export function entryText(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Whether the field is there and not null. */
export function has(mapping: Mapping | undefined, key: string): boolean {
  const value = mapping?.[key];
  return value !== undefined && value !== null;
}

/** Whether the map or list under `key` has no entries. */
export function isEmpty(mapping: Mapping | undefined, key: string): boolean {
  const value = mapping?.[key];
  if (Array.isArray(value)) return value.length === 0;
  return !isMapping(value) || Object.keys(value).length === 0;
}
