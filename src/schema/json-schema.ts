import { compileRe2 } from '../source/re2.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** Where a value breaks a schema, and how. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly path: Path;
  readonly message: string;
}

/** What nobody knows before the deployment in a value that is held against a schema: such a part breaks nothing. */
export interface UnknownParts {
  /** Whether the value at a path is a stand-in. */
  readonly isAt: (path: Path) => boolean;
  /** Whether one is somewhere below it. */
  readonly isBelow: (path: Path) => boolean;
}

/**
 * Holds a value against a JSON schema in what all drafts since the sixth have in common (`$ref` within the schema alone);
 * undefined where the schema cannot be used. The schema comes from a pull request: it is interpreted, never made into code,
 * its patterns run in linear time, and the work is bounded.
 */
export function schemaViolations(
  schema: Mapping,
  value: Value,
  unknown?: UnknownParts,
): SchemaViolation[] | undefined {
  const run: Run = { root: schema, left: maxSteps, unknown, doubts: 0 };
  try {
    return check(schema, value, { path: [], depth: 0, run });
  } catch (error) {
    if (error instanceof UnusableSchema) return undefined;
    throw error;
  }
}

const maxSteps = 100_000;
const maxDepth = 200;

class UnusableSchema extends Error {}

interface Run {
  readonly root: Mapping;
  left: number;
  readonly unknown: UnknownParts | undefined;
  /** How often a part was let pass because nobody knows it. */
  doubts: number;
}

interface Place {
  readonly path: Path;
  readonly depth: number;
  readonly run: Run;
}

function check(schema: Value | undefined, value: Value, place: Place): SchemaViolation[] {
  place.run.left -= 1;
  if (place.run.left < 0 || place.depth > maxDepth) throw new UnusableSchema();
  if (schema === true || schema === undefined) return [];
  if (schema === false) return [violation('false', 'must not be here', place.path)];
  if (!isMapping(schema)) throw new UnusableSchema();
  if (place.run.unknown?.isAt(place.path) === true) return doubt(place);
  const found = [
    ...ofReference(schema, value, place),
    ...ofType(schema, value, place),
    ...ofCombinations(schema, value, place),
  ];
  if (typeof value === 'string') found.push(...ofText(schema, value, place));
  else if (typeof value === 'number' || typeof value === 'bigint')
    found.push(...ofNumber(schema, Number(value), place));
  else if (isSequence(value)) found.push(...ofItems(schema, value, place));
  else if (isMapping(value)) found.push(...ofProperties(schema, value, place));
  return found;
}

function doubt({ run }: Place): [] {
  run.doubts += 1;
  return [];
}

function violation(keyword: string, message: string, path: Path): SchemaViolation {
  return { keyword, path, message };
}

function deeper(place: Place, ...steps: Path): Place {
  return { ...place, path: [...place.path, ...steps], depth: place.depth + 1 };
}

/** RFC 6901, in the fragment of the reference; what stands elsewhere is not known and is let pass. */
function ofReference(schema: Mapping, value: Value, place: Place): SchemaViolation[] {
  const reference = schema['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#')) return [];
  const steps = reference
    .slice(1)
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = steps.length === 0 ? place.run.root : valueAt(place.run.root, steps);
  return check(target, value, deeper(place));
}

function ofType(schema: Mapping, value: Value, place: Place): SchemaViolation[] {
  const { type, const: constant } = schema;
  const types = typeof type === 'string' ? [type] : isSequence(type) ? type.map(valueText) : [];
  if (types.length > 0 && !types.some((one) => isOfType(one, value)))
    return [violation('type', `must be ${types.join(' or ')}`, place.path)];
  const allowed = schema['enum'];
  const isCompared = allowed !== undefined || constant !== undefined;
  if (isCompared && place.run.unknown?.isBelow(place.path) === true) return doubt(place);
  if (isSequence(allowed) && !allowed.some((one) => equalValues(one, value)))
    return [
      violation('enum', `must be one of ${allowed.map((one) => valueText(one)).join(', ')}`, place.path),
    ];
  return constant !== undefined && !equalValues(constant, value)
    ? [violation('const', 'must be the one value that is allowed', place.path)]
    : [];
}

function isOfType(type: string, value: Value): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'object':
      return isMapping(value);
    case 'array':
      return isSequence(value);
    case 'integer':
      return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number';
    default:
      return typeof value === type;
  }
}

/** Whether a value fits a schema: surely, or only if what nobody knows does. */
type Fit = 'yes' | 'no' | 'maybe';

