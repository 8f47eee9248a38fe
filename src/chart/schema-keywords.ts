import { compileRe2 } from '../source/re2.ts';
import { formatValue, isMapping, isSequence, type Mapping, type Path, type Value } from '../source/value.ts';
import { parseUrl } from '../template/value/url.ts';
import type { Draft } from './schema-draft.ts';

/** What a keyword holds, as the schema of schemas says. */
type Shape =
  | 'boolean'
  | 'string'
  | 'regular expression'
  | 'reference'
  | 'number'
  | 'positive number'
  | 'count'
  | 'list'
  | 'list of strings'
  | 'list of values'
  | 'type'
  | 'schema'
  | 'boolean or schema'
  | 'list of schemas'
  | 'schema or list of schemas'
  | 'schemas by name'
  | 'schemas by pattern'
  | 'dependencies'
  | 'lists of strings by name';

type Keywords = ReadonlyMap<string, Shape>;

function keywords(...groups: readonly (readonly [Shape, string])[]): Keywords {
  return new Map(groups.flatMap(([shape, names]) => names.split(' ').map((name) => [name, shape] as const)));
}

const ofAll = keywords(
  ['string', '$schema title description format'],
  ['reference', '$ref'],
  ['positive number', 'multipleOf'],
  ['number', 'maximum minimum exclusiveMaximum exclusiveMinimum'],
  ['count', 'maxLength minLength maxItems minItems maxProperties minProperties'],
  ['regular expression', 'pattern'],
  ['boolean', 'uniqueItems'],
  ['list of strings', 'required'],
  ['list of values', 'enum'],
  ['type', 'type'],
  ['schema', 'additionalItems additionalProperties not'],
  ['list of schemas', 'allOf anyOf oneOf'],
  ['schema or list of schemas', 'items'],
  ['schemas by name', 'definitions properties'],
  ['schemas by pattern', 'patternProperties'],
  ['dependencies', 'dependencies'],
);

const of4: Keywords = new Map([
  ...ofAll,
  ...keywords(
    ['string', 'id $ref'],
    ['boolean', 'exclusiveMaximum exclusiveMinimum'],
    ['boolean or schema', 'additionalItems additionalProperties'],
  ),
]);

const of6: Keywords = new Map([
  ...ofAll,
  ...keywords(['reference', '$id'], ['schema', 'contains propertyNames']),
]);

const of7: Keywords = new Map([
  ...of6,
  ...keywords(
    ['string', '$comment contentMediaType contentEncoding'],
    ['boolean', 'readOnly'],
    ['list', 'examples'],
    ['schema', 'if then else'],
  ),
]);

const of2019: Keywords = new Map([
  ...of7,
  ...keywords(
    ['string', '$anchor'],
    ['reference', '$recursiveRef'],
    ['boolean', '$recursiveAnchor deprecated writeOnly'],
    ['list', 'enum'],
    ['count', 'maxContains minContains'],
    ['schema', 'unevaluatedItems unevaluatedProperties contentSchema'],
    ['schemas by name', '$defs dependentSchemas'],
    ['lists of strings by name', 'dependentRequired'],
  ),
]);

const of2020: Keywords = new Map([
  ...[...of2019].filter(([name]) => !['additionalItems', '$recursiveAnchor'].includes(name)),
  ...keywords(
    ['string', '$dynamicAnchor'],
    ['reference', '$dynamicRef'],
    ['schema', 'items'],
    ['list of schemas', 'prefixItems'],
  ),
]);

const byDraft: Readonly<Record<Draft, Keywords>> = { 4: of4, 6: of6, 7: of7, 2019: of2019, 2020: of2020 };

/** The part of a schema that is none, and what it has to be. */
export interface SchemaProblem {
  readonly path: Path;
  readonly message: string;
}

/** The first part of a schema that the schema of its edition refuses; `spend` is called for each part. */
export function findSchemaProblem(
  schema: Value,
  draft: Draft,
  spend: () => void,
  path: Path = [],
): SchemaProblem | undefined {
  spend();
  if (typeof schema === 'boolean' && draft !== 4) return undefined;
  if (!isMapping(schema)) return { path, message: `must be a ${draft === 4 ? '' : 'boolean or a '}mapping` };
  const known = byDraft[draft];
  for (const key of Object.keys(schema)) {
    const shape = known.get(key);
    if (shape === undefined) continue;
    const problem = problemOf(shape, schema[key] ?? null, { draft, spend, path: [...path, key] });
    if (problem !== undefined) return problem;
  }
  return draft === 4 ? missingBound(schema, path) : undefined;
}

