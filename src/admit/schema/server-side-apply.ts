import type { CustomSchema } from '../../schema/custom-schema.ts';
import { type Facts, type ObjectType, type Property, propertiesOf, type Type } from '../../schema/facts.ts';
import {
  formatValue,
  isMapping,
  isSequence,
  type Mapping,
  type PathElement,
  type Sequence,
  type Value,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { FieldError } from '../field-error.ts';

interface Walk {
  readonly facts: Facts;
  readonly path: PathElement[];
  readonly errors: FieldError[];
}

/** What a server-side apply refuses of a built-in object that a create takes: lists whose keys do not tell items apart. */
export function validateListKeys(object: Mapping, facts: Facts, type: ObjectType): readonly FieldError[] {
  const walk: Walk = { facts, path: [], errors: [] };
  visitObject(walk, type, object);
  return walk.errors;
}

/** What it refuses of any metadata: fields that only the server sets. */
export function validateApplyMetadata({ metadata }: Mapping): readonly FieldError[] {
  if (!isMapping(metadata)) return [];
  const errors: FieldError[] = [];
  if (typeof metadata['uid'] === 'string' && metadata['uid'] !== '')
    errors.push(forbidden('uid', 'no object with this uid exists when server-side apply creates it'));
  if (isSequence(metadata['managedFields']))
    errors.push(forbidden('managedFields', 'must not be set in a server-side apply'));
  return errors;
}

function forbidden(field: string, detail: string): FieldError {
  return { type: 'Forbidden', field: ['metadata', field], detail, help: 'remove the field' };
}

/** The nulls of a custom resource that its schema neither allows nor has a default for: the typed value of a server-side apply has no place for them. */
export function validateNulls(object: Mapping, schema: CustomSchema): readonly FieldError[] {
  const errors: FieldError[] = [];
  visitNulls(object, schema, [], errors);
  return errors;
}

function visitNulls(value: Value, schema: CustomSchema, path: PathElement[], errors: FieldError[]): void {
  if (isSequence(value)) {
    for (const [index, item] of value.entries()) visitNull(item, index, schema.items, path, errors);
  } else if (isMapping(value)) {
    for (const key in value) {
      const property = schema.properties.get(key) ?? schema.additional;
      visitNull(value[key] as Value, key, property === true ? undefined : property, path, errors);
    }
  }
}

function visitNull(
  value: Value,
  step: PathElement,
  schema: CustomSchema | undefined,
  path: PathElement[],
  errors: FieldError[],
): void {
  if (schema === undefined) return;
  path.push(step);
  if (value !== null) visitNulls(value, schema, path, errors);
  else if (!schema.nullable && schema.fallback === undefined && schema.types.length > 0)
    errors.push({
      type: 'TypeInvalid',
      field: [...path],
      badValue: null,
      detail: 'must not be null',
      help: 'remove the field',
    });
  path.pop();
}

function visitObject(walk: Walk, type: ObjectType, object: Mapping): void {
  const properties = propertiesOf(walk.facts, type);
  for (const name in object) {
    const property = properties.get(name);
    if (property === undefined) continue;
    walk.path.push(name);
    visitValue(walk, property.type, object[name] as Value);
    checkKeys(walk, property, object[name] as Value);
    walk.path.pop();
  }
}

function visitValue(walk: Walk, type: Type, value: Value): void {
  if (type.is === 'object' && isMapping(value)) visitObject(walk, type, value);
  else if (type.is === 'list' && isSequence(value)) {
    for (const [index, item] of value.entries()) visitStep(walk, index, type.items, item);
  } else if (type.is === 'map' && isMapping(value)) {
    for (const key in value) visitStep(walk, key, type.values, value[key] as Value);
  }
}

function visitStep(walk: Walk, step: PathElement, type: Type, value: Value): void {
  walk.path.push(step);
  visitValue(walk, type, value);
  walk.path.pop();
}

function checkKeys(walk: Walk, { type, attributes }: Property, value: Value): void {
  if (type.is !== 'list' || !isSequence(value)) return;
  if (attributes?.lt === 'set') reportTwice(walk, value, [], formatValue);
  const keys = attributes?.lk;
  const items = type.items;
  if (attributes?.lt !== 'map' || keys === undefined || items.is !== 'object') return;
  const properties = propertiesOf(walk.facts, items);
  const fallback = (key: string) => properties.get(key)?.attributes?.d;
  reportTwice(walk, value, keys, (item) => {
    if (!isMapping(item)) return undefined;
    return JSON.stringify(keys.map((key) => valueText((item[key] ?? fallback(key) ?? '') as Value)));
  });
}

function reportTwice(
  walk: Walk,
  list: Sequence,
  keys: readonly string[],
  identity: (item: Value) => string | undefined,
): void {
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const id = identity(item);
    if (id === undefined) continue;
    const what = keys.length === 0 ? 'the value' : `the same ${keys.join(' and ')}`;
    if (seen.has(id))
      walk.errors.push({
        type: 'Duplicate',
        field: [...walk.path, index],
        badValue: item,
        detail: `${what} is duplicated here, and server-side apply identifies items by it`,
      });
    seen.add(id);
  }
}
