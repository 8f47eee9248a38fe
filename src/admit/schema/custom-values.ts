import { knownOnce } from '../../object/known-once.ts';
import type { Bounds, CustomSchema } from '../../schema/custom-schema.ts';
import { closestField } from '../../schema/suggestion.ts';
import { spendEffort } from '../../source/effort.ts';
import { ownOf } from '../../source/own.ts';
import {
  formatValue,
  isMapping,
  isSequence,
  type Mapping,
  type PathElement,
  type Sequence,
  type Value,
} from '../../source/value.ts';
import type { FieldError, FieldErrorType } from '../field-error.ts';
// Loaded when called: few objects come with patterns.
import { testPattern } from '../policy/library/regex.ts';
import { hasFormat } from './format.ts';
import { describe, suggestionLimit } from './structural.ts';

interface Walk {
  readonly path: PathElement[];
  readonly errors: FieldError[];
  readonly kubernetesVersion: string;
  /** Whether it is the default of a CRD, whose lists the server does not look at for what stands there twice. */
  readonly isDefault: boolean;
}

/** Judges a settled value by its schema: types, required fields, enumerations, bounds, patterns, formats, unique keys. */
export function validateValues(
  object: Mapping,
  schema: CustomSchema,
  kubernetesVersion: string,
  isDefault = false,
): FieldError[] {
  const walk: Walk = { path: [], errors: [], kubernetesVersion, isDefault };
  check(walk, schema, object);
  return walk.errors;
}

function check(walk: Walk, schema: CustomSchema, value: Value): void {
  spendEffort(2);
  if (!hasType(schema, value)) {
    const wanted = schema.types.map((type) => ownOf(typeNames, type) ?? type).join(' or ');
    add(walk, 'TypeInvalid', value, `must be ${wanted}, but is ${describe(value)}`);
    return;
  }
  if (schema.values !== undefined) checkEnum(walk, schema.values, value);
  if (value === null) return;
  checkBranches(walk, schema, value);
  if (typeof value === 'string') checkString(walk, schema, value);
  else if (typeof value === 'number' || typeof value === 'bigint') checkNumber(walk, schema, value);
  else if (isSequence(value)) checkList(walk, schema, value);
  else if (isMapping(value)) checkMapping(walk, schema, value);
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
};

function hasType({ types, nullable }: CustomSchema, value: Value): boolean {
  if (types.length === 0) return true;
  if (value === null) return nullable;
  return types.some((type) => isOfType(type, value));
}

