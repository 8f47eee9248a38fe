import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { schemaViolations } from '../../src/chart/json-schema.ts';
import type { Mapping, Value } from '../../src/source/value.ts';

const schemas: Readonly<Record<string, Mapping>> = {
  types: { type: ['integer', 'null'] },
  enums: { enum: ['a', 1, { b: [1] }] },
  constants: { const: 'a' },
  texts: { minLength: 2, maxLength: 3, pattern: '^[a-z]+$' },
  numbers: { minimum: 1, exclusiveMaximum: 3, multipleOf: 0.5 },
  lists: { items: { type: 'string' }, minItems: 1, maxItems: 2, contains: { const: 'a' } },
  tuples: {
    $schema: 'http://json-schema.org/draft-07/schema#',
    items: [{ type: 'string' }, { type: 'number' }],
    additionalItems: false,
  },
  objects: {
    properties: { a: { type: 'string' }, n: { $ref: '#/definitions/n' } },
    patternProperties: { '^x-': { type: 'number' } },
    additionalProperties: false,
    required: ['a'],
    definitions: { n: { type: 'object', properties: { n: { $ref: '#/definitions/n' } } } },
  },
  names: { propertyNames: { pattern: '^[a-c]' }, additionalProperties: { type: 'string' } },
  combined: { allOf: [{ type: 'number' }], anyOf: [{ minimum: 3 }, { maximum: 1 }], not: { const: 5 } },
  exact: { oneOf: [{ type: 'string' }, { const: 'a' }, { type: 'number' }] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema names it so
  conditional: { if: { type: 'string' }, then: { minLength: 2 }, else: { type: 'number' } },
  nothing: { properties: { a: false } },
};

const values: readonly Value[] = [
  null,
  true,
  0,
  1,
  1.5,
  2,
  3,
  5,
  '',
  'a',
  'ab',
  'abcd',
  'B1',
  [],
  ['a'],
  ['a', 1],
  ['b', 'c'],
  ['a', 'b', 'c'],
  {},
  { a: 'x' },
  { a: 1 },
  { a: 'x', b: 'y' },
  { a: 'x', 'x-y': 1 },
  { a: 'x', 'x-y': 'z' },
  { a: 'x', n: { n: { n: 1 } } },
  { d: 'e' },
  { b: [1] },
];

describe.each(Object.entries(schemas))('%s', (_, schema) => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

  it.each(values.map((value) => [JSON.stringify(value), value] as const))('%s: as ajv', (__, value) => {
    const violations = schemaViolations(schema, value);
    expect(Array.isArray(violations) && violations.length === 0).toBe(validate(value));
  });
});

interface Recorded {
  readonly schema: Mapping;
  readonly values: readonly Value[];
  /** For each value; absent where the schema was refused. */
  readonly valid?: readonly boolean[];
}

const recorded = JSON.parse(
  readFileSync(new URL('fixtures/json-schema.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

// What jsonschema 6.0.3 (Go), which Helm uses, said of schemas and values made at random.
describe('schemas of all editions, as Helm holds values against them', () => {
  it.each(recorded.map((one) => [JSON.stringify(one.schema), one] as const))('%s', (_, one) => {
    const outcomes = one.values.map((value) => {
      const result = schemaViolations(one.schema, value);
      return Array.isArray(result) ? result.length === 0 : result;
    });
    if (one.valid === undefined) expect(outcomes).toEqual([{ invalid: expect.any(String) }]);
    else expect(outcomes).toEqual(one.valid);
  });
});

describe('a schema that is none', () => {
  it.each([
    [{ type: 5 }, 'type must be a type'],
    [{ properties: { a: { minLength: -1 } } }, 'properties.a.minLength must be a count'],
    [{ items: [{}] }, 'items must be a boolean or a mapping'],
    [{ pattern: '(?=a)' }, 'pattern must be a regular expression'],
    [{ required: ['a', 'a'] }, 'required must be a list of strings'],
    [{ $ref: '#/constructor' }, '$ref leads to #/constructor, which is not there'],
  ])('is refused, and says why: %j', (schema, invalid) => {
    expect(schemaViolations(schema, 'a')).toEqual({ invalid });
  });

  it('is let pass where it is of an edition that is elsewhere', () => {
    expect(schemaViolations({ $schema: 'https://example.org/schema', type: 5 }, 1)).toBeUndefined();
  });
});

function next(at: number): Mapping {
  return at === 39 ? {} : { allOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] };
}

describe('a schema from a stranger', () => {
  it('that refers to itself is not followed forever', () => {
    expect(schemaViolations({ $ref: '#' }, 1)).toMatchObject([{ keyword: '$ref' }]);
    const doubling = { allOf: [{ $ref: '#' }, { $ref: '#' }], properties: { a: { $ref: '#' } } };
    expect(schemaViolations(doubling, {})).toMatchObject([{ keyword: '$ref' }, { keyword: '$ref' }]);
    const growing = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`d${at}`, next(at)]));
    expect(schemaViolations({ ...next(-1), $defs: growing }, {})).toBeUndefined();
  });

  it('reads no field that a mapping inherits', () => {
    expect(schemaViolations({ required: ['constructor', 'toString'] }, {})).toHaveLength(2);
  });

  it('names the way to what is wrong', () => {
    const schema = { properties: { a: { items: { additionalProperties: false } } } };
    expect(schemaViolations(schema, { a: [{}, { b: 1 }] })).toEqual([
      {
        keyword: 'additionalProperties',
        path: ['a', 1, 'b'],
        message: 'is not a value of the chart',
      },
    ]);
  });
});
