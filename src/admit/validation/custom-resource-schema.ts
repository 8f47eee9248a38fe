import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, forbidden, invalid, notSupported, required, within } from './check.ts';
import { validateBranches, validateCompleteness, validatePattern } from './custom-resource-branches.ts';
import { type DefaultPlace, validateDefault } from './custom-resource-defaults.ts';
import { validateTopology } from './custom-resource-lists.ts';
import { reportWholeCost, type Spent, validateSchemaRules } from './custom-resource-rules.ts';
import { flag, has, isEmpty, struct, text } from './fields.ts';

/** Where a schema stands. */
interface Place {
  /** Whether it is the schema of a map's values, or below one. */
  readonly isBelowMap?: true;
  readonly level: 'root' | 'item' | 'field';
  /** Whether it describes metadata, `apiVersion` or `kind` of an object: of the whole, or of one inside of it. */
  readonly metadata?: 'root' | 'embedded';
  /** Whether what it describes cannot be told apart from one version of an object to the next. */
  readonly isUncorrelated: boolean;
  /** How often it may apply to an object; undefined where nothing bounds that. */
  readonly count: number | undefined;
  readonly spent: Spent;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = [
  '$schema',
  'id',
  'patternProperties',
  'definitions',
  'dependencies',
  'additionalItems',
  '$ref',
];
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
const maxDepth = 100;

/** Checks the schema of a custom resource: that it is structural, and each of its parts. */
export function validateSchema(root: Mapping, check: Check, hasStatus: boolean): void {
  if (hasStatus) reportRootFields(root, check);
  if (flag(root, 'nullable') === true) forbidden(check, 'nullable', 'must not be true at the root');
  if (has(root, 'additionalProperties') && root['additionalProperties'] !== false)
    forbidden(check, 'additionalProperties', 'must not be at the root');
  const spent: Spent = { cost: 0 };
  validateNode(root, check, { level: 'root', isUncorrelated: false, count: 1, spent }, 0);
  reportWholeCost(spent, check);
}

function reportRootFields(root: Mapping, check: Check): void {
  for (const key of Object.keys(root))
    if (has(root, key) && !rootFields.includes(key))
      forbidden(check, key, 'must not be at the root of a schema with a status subresource');
}

function validateNode(schema: Mapping, check: Check, place: Place, depth: number): void {
  if (depth > maxDepth) return;
  validateType(schema, check, place);
  validateMetadataFields(schema, check, place);
  for (const key of unsupported) if (isGiven(schema, key)) forbidden(check, key, 'is not supported');
  if (!isEmpty(schema, 'items') && Array.isArray(schema['items']))
    forbidden(check, 'items', 'must be one schema, not a list of them');
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
    forbidden(check, 'additionalProperties', 'must not be set together with properties');
  validatePattern(schema, check);
  validateTopology(schema, check);
  if (place.isBelowMap !== true) validateDefault(schema, check, defaultPlace(place));
  validateBranches(schema, check);
  if (place.level === 'root') validateCompleteness(schema, schema, check);
  validateSchemaRules(schema, check, {
    isRoot: place.level === 'root',
    isUncorrelated: place.isUncorrelated,
    count: place.count,
    spent: place.spent,
  });
  validateParts(schema, check, place, depth);
}

function isGiven(schema: Mapping, key: string): boolean {
  const value = schema[key];
  // An empty name or map is the same as none.
  if (key === 'id' || key === '$schema') return text(schema, key) !== '';
  return key === 'patternProperties' || key === 'definitions'
    ? !isEmpty(schema, key)
    : value !== undefined && value !== null;
}

function defaultPlace({ level, metadata }: Place): DefaultPlace {
  if (metadata === 'root') return 'root metadata';
  if (metadata === 'embedded') return 'metadata';
  return level === 'root' ? 'root' : 'field';
}

function validateParts(schema: Mapping, check: Check, outer: Place, depth: number): void {
  const place = { ...outer, count: countBelow(schema, outer.count) };
  const isMapList = text(schema, 'x-kubernetes-list-type') === 'map';
  within(check, schema, 'items', (part) =>
    validateNode(
      part,
      check,
      { ...place, level: 'item', isUncorrelated: place.isUncorrelated || !isMapList },
      depth + 1,
    ),
  );
  const below: Place = { ...place, level: 'field' };
  // The server does not look at the defaults in there.
  within(check, schema, 'additionalProperties', (part) =>
    validateNode(part, check, { ...below, isBelowMap: true }, depth + 1),
  );
  within(check, schema, 'properties', (properties) => {
    for (const name of Object.keys(properties)) {
      check.path.push(name);
      // Null is a schema that says nothing.
      const part = struct(properties, name) ?? newMapping();
      // Its metadata is known of every object; only names can be restricted.
      if (place.level === 'root' && name === 'metadata') validateRootMetadata(part, check);
      else validateNode(part, check, { ...below, ...metadataPlace(schema, name, place) }, depth + 1);
      check.path.pop();
    }
  });
}

/** How often the parts of a value may stand in an object: extractMaxElements of apiextensions-apiserver 0.36. */
function countBelow(schema: Mapping, count: number | undefined): number | undefined {
  const type = text(schema, 'type');
  const isMap = type === 'object' && has(schema, 'additionalProperties');
  if (type !== 'array' && !isMap) return count;
  const bound = schema[isMap ? 'maxProperties' : 'maxItems'];
  if (typeof bound !== 'number' || count === undefined) return undefined;
  return Math.max(0, bound) * count;
}

function metadataPlace(schema: Mapping, name: string, place: Place): Pick<Place, 'metadata'> {
  if (!['metadata', 'apiVersion', 'kind'].includes(name)) return {};
  if (place.level === 'root') return { metadata: 'root' };
  return flag(schema, 'x-kubernetes-embedded-resource') === true ? { metadata: 'embedded' } : {};
}

/** What every object has can only be described as what it is. */
function validateMetadataFields(schema: Mapping, check: Check, { level, metadata }: Place): void {
  const isEmbedded = flag(schema, 'x-kubernetes-embedded-resource') === true;
  if (isEmbedded && metadata !== undefined)
    forbidden(check, 'x-kubernetes-embedded-resource', 'must not be in the metadata of an object');
  if (isEmbedded && has(schema, 'additionalProperties') && schema['additionalProperties'] !== false)
    forbidden(check, 'additionalProperties', 'must not be in an embedded resource');
  if (isEmbedded && isIntOrString(schema))
    invalid(
      check,
      'x-kubernetes-embedded-resource',
      true,
      'must not be set together with x-kubernetes-int-or-string',
    );
  if (!isEmbedded && level !== 'root') return;
  const properties = struct(schema, 'properties');
  for (const [name, wanted] of [
    ['kind', 'string'],
    ['apiVersion', 'string'],
    ['metadata', 'object'],
  ] as const) {
    if (level === 'root' && name === 'metadata') continue;
    if (properties === undefined || !Object.hasOwn(properties, name)) continue;
    const type = text(struct(properties, name), 'type');
    if (type !== wanted)
      invalid(check, ['properties', name, 'type'], type, `must be ${wanted}`, `write ${wanted}`);
  }
}

function validateRootMetadata(metadata: Mapping, check: Check): void {
  if (text(metadata, 'type') !== 'object')
    invalid(check, 'type', text(metadata, 'type'), 'must be object', 'write object');
  if (has(metadata, 'default')) forbidden(check, 'default', 'must not be in the metadata of the root');
  const names = Object.keys(struct(metadata, 'properties') ?? {});
  if (names.some((name) => name !== 'name' && name !== 'generateName'))
    forbidden(check, 'properties', 'only name and generateName can be restricted');
  if (!isEmpty(metadata, 'x-kubernetes-validations'))
    forbidden(check, 'x-kubernetes-validations', 'must be at the root, where self.metadata has the name');
}

function validateType(schema: Mapping, check: Check, { level }: Place): void {
  const type = text(schema, 'type');
  if (type === 'null') forbidden(check, 'type', 'must not be null', 'use nullable: true');
  else if (type !== '' && !types.includes(type)) notSupported(check, 'type', type, types);
  const isEmbedded = flag(schema, 'x-kubernetes-embedded-resource') === true;
  const preserves = flag(schema, 'x-kubernetes-preserve-unknown-fields') === true;
  if (isEmbedded && type !== 'object')
    invalid(check, 'type', type, 'must be object for an embedded resource');
  else if (type === '' && !preserves && !isIntOrString(schema))
    required(check, 'type', `must be one of ${types.join(', ')}`);
  if (preserves && isIntOrString(schema))
    invalid(
      check,
      'x-kubernetes-preserve-unknown-fields',
      true,
      'must not be set together with x-kubernetes-int-or-string',
    );
  if (level === 'root' && type !== '' && type !== 'object' && types.includes(type))
    invalid(check, 'type', type, 'must be object at the root', 'write object');
  if (type === 'array' && !has(schema, 'items'))
    required(check, 'items', 'must describe the items of the array');
  if (isEmbedded && !preserves && isEmpty(schema, 'properties'))
    required(
      check,
      'properties',
      'must be set for an embedded resource without x-kubernetes-preserve-unknown-fields',
    );
}

function isIntOrString(schema: Mapping): boolean {
  return flag(schema, 'x-kubernetes-int-or-string') === true;
}