function ofCombinations(schema: Mapping, value: Value, place: Place): SchemaViolation[] {
  const inner = deeper(place);
  const fitOf = (one: Value | undefined): Fit => {
    const { doubts } = place.run;
    if (check(one, value, inner).length > 0) return 'no';
    return place.run.doubts === doubts ? 'yes' : 'maybe';
  };
  const list = (key: string): readonly Value[] | undefined => {
    const schemas = schema[key];
    return isSequence(schemas) ? schemas : undefined;
  };
  const found = (list('allOf') ?? []).flatMap((one) => check(one, value, inner));
  const { path } = place;
  if (list('anyOf')?.every((one) => fitOf(one) === 'no') === true)
    found.push(violation('anyOf', 'must match one of the schemas of anyOf', path));
  const fits = list('oneOf')?.map(fitOf);
  const isNone = fits?.every((one) => one === 'no') === true;
  if (isNone || (fits ?? []).filter((one) => one === 'yes').length > 1)
    found.push(violation('oneOf', 'must match exactly one schema of oneOf', path));
  if (schema['not'] !== undefined && fitOf(schema['not']) === 'yes')
    found.push(violation('not', 'must not match the schema of not', path));
  const condition = schema['if'] === undefined ? 'maybe' : fitOf(schema['if']);
  if (condition !== 'maybe')
    found.push(...check(schema[condition === 'yes' ? 'then' : 'else'], value, inner));
  return found;
}

function ofText(schema: Mapping, value: string, { path }: Place): SchemaViolation[] {
  const { minLength, maxLength, pattern } = schema;
  const length = [...value].length;
  if (isBelow(length, minLength))
    return [violation('minLength', `must have ${valueText(minLength)} characters or more`, path)];
  if (isAbove(length, maxLength))
    return [violation('maxLength', `must have ${valueText(maxLength)} characters or fewer`, path)];
  return typeof pattern === 'string' && !patternOf(pattern).test(value)
    ? [violation('pattern', `must match pattern "${pattern}"`, path)]
    : [];
}

function patternOf(pattern: string): { test(text: string): boolean } {
  try {
    return compileRe2(pattern);
  } catch {
    throw new UnusableSchema();
  }
}

function isBelow(value: number, bound: Value | undefined): boolean {
  return (typeof bound === 'number' || typeof bound === 'bigint') && value < Number(bound);
}

function isAbove(value: number, bound: Value | undefined): boolean {
  return (typeof bound === 'number' || typeof bound === 'bigint') && value > Number(bound);
}

function ofNumber(schema: Mapping, value: number, { path }: Place): SchemaViolation[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (isBelow(value, minimum)) return [violation('minimum', `must be >= ${valueText(minimum)}`, path)];
  if (isAbove(value, maximum)) return [violation('maximum', `must be <= ${valueText(maximum)}`, path)];
  if (isBelow(value, exclusiveMinimum) || value === exclusiveMinimum)
    return [violation('exclusiveMinimum', `must be > ${valueText(exclusiveMinimum)}`, path)];
  if (isAbove(value, exclusiveMaximum) || value === exclusiveMaximum)
    return [violation('exclusiveMaximum', `must be < ${valueText(exclusiveMaximum)}`, path)];
  return typeof multipleOf === 'number' && multipleOf > 0 && !Number.isInteger(value / multipleOf)
    ? [violation('multipleOf', `must be a multiple of ${multipleOf}`, path)]
    : [];
}

function ofItems(schema: Mapping, value: readonly Value[], place: Place): SchemaViolation[] {
  const { items, prefixItems, contains, minItems, maxItems } = schema;
  const { path } = place;
  const found: SchemaViolation[] = [];
  if (isBelow(value.length, minItems))
    found.push(violation('minItems', `must have ${valueText(minItems)} items or more`, path));
  if (isAbove(value.length, maxItems))
    found.push(violation('maxItems', `must have ${valueText(maxItems)} items or fewer`, path));
  // Until draft 2019-09 a list under `items` stood for what is `prefixItems` since.
  const first = isSequence(items) ? items : isSequence(prefixItems) ? prefixItems : [];
  const rest = isSequence(items) ? schema['additionalItems'] : items;
  for (const [index, item] of value.entries())
    found.push(...check(index < first.length ? first[index] : rest, item, deeper(place, index)));
  const isContained = (item: Value, index: number): boolean =>
    check(contains, item, deeper(place, index)).length === 0;
  if (contains !== undefined && !value.some(isContained))
    found.push(violation('contains', 'must contain an item that the schema of contains takes', path));
  return found;
}

function ofProperties(schema: Mapping, value: Mapping, place: Place): SchemaViolation[] {
  const { properties, patternProperties, additionalProperties, required, propertyNames } = schema;
  const found: SchemaViolation[] = [];
  for (const name of isSequence(required) ? required : [])
    if (!Object.hasOwn(value, valueText(name)))
      found.push(violation('required', `must have required property '${valueText(name)}'`, place.path));
  const patterns = isMapping(patternProperties)
    ? Object.keys(patternProperties).map((text) => [patternOf(text), patternProperties[text]] as const)
    : [];
  for (const key of Object.keys(value)) {
    const inner = deeper(place, key);
    const item = value[key] ?? null;
    if (propertyNames !== undefined) found.push(...check(propertyNames, key, inner));
    const own = isMapping(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [];
    const matching = patterns.filter(([pattern]) => pattern.test(key)).map(([, one]) => one);
    for (const one of [...own, ...matching]) found.push(...check(one, item, inner));
    if (own.length > 0 || matching.length > 0) continue;
    if (additionalProperties === false)
      found.push(violation('additionalProperties', 'is not a value that the chart knows', inner.path));
    else found.push(...check(additionalProperties, item, inner));
  }
  return found;
}
