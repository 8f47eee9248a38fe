import type { CustomSchema } from '../../schema/custom-schema.ts';
import { closestField } from '../../schema/suggestion.ts';
import { isMapping, isSequence, type Mapping, type PathElement, type Value } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { suggestionLimit } from './structural.ts';

interface Walk {
  readonly path: PathElement[];
  readonly errors: FieldError[];
}

const metaFields: readonly string[] = ['apiVersion', 'kind', 'metadata'];

/** The fields that no part of the schema knows: the server drops them, and refuses them where it is strict. */
export function unknownFields(object: Mapping, schema: CustomSchema): readonly FieldError[] {
  const walk: Walk = { path: [], errors: [] };
  if (schema.preservesUnknown) visitPreserved(walk, object, schema);
  else visitMapping(walk, object, schema);
  return walk.errors;
}

function visit(walk: Walk, value: Value, schema: CustomSchema | undefined): void {
  if (schema?.preservesUnknown === true) visitPreserved(walk, value, schema);
  else if (isMapping(value)) visitMapping(walk, value, schema);
  else if (isSequence(value)) visitItems(walk, value, (item) => visit(walk, item, schema?.items));
}

function visitMapping(walk: Walk, mapping: Mapping, schema: CustomSchema | undefined): void {
  for (const key in mapping) {
    if (isMetaField(walk, key, schema)) continue;
    const property = schema?.properties.get(key) ?? schema?.additional;
    walk.path.push(key);
    if (property === undefined) report(walk, key, schema);
    else visit(walk, mapping[key] as Value, property === true ? undefined : property);
    walk.path.pop();
  }
}

/** Where unknown fields are preserved only the known ones are looked into. */
function visitPreserved(walk: Walk, value: Value, schema: CustomSchema): void {
  if (isSequence(value)) {
    const { items } = schema;
    if (items !== undefined) visitItems(walk, value, (item) => visitPreserved(walk, item, items));
  }
  if (!isMapping(value)) return;
  for (const key in value) {
    const property = schema.properties.get(key) ?? schema.additional;
    if (property === undefined || isMetaField(walk, key, schema)) continue;
    walk.path.push(key);
    visit(walk, value[key] as Value, property === true ? undefined : property);
    walk.path.pop();
  }
}

function visitItems(walk: Walk, items: readonly Value[], visitItem: (item: Value) => void): void {
  for (let index = 0; index < items.length; index++) {
    walk.path.push(index);
    visitItem(items[index] as Value);
    walk.path.pop();
  }
}

function isMetaField(walk: Walk, key: string, schema: CustomSchema | undefined): boolean {
  return (walk.path.length === 0 || schema?.isEmbedded === true) && metaFields.includes(key);
}

function report(walk: Walk, key: string, schema: CustomSchema | undefined): void {
  const isHelped = schema !== undefined && walk.errors.length < suggestionLimit;
  const known = isHelped ? [...schema.properties.keys()] : [];
  const meant = closestField(key, walk.path.length === 1 ? [...known, ...metaFields] : known);
  walk.errors.push({
    type: 'UnknownField',
    field: [...walk.path],
    detail: `unknown field ${JSON.stringify(key)}`,
    ...(meant === undefined ? {} : { help: `did you mean ${JSON.stringify(meant)}?` }),
  });
}