function isOfType(type: string, value: Value): boolean {
  switch (type) {
    case 'object':
      return isMapping(value);
    case 'array':
      return isSequence(value);
    case 'integer':
      return isInteger(value);
    case 'number':
      return typeof value === 'bigint' || Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

/** Go reads what does not fit into 64 bits, or has an exponent, as a float, and takes no float beyond 2^53 for an integer. */
function isInteger(value: Value): boolean {
  if (typeof value === 'bigint') return value >= -(2n ** 63n) && value < 2n ** 63n;
  return Number.isSafeInteger(value);
}

function checkEnum(walk: Walk, allowed: readonly Value[], value: Value): void {
  if (textsOf(allowed).has(formatValue(value))) return;
  const isHelped = typeof value === 'string' && walk.errors.length < suggestionLimit;
  const meant = isHelped ? closestField(value, allowed.filter(isString)) : undefined;
  const more = allowed.length > mostListed ? ` or ${allowed.length - mostListed} more` : '';
  const list = `${allowed.slice(0, mostListed).map(formatValue).join(', ')}${more}`;
  const help = meant === undefined ? undefined : `write ${JSON.stringify(meant)}`;
  add(
    walk,
    'NotSupported',
    value,
    allowed.length === 1 ? `only ${list} is supported` : `must be one of ${list}`,
    help,
  );
}

const mostListed = 50;

/** Equal values have equal texts. */
const textsOf = knownOnce((allowed: readonly Value[]) => new Set(allowed.map(formatValue)));

function isString(value: Value): value is string {
  return typeof value === 'string';
}

function checkBranches(walk: Walk, schema: CustomSchema, value: Value): void {
  for (const branch of schema.allOf) check(walk, branch, value);
  if (schema.anyOf.length > 0 && !schema.anyOf.some((branch) => isValid(walk, branch, value)))
    add(walk, 'Invalid', value, 'must match at least one of the schemas in anyOf');
  if (schema.oneOf.length > 0) {
    const fitting = schema.oneOf.filter((branch) => isValid(walk, branch, value)).length;
    if (fitting !== 1)
      add(walk, 'Invalid', value, `must match exactly one of the schemas in oneOf, but matches ${fitting}`);
  }
  if (schema.not !== undefined && isValid(walk, schema.not, value))
    add(walk, 'Invalid', value, 'must not match the schema in not');
}

function isValid(walk: Walk, schema: CustomSchema, value: Value): boolean {
  spendEffort(4);
  const probe: Walk = { ...walk, path: [], errors: [] };
  check(probe, schema, value);
  return probe.errors.length === 0;
}

function checkString(walk: Walk, schema: CustomSchema, value: string): void {
  const { bounds, pattern, format } = schema;
  if (bounds !== undefined) {
    const length = bounds.minLength === undefined && bounds.maxLength === undefined ? 0 : [...value].length;
    if (bounds.minLength !== undefined && length < bounds.minLength)
      add(walk, 'Invalid', value, `must have at least ${counted(bounds.minLength, 'character')}`);
    if (bounds.maxLength !== undefined && length > bounds.maxLength)
      add(
        walk,
        'TooLong',
        undefined,
        `must have at most ${counted(bounds.maxLength, 'character')}, but has ${length}`,
      );
  }
  if (pattern !== undefined) checkPattern(walk, pattern, value);
  if (format !== undefined && !hasFormat(value, format, walk.kubernetesVersion))
    add(walk, 'Invalid', value, `must have the format ${format}`);
}

/** RE2 as in the server: linear time. A pattern that is none refuses every value, as there. */
function checkPattern(walk: Walk, pattern: string, value: string): void {
  const test = testPattern(pattern);
  spendEffort(value.length >> 3);
  if (typeof test === 'string')
    add(walk, 'Invalid', value, `the pattern of the CRD is not a regular expression: ${test}`);
  else if (!test(value)) add(walk, 'Invalid', value, `must match ${pattern}`);
}

function checkNumber(walk: Walk, schema: CustomSchema, value: number | bigint): void {
  const { bounds, format } = schema;
  const number = Number(value);
  if (format === 'int32' && (number < -(2 ** 31) || number >= 2 ** 31))
    add(walk, 'Invalid', value, 'must fit in 32 bits');
  if (format === 'float' && Math.abs(number) > largestFloat)
    add(walk, 'Invalid', value, 'must fit in a 32-bit float');
  if (bounds !== undefined) checkRange(walk, bounds, value, number);
}

const largestFloat = 3.4028234663852886e38;

/** `github.com/go-openapi/swag` IsFloat64AJSONInteger: a quotient a billionth above an integer counts as one, one below does not. */
function isMultiple(number: number, factor: number): boolean {
  // The server refuses every number where the factor is not above 0.
  if (factor <= 0) return false;
  const quotient = factor < 1 ? (1 / factor) * number : number / factor;
  if (Number.isInteger(quotient)) return Number.isSafeInteger(quotient);
  const below = Math.floor(quotient);
  return below > 0 && (quotient - below) / (quotient + below) < 1e-9;
}

function checkRange(walk: Walk, bounds: Bounds, value: Value, number: number): void {
  const { minimum, maximum, isMinimumExclusive, isMaximumExclusive, multipleOf } = bounds;
  if (minimum !== undefined && (number < minimum || (isMinimumExclusive && number === minimum)))
    add(walk, 'Invalid', value, `must be ${isMinimumExclusive ? 'more than' : 'at least'} ${minimum}`);
  if (maximum !== undefined && (number > maximum || (isMaximumExclusive && number === maximum)))
    add(walk, 'Invalid', value, `must be ${isMaximumExclusive ? 'less than' : 'at most'} ${maximum}`);
  if (multipleOf !== undefined && !isMultiple(number, multipleOf))
    add(walk, 'Invalid', value, `must be a multiple of ${multipleOf}`);
}

function checkList(walk: Walk, schema: CustomSchema, list: Sequence): void {
  const { bounds, items } = schema;
  if (bounds?.minItems !== undefined && list.length < bounds.minItems)
    add(walk, 'Invalid', list, `must have at least ${counted(bounds.minItems, 'item')}`);
  if (bounds?.maxItems !== undefined && list.length > bounds.maxItems)
    add(walk, 'TooMany', undefined, `has ${list.length} items, but at most ${bounds.maxItems} are allowed`);
  if (items !== undefined) {
    for (let index = 0; index < list.length; index++) {
      walk.path.push(index);
      check(walk, items, list[index] as Value);
      walk.path.pop();
    }
  }
  if (walk.isDefault) return;
  if (schema.listType === 'set') checkUnique(walk, list, (item) => item);
  if (schema.listType === 'map') checkUnique(walk, list, (item) => keysOf(schema, item));
}

function keysOf(schema: CustomSchema, item: Value): Value | undefined {
  if (!isMapping(item)) return undefined;
  return schema.listKeys.map((key) => (Object.hasOwn(item, key) ? (item[key] as Value) : null));
}

function checkUnique(walk: Walk, list: Sequence, identity: (item: Value) => Value | undefined): void {
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const id = identity(item);
    if (id === undefined) continue;
    const text = formatValue(id);
    if (seen.has(text)) {
      walk.path.push(index);
      add(walk, 'Duplicate', id, `${text} is duplicated here`);
      walk.path.pop();
    }
    seen.add(text);
  }
}

function checkMapping(walk: Walk, schema: CustomSchema, mapping: Mapping): void {
  checkPropertyCount(walk, schema.bounds, mapping);
  for (const key in mapping) {
    const property = schema.properties.get(key) ?? schema.additional;
    if (property === undefined || property === true) continue;
    walk.path.push(key);
    check(walk, property, mapping[key] as Value);
    walk.path.pop();
  }
  for (const key of schema.required) {
    if (Object.hasOwn(mapping, key)) continue;
    walk.path.push(key);
    add(walk, 'Required', undefined, 'must be set');
    walk.path.pop();
  }
}

function checkPropertyCount(walk: Walk, bounds: Bounds | undefined, mapping: Mapping): void {
  if (bounds?.minProperties === undefined && bounds?.maxProperties === undefined) return;
  const count = Object.keys(mapping).length;
  if (bounds.minProperties !== undefined && count < bounds.minProperties)
    add(walk, 'Invalid', mapping, `must have at least ${counted(bounds.minProperties, 'entry', 'entries')}`);
  if (bounds.maxProperties !== undefined && count > bounds.maxProperties)
    add(walk, 'TooMany', undefined, `has ${count} entries, but at most ${bounds.maxProperties} are allowed`);
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function add(
  walk: Walk,
  type: FieldErrorType,
  badValue: Value | undefined,
  detail: string,
  help?: string,
): void {
  walk.errors.push({
    type,
    field: [...walk.path],
    ...(badValue === undefined ? {} : { badValue }),
    detail,
    ...(help === undefined ? {} : { help }),
  });
}