function missingBound(schema: Mapping, path: Path): SchemaProblem | undefined {
  for (const bound of ['maximum', 'minimum']) {
    const exclusive = `exclusive${bound.charAt(0).toUpperCase()}${bound.slice(1)}`;
    if (Object.hasOwn(schema, exclusive) && !Object.hasOwn(schema, bound))
      return { path: [...path, exclusive], message: `needs ${bound} next to it` };
  }
  return undefined;
}

interface Part {
  readonly draft: Draft;
  readonly spend: () => void;
  readonly path: Path;
}

function problemOf(shape: Shape, value: Value, part: Part): SchemaProblem | undefined {
  const { draft, spend, path } = part;
  const inner = (one: Value, ...steps: Path): SchemaProblem | undefined =>
    findSchemaProblem(one, draft, spend, [...path, ...steps]);
  switch (shape) {
    case 'boolean or schema':
      return typeof value === 'boolean' ? undefined : inner(value);
    case 'schema':
      return inner(value);
    case 'schema or list of schemas':
      return isSequence(value) ? problemOf('list of schemas', value, part) : inner(value);
    case 'list of schemas':
      if (!isSequence(value) || value.length === 0) return { path, message: 'must be a list of schemas' };
      return firstOf([...value.entries()], ([index, one]) => inner(one, index));
    case 'schemas by name':
    case 'schemas by pattern':
    case 'dependencies':
    case 'lists of strings by name':
      if (!isMapping(value)) return { path, message: 'must be a mapping' };
      return firstOf(Object.keys(value), (key) => problemOfEntry(shape, key, value[key] ?? null, part));
    default:
      return fits(shape, value, draft) ? undefined : { path, message: `must be a ${shape}` };
  }
}

function problemOfEntry(shape: Shape, key: string, value: Value, part: Part): SchemaProblem | undefined {
  const inner = { ...part, path: [...part.path, key] };
  if (shape === 'schemas by pattern' && part.draft > 6 && !isRegularExpression(key))
    return { path: inner.path, message: 'must be a regular expression' };
  const isList = shape === 'lists of strings by name' || (shape === 'dependencies' && isSequence(value));
  return problemOf(isList ? 'list of strings' : 'schema', value, inner);
}

function firstOf<One>(
  all: readonly One[],
  find: (one: One) => SchemaProblem | undefined,
): SchemaProblem | undefined {
  for (const one of all) {
    const problem = find(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const simpleTypes: readonly Value[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

function fits(shape: Shape, value: Value, draft: Draft): boolean {
  switch (shape) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'regular expression':
      return typeof value === 'string' && isRegularExpression(value);
    case 'reference':
      return typeof value === 'string' && !value.includes('\\') && typeof parseUrl(value) !== 'string';
    case 'number':
      return isNumber(value);
    case 'positive number':
      return isNumber(value) && Number(value) > 0;
    case 'count':
      return isNumber(value) && Number.isInteger(Number(value)) && Number(value) >= 0;
    case 'list':
      return isSequence(value);
    case 'list of values':
      return isSequence(value) && value.length > 0 && !hasDuplicates(value);
    case 'list of strings':
      return (
        isSequence(value) &&
        (draft !== 4 || value.length > 0) &&
        value.every((one) => typeof one === 'string') &&
        !hasDuplicates(value)
      );
    default:
      return isSequence(value)
        ? value.length > 0 && value.every((one) => simpleTypes.includes(one)) && !hasDuplicates(value)
        : simpleTypes.includes(value);
  }
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Whether RE2 can read a pattern. */
export function isRegularExpression(text: string): boolean {
  try {
    compileRe2(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether two items of a list are equal, as JSON Schema compares. */
export function hasDuplicates(items: readonly Value[]): boolean {
  return new Set(items.map(formatValue)).size < items.length;
}
