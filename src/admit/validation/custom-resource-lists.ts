import type { Mapping } from '../../source/value.ts';
import { type At, type Check, duplicate, forbidden, invalid, required, supported } from './check.ts';
import { flag, has, items, optionalText, struct, text, texts } from './fields.ts';

/** Checks the `x-kubernetes-` fields that say how lists and maps are merged. */
export function validateTopology(schema: Mapping, check: Check): void {
  const type = text(schema, 'type');
  const mapType = optionalText(schema, 'x-kubernetes-map-type');
  const listType = optionalText(schema, 'x-kubernetes-list-type');
  supported(check, 'x-kubernetes-map-type', mapType, ['atomic', 'granular']);
  supported(check, 'x-kubernetes-list-type', listType, ['atomic', 'set', 'map']);
  if (mapType !== undefined && type !== 'object') reportType(type, 'object', 'x-kubernetes-map-type', check);
  if (listType !== undefined && type !== 'array') reportType(type, 'array', 'x-kubernetes-list-type', check);
  const keys = texts(schema, 'x-kubernetes-list-map-keys');
  if (keys.length > 0 && listType !== 'map') {
    if (listType === undefined)
      required(check, 'x-kubernetes-list-type', 'must be map with x-kubernetes-list-map-keys');
    else invalid(check, 'x-kubernetes-list-type', listType, 'must be map with x-kubernetes-list-map-keys');
  }
  if (listType === 'map') validateListMap(schema, keys, check);
  if (listType === 'set') validateListSet(struct(schema, 'items'), check);
}

function reportType(type: string, wanted: string, key: string, check: Check): void {
  if (type === '') required(check, 'type', `must be ${wanted} with ${key}`);
  else invalid(check, 'type', type, `must be ${wanted} with ${key}`);
}

function validateListSet(item: Mapping | undefined, check: Check): void {
  if (flag(item, 'nullable') === true)
    forbidden(check, ['items', 'nullable'], 'must not be true in a list of type set');
  const type = text(item, 'type');
  const key = type === 'array' ? 'x-kubernetes-list-type' : 'x-kubernetes-map-type';
  const value = optionalText(item, key);
  if (type === 'array' ? value !== undefined && value !== 'atomic' : type === 'object' && value !== 'atomic')
    invalid(check, ['items', key], value ?? '', 'must be atomic in a list of type set', 'write atomic');
}

function validateListMap(schema: Mapping, keys: readonly string[], check: Check): void {
  const item = struct(schema, 'items');
  if (keys.length === 0) required(check, 'x-kubernetes-list-map-keys', 'must be set for a list of type map');
  if (item === undefined) return;
  if (text(item, 'type') !== 'object')
    invalid(check, ['items', 'type'], text(item, 'type'), 'must be object in a list of type map');
  if (flag(item, 'nullable') === true)
    forbidden(check, ['items', 'nullable'], 'must not be true in a list of type map');
  keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) duplicate(check, ['x-kubernetes-list-map-keys', index], key);
    validateMapKey(item, key, index, check);
  });
}

function validateMapKey(item: Mapping, key: string, index: number, check: Check): void {
  const property = struct(struct(item, 'properties'), key);
  const at: At = ['items', 'properties', key];
  if (property === undefined) {
    invalid(check, ['x-kubernetes-list-map-keys', index], key, 'must be the name of a property of the items');
    return;
  }
  if (['array', 'object'].includes(text(property, 'type')))
    invalid(
      check,
      [...at, 'type'],
      text(property, 'type'),
      'must be a scalar, because it is a key of the list',
    );
  if (flag(property, 'nullable') === true)
    forbidden(check, [...at, 'nullable'], 'must not be true, because it is a key of the list');
  if (!items(item, 'required').includes(key) && !has(property, 'default'))
    required(
      check,
      [...at, 'default'],
      'must be set, or the property required, because it is a key of the list',
    );
}
