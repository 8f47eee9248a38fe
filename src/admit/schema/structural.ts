import {
  type Facts,
  fieldVersions,
  type ObjectType,
  propertiesOf,
  type Type,
  typeNamed,
} from '../../schema/facts.ts';
import { closestField } from '../../schema/suggestion.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  type PathElement,
  type Sequence,
  type Value,
} from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { decodingProblem } from './decode.ts';

/** A walk over one object. The path grows and shrinks with it and is copied only into an error. */
interface Walk {
  readonly facts: Facts;
  readonly path: PathElement[];
  readonly errors: FieldError[];
  /** Whether unknown fields count: a custom decoder within the Go types swallows them. */
  strict: boolean;
}

const noErrors: readonly FieldError[] = [];
const depthLimit = 256;
/** A document with more mistakes than this needs no help with each, and a hostile one gets no more work done. */
export const suggestionLimit = 100;

/** Judges whether `object` decodes, strictly, into the Go type behind `type`: unknown fields and wrong JSON types. */
export function validateStructure(object: Mapping, facts: Facts, type: ObjectType): readonly FieldError[] {
  const walk: Walk = { facts, path: [], errors: [], strict: true };
  checkObject(walk, type, object);
  return walk.errors.length === 0 ? noErrors : walk.errors;
}

function checkValue(walk: Walk, type: Type, value: Value): void {
  if (value === null) return;
  switch (type.is) {
    case 'object':
      if (isMapping(value)) checkObject(walk, type, value);
      else mismatch(walk, value, 'a mapping');
      return;
    case 'list':
      if (isSequence(value)) checkList(walk, type.items, value);
      else mismatch(walk, value, 'a list');
      return;
    case 'map':
      if (isMapping(value)) checkMap(walk, type.values, value);
      else mismatch(walk, value, 'a mapping');
      return;
    case 'schemaOrArray':
    case 'schemaOrBool':
    case 'schemaOrStrings':
      checkSchemaOr(walk, type.is, value);
      return;
    default: {
      const wanted = decodingProblem(type.is, value);
      if (wanted !== undefined) mismatch(walk, value, wanted);
    }
  }
}

function checkObject(walk: Walk, type: ObjectType, object: Mapping): void {
  if (walk.path.length > depthLimit) {
    tooDeep(walk);
    return;
  }
  const properties = propertiesOf(walk.facts, type);
  for (const name in object) {
    const property = properties.get(name);
    walk.path.push(name);
    if (property !== undefined) checkValue(walk, property.type, object[name] as Value);
    else if (walk.strict) unknownField(walk, type, name, properties.keys());
    walk.path.pop();
  }
}

function checkList(walk: Walk, items: Type, list: Sequence): void {
  for (let index = 0; index < list.length; index++) {
    walk.path.push(index);
    checkValue(walk, items, list[index] as Value);
    walk.path.pop();
  }
}

function checkMap(walk: Walk, values: Type, map: Mapping): void {
  for (const key in map) {
    walk.path.push(key);
    checkValue(walk, values, map[key] as Value);
    walk.path.pop();
  }
}

const schemaType = 'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';

/** The three unions of JSONSchemaProps decode by hand: without strictness, and two of them ignore what they do not know. */
function checkSchemaOr(
  walk: Walk,
  is: 'schemaOrArray' | 'schemaOrBool' | 'schemaOrStrings',
  value: Value,
): void {
  const schema = typeNamed(walk.facts, schemaType);
  const strict = walk.strict;
  walk.strict = false;
  if (isMapping(value) && schema !== undefined) checkObject(walk, schema, value);
  else if (is === 'schemaOrBool' && typeof value !== 'boolean')
    mismatch(walk, value, 'a schema, true or false');
  else if (is === 'schemaOrArray' && isSequence(value) && schema !== undefined)
    checkList(walk, schema, value);
  else if (is === 'schemaOrStrings' && isSequence(value)) checkList(walk, { is: 'str' }, value);
  walk.strict = strict;
}

function mismatch(walk: Walk, value: Value, wanted: string): void {
  const help = helpForMismatch(value, wanted);
  walk.errors.push({
    type: 'TypeInvalid',
    field: [...walk.path],
    badValue: value,
    detail: `must be ${wanted}, but is ${describe(value)}`,
    ...(help === undefined ? {} : { help }),
  });
}

/** What a value is, in words. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (isSequence(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `the string ${clip(JSON.stringify(value))}`;
  return `${typeof value === 'boolean' ? 'the boolean' : 'the number'} ${value}`;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function helpForMismatch(value: Value, wanted: string): string | undefined {
  const scalar = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
  if (wanted === 'a string' && scalar) return `write it in quotes: "${value}"`;
  if (typeof value !== 'string') return undefined;
  const unquoted = value.trim();
  if (wanted === 'true or false' && (unquoted === 'true' || unquoted === 'false'))
    return `write ${unquoted} without quotes`;
  if (/^an? (?:\d+-bit )?integer/u.test(wanted) && /^[+-]?\d+$/.test(unquoted))
    return `write ${unquoted} without quotes`;
  return undefined;
}

function unknownField(walk: Walk, type: ObjectType, name: string, known: Iterable<string>): void {
  const versions = fieldVersions(type, name);
  const meant = walk.errors.length < suggestionLimit ? closestField(name, known) : undefined;
  const detail =
    versions === undefined
      ? `unknown field ${JSON.stringify(name)}`
      : `unknown field ${JSON.stringify(name)} in Kubernetes ${walk.facts.version}`;
  const help =
    versions === undefined
      ? meant && `did you mean ${JSON.stringify(meant)}?`
      : lifeOfField(walk.facts, versions);
  walk.errors.push({
    type: 'UnknownField',
    field: [...walk.path],
    detail,
    ...(help === undefined ? {} : { help }),
  });
}

function lifeOfField(facts: Facts, [first, last]: readonly [string, string]): string {
  const isLater = Number(first.slice(2)) > Number(facts.version.slice(2));
  return isLater
    ? `the field was added in Kubernetes ${first}`
    : `Kubernetes ${last} is the last version with this field`;
}

function tooDeep(walk: Walk): void {
  walk.errors.push({
    type: 'Invalid',
    field: [...walk.path],
    detail: `is nested more than ${depthLimit} levels deep`,
  });
}
