import { compileRe2 } from '../source/re2.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { type InvalidSchema, isOnlyReference, whyInvalid } from './invalid-schema.ts';
import { isAbove, isBelow, ofConstant, ofNumber, ofText, ofType } from './schema-assertions.ts';
import { draftOf } from './schema-draft.ts';
import { hasDuplicates } from './schema-keywords.ts';
import { referencesIn } from './schema-references.ts';
import {
  deeper,
  doubt,
  maxDepth,
  type Place,
  type Run,
  type SchemaViolation,
  spend,
  TooMuch,
  type UnknownParts,
  violation,
} from './schema-run.ts';

/**
 * Holds a value against a JSON schema as jsonschema 6.0.3 does, which Helm 3.22 and 4.3 use: all editions from the fourth on, without
 * `unevaluatedItems` and `unevaluatedProperties`; what a schema takes from elsewhere is let pass. Undefined where the schema is of an
 * edition that is not known, or costs too much. The schema comes from a pull request: it is interpreted, never made into code, its patterns run
 * in linear time, and the work is bounded.
 */
export function schemaViolations(
  schema: Mapping,
  value: Value,
  unknown?: UnknownParts,
): SchemaViolation[] | InvalidSchema | undefined {
  const draft = draftOf(schema);
  if (draft === undefined) return undefined;
  const run: Run = { draft, resolve: referencesIn(schema, draft), left: maxSteps, unknown, doubts: 0 };
  try {
    const invalid = whyInvalid(schema, { ...run });
    return invalid !== undefined ? { invalid } : check(schema, value, { path: [], depth: 0, run, same: [] });
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
}

const maxSteps = 100_000;
function check(schema: Value | undefined, value: Value, place: Place): SchemaViolation[] {
  const { run, path } = place;
  spend(run);
  if (place.depth > maxDepth) throw new TooMuch();
  if (schema === false) return [violation('false', 'is not allowed here', path)];
  if (!isMapping(schema)) return [];
  if (run.unknown?.isAt(path) === true) return doubt(place);
  if (place.same.includes(schema))
    return [violation('$ref', 'is held against a schema that refers to itself', path)];
  const here = { ...place, same: [...place.same, schema] };
  const referred = ofReference(schema, value, here);
  const isOnly = isOnlyReference(schema, run.draft);
  const typed = isOnly ? ofConstant(schema, value, here) : ofType(schema, value, here);
  if (typed.length > 0 || isOnly) return [...typed, ...(referred ?? [])];
  return [...(referred ?? []), ...ofKind(schema, value, here), ...ofCombinations(schema, value, here)];
}

function ofKind(schema: Mapping, value: Value, place: Place): SchemaViolation[] {
  if (typeof value === 'string') return ofText(schema, value, place);
  if (typeof value === 'number' || typeof value === 'bigint') return ofNumber(schema, value, place);
  if (isSequence(value)) return ofItems(schema, value, place);
  return isMapping(value) ? ofProperties(schema, value, place) : [];
}

function ofReference(schema: Mapping, value: Value, place: Place): SchemaViolation[] | undefined {
  const { $ref: reference } = schema;
  if (typeof reference !== 'string') return undefined;
  const referred = place.run.resolve(reference);
  return typeof referred === 'string' ? [] : check(referred.schema, value, deeper(place));
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
  const hasCondition = place.run.draft >= 7 && schema['if'] !== undefined;
  const condition = hasCondition ? fitOf(schema['if']) : 'maybe';
  if (condition !== 'maybe')
    found.push(...check(schema[condition === 'yes' ? 'then' : 'else'], value, inner));
  return found;
}

function ofItems(schema: Mapping, value: readonly Value[], place: Place): SchemaViolation[] {
  const { items, minItems, maxItems, uniqueItems } = schema;
  const { path } = place;
  const found: SchemaViolation[] = [];
  if (isBelow(value.length, minItems))
    found.push(violation('minItems', `must have ${valueText(minItems)} items or more`, path));
  if (isAbove(value.length, maxItems))
    found.push(violation('maxItems', `must have ${valueText(maxItems)} items or fewer`, path));
  if (uniqueItems === true && hasDuplicates(value))
    found.push(violation('uniqueItems', 'must not have the same item twice', path));
  // Until 2020 a list under `items` stood for what is `prefixItems` since.
  const prefix = place.run.draft < 2020 ? items : schema['prefixItems'];
  const first = isSequence(prefix) ? prefix : [];
  const rest = isSequence(items) ? schema['additionalItems'] : items;
  for (const [index, item] of value.entries())
    found.push(...check(index < first.length ? first[index] : rest, item, deeper(place, index)));
  return [...found, ...ofContained(schema, value, place)];
}

function ofContained(schema: Mapping, value: readonly Value[], place: Place): SchemaViolation[] {
  const { draft } = place.run;
  const { contains } = schema;
  if (draft < 6 || contains === undefined) return [];
  const { doubts } = place.run;
  const count = value.filter(
    (item, index) => check(contains, item, deeper(place, index)).length === 0,
  ).length;
  if (place.run.doubts > doubts) return [];
  const [least, most] = draft < 2019 ? [1, undefined] : [schema['minContains'] ?? 1, schema['maxContains']];
  if (isBelow(count, least))
    return [
      violation(
        'contains',
        `must have ${valueText(least)} or more items that the schema of contains takes`,
        place.path,
      ),
    ];
  return isAbove(count, most)
    ? [
        violation(
          'maxContains',
          `must have ${valueText(most)} or fewer items that the schema of contains takes`,
          place.path,
        ),
      ]
    : [];
}

function ofProperties(schema: Mapping, value: Mapping, place: Place): SchemaViolation[] {
  const { properties, patternProperties, additionalProperties, propertyNames } = schema;
  const { draft } = place.run;
  const found = [...ofSize(schema, value, place), ...ofRequired(schema['required'], value, place)];
  const patterns = isMapping(patternProperties)
    ? Object.keys(patternProperties).map((text) => [compileRe2(text), patternProperties[text]] as const)
    : [];
  for (const key of Object.keys(value)) {
    const inner = deeper(place, key);
    const item = value[key] ?? null;
    if (draft >= 6 && propertyNames !== undefined) found.push(...check(propertyNames, key, inner));
    const own = isMapping(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [];
    const matching = patterns.filter(([pattern]) => pattern.test(key)).map(([, one]) => one);
    for (const one of [...own, ...matching]) found.push(...check(one, item, inner));
    if (own.length > 0 || matching.length > 0) continue;
    if (additionalProperties === false)
      found.push(violation('additionalProperties', 'is not a value of the chart', inner.path));
    else found.push(...check(additionalProperties, item, inner));
  }
  return [...found, ...ofDependencies(schema, value, place)];
}

function ofSize(
  { minProperties, maxProperties }: Mapping,
  value: Mapping,
  { path }: Place,
): SchemaViolation[] {
  const count = Object.keys(value).length;
  if (isBelow(count, minProperties))
    return [violation('minProperties', `must have ${valueText(minProperties)} keys or more`, path)];
  return isAbove(count, maxProperties)
    ? [violation('maxProperties', `must have ${valueText(maxProperties)} keys or fewer`, path)]
    : [];
}

function ofRequired(required: Value | undefined, value: Mapping, { path }: Place): SchemaViolation[] {
  if (!isSequence(required)) return [];
  return required
    .map((name) => valueText(name))
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => violation('required', `must have required property '${name}'`, path));
}

/** `dependencies`, which became two keywords in 2019 and is read as before as well. */
function ofDependencies(schema: Mapping, value: Mapping, place: Place): SchemaViolation[] {
  const keywords = [
    'dependencies',
    ...(place.run.draft < 2019 ? [] : ['dependentRequired', 'dependentSchemas']),
  ];
  return keywords.flatMap((keyword) => {
    const all = schema[keyword];
    if (!isMapping(all)) return [];
    const met = Object.keys(all).filter((key) => Object.hasOwn(value, key));
    return met.flatMap((key) =>
      isSequence(all[key]) ? ofRequired(all[key], value, place) : check(all[key], value, deeper(place)),
    );
  });
}
