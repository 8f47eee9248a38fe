import { type CustomSchema, readSchema } from '../../schema/custom-schema.ts';
import { isMapping, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { compilePattern } from '../policy/library/regex.ts';
import { unknownFields } from '../schema/custom-fields.ts';
import { validateValues } from '../schema/custom-values.ts';
import { type Check, each, forbidden, invalid, notSupported, required, within } from './check.ts';
import { validateTopology } from './custom-resource-lists.ts';
import { validateSchemaRules } from './custom-resource-rules.ts';
import { flag, has, isEmpty, struct, text } from './fields.ts';

type Level = 'root' | 'item' | 'field';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = ['id', 'patternProperties', 'definitions', 'dependencies', 'additionalItems', '$ref'];
const junctors = ['allOf', 'anyOf', 'oneOf'];
// What may stand at the root beside a status subresource.
const rootFields = [
  'description',
  'type',
  'format',
  'title',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'multipleOf',
  'required',
  'items',
  'properties',
  'externalDocs',
  'example',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
];
const notStructural = [
  'type',
  'default',
  'title',
  'description',
  'nullable',
  'additionalProperties',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
];
const maxDepth = 100;

/** Checks the schema of a custom resource: that it is structural, and each of its parts. */
export function validateSchema(root: Mapping, check: Check, hasStatus: boolean): void {
  if (hasStatus) reportRootFields(root, check);
  if (flag(root, 'nullable') === true) forbidden(check, 'nullable', 'must not be true at the root');
  if (has(root, 'additionalProperties') && root['additionalProperties'] !== false)
    forbidden(check, 'additionalProperties', 'must not stand at the root');
  validateNode(root, check, 'root', 0);
}

function reportRootFields(root: Mapping, check: Check): void {
  for (const key of Object.keys(root))
    if (has(root, key) && !rootFields.includes(key))
      forbidden(check, key, 'must not stand at the root of a schema with a status subresource');
}

function validateNode(schema: Mapping, check: Check, level: Level, depth: number): void {
  if (depth > maxDepth) return;
  validateType(schema, check, level);
  for (const key of unsupported) if (has(schema, key)) forbidden(check, key, 'is not supported');
  if (flag(schema, 'uniqueItems') === true)
    forbidden(
      check,
      'uniqueItems',
      'must not be true, because it would cost too much',
      'use x-kubernetes-list-type: set',
    );
  if (flag(schema, 'x-kubernetes-preserve-unknown-fields') === false)
    invalid(check, 'x-kubernetes-preserve-unknown-fields', false, 'must be true or absent', 'remove it');
  if (
    !isEmpty(schema, 'properties') &&
    has(schema, 'additionalProperties') &&
    schema['additionalProperties'] !== true
  )
    forbidden(check, 'additionalProperties', 'must not stand beside properties');
  validatePattern(schema, check);
  validateTopology(schema, check);
  validateDefault(schema, check, level);
  for (const junctor of junctors)
    each(check, schema, junctor, (branch) =>
      validateBranch(branch, check, schema, isIntOrString(schema), depth + 1),
    );
  within(check, schema, 'not', (branch) => validateBranch(branch, check, schema, false, depth + 1));
  validateSchemaRules(schema, check, level === 'root');
  validateParts(schema, check, level, depth);
}

function validateParts(schema: Mapping, check: Check, level: Level, depth: number): void {
  within(check, schema, 'items', (part) => validateNode(part, check, 'item', depth + 1));
  within(check, schema, 'additionalProperties', (part) => validateNode(part, check, 'field', depth + 1));
  within(check, schema, 'properties', (properties) => {
    for (const name of Object.keys(properties)) {
      // Its metadata is known of every object; only names can be restricted.
      if (level === 'root' && name === 'metadata') within(check, properties, name, validateRootMetadata);
      else validateProperty(properties, name, check, depth + 1);
    }
  });
}

/** A property of null is a schema that says nothing. */
function validateProperty(properties: Mapping, name: string, check: Check, depth: number): void {
  check.path.push(name);
  validateNode(struct(properties, name) ?? newMapping(), check, 'field', depth);
  check.path.pop();
}

function validateRootMetadata(metadata: Mapping, check: Check): void {
  if (text(metadata, 'type') !== 'object')
    invalid(check, 'type', text(metadata, 'type'), 'must be object', 'write object');
  const names = Object.keys(struct(metadata, 'properties') ?? {});
  if (names.some((name) => name !== 'name' && name !== 'generateName'))
    forbidden(check, 'properties', 'only name and generateName can be restricted');
}

function validateType(schema: Mapping, check: Check, level: Level): void {
  const type = text(schema, 'type');
  if (type === 'null') forbidden(check, 'type', 'must not be null', 'use nullable: true');
  else if (type !== '' && !types.includes(type)) notSupported(check, 'type', type, types);
  const isEmbedded = flag(schema, 'x-kubernetes-embedded-resource') === true;
  const preserves = flag(schema, 'x-kubernetes-preserve-unknown-fields') === true;
  if (isEmbedded && type !== 'object')
    invalid(check, 'type', type, 'must be object for an embedded resource');
  else if (type === '' && !preserves && !isIntOrString(schema))
    required(check, 'type', `must be one of ${types.join(', ')}`);
  if (level === 'root' && type !== '' && type !== 'object' && types.includes(type))
    invalid(check, 'type', type, 'must be object at the root', 'write object');
  if (type === 'array' && !has(schema, 'items')) required(check, 'items', 'must say what the array has');
  if (isEmbedded && !preserves && isEmpty(schema, 'properties'))
    required(
      check,
      'properties',
      'must be set for an embedded resource without x-kubernetes-preserve-unknown-fields',
    );
}

function validatePattern(schema: Mapping, check: Check): void {
  const pattern = text(schema, 'pattern');
  if (pattern === '') return;
  const program = compilePattern(pattern);
  if (typeof program === 'string')
    invalid(check, 'pattern', pattern, `is not a regular expression: ${program}`);
}

/** A branch of allOf, anyOf, oneOf or not can only narrow what stands beside it. */
function validateBranch(
  branch: Mapping,
  check: Check,
  structural: Mapping | undefined,
  typesAllowed: boolean,
  depth: number,
): void {
  if (depth > maxDepth) return;
  for (const key of notStructural) {
    const isType = key === 'type' && typesAllowed;
    if (has(branch, key) && branch[key] !== '' && branch[key] !== false && !isType)
      forbidden(check, key, 'must not stand below allOf, anyOf, oneOf or not', 'move it out');
  }
  validatePattern(branch, check);
  within(check, branch, 'items', (part) => {
    if (has(structural, 'items')) validateBranch(part, check, struct(structural, 'items'), false, depth + 1);
    else required(check, [], 'must be defined outside of the branch too');
  });
  within(check, branch, 'properties', (properties) => {
    for (const name of Object.keys(properties))
      within(check, properties, name, (part) => {
        const known = struct(struct(structural, 'properties'), name);
        if (known === undefined) required(check, [], 'must be defined outside of the branch too');
        else validateBranch(part, check, known, false, depth + 1);
      });
  });
  for (const junctor of junctors)
    each(check, branch, junctor, (part) => validateBranch(part, check, structural, typesAllowed, depth + 1));
  within(check, branch, 'not', (part) => validateBranch(part, check, structural, false, depth + 1));
}

/** A default must fit its own schema, and have nothing that pruning would take away. */
function validateDefault(schema: Mapping, check: Check, level: Level): void {
  const value = schema['default'];
  if (value === undefined || (value === null && flag(schema, 'nullable') !== true)) return;
  if (level === 'root') {
    forbidden(check, 'default', 'must not stand at the root');
    return;
  }
  const object = newMapping();
  object['default'] = value;
  const wrapper: CustomSchema = {
    ...resolve(newMapping()),
    types: ['object'],
    properties: new Map([['default', resolve(schema)]]),
  };
  const problems = [
    ...unknownFields(object, wrapper),
    ...validateValues(object, wrapper, `1.${check.minor}`),
  ];
  for (const { field, badValue, detail } of problems)
    invalid(check, field, badValue, `does not fit the schema that it stands in: ${detail}`);
}

function resolve(value: Mapping): CustomSchema {
  const below = (part: Value | undefined): CustomSchema | undefined =>
    isMapping(part) ? readSchema(part, below) : undefined;
  return readSchema(value, below);
}

function isIntOrString(schema: Mapping): boolean {
  return flag(schema, 'x-kubernetes-int-or-string') === true;
}
