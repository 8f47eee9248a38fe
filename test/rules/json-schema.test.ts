import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { schemaViolations } from '../../src/schema/json-schema.ts';
import type { Mapping, Value } from '../../src/source/value.ts';

const schemas: Readonly<Record<string, Mapping>> = {
  types: { type: ['integer', 'null'] },
  enums: { enum: ['a', 1, { b: [1] }] },
  constants: { const: 'a' },
  texts: { minLength: 2, maxLength: 3, pattern: '^[a-z]+$' },
  numbers: { minimum: 1, exclusiveMaximum: 3, multipleOf: 0.5 },
  lists: { items: { type: 'string' }, minItems: 1, maxItems: 2, contains: { const: 'a' } },
  tuples: { items: [{ type: 'string' }, { type: 'number' }], additionalItems: false },
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
    expect(schemaViolations(schema, value)?.length === 0).toBe(validate(value));
  });
});

describe('a schema from a stranger', () => {
  it('that refers to itself is not followed forever', () => {
    expect(schemaViolations({ $ref: '#' }, 1)).toBeUndefined();
    const doubling = { allOf: [{ $ref: '#' }, { $ref: '#' }], properties: { a: { $ref: '#' } } };
    expect(schemaViolations(doubling, {})).toBeUndefined();
  });

  it('with a pattern that RE2 does not know cannot be used', () => {
    expect(schemaViolations({ pattern: '(?=a)' }, 'a')).toBeUndefined();
  });

  it('reads no field that a mapping inherits', () => {
    expect(schemaViolations({ required: ['constructor', 'toString'] }, {})).toHaveLength(2);
    expect(schemaViolations({ $ref: '#/constructor' }, 1)).toEqual([]);
  });

  it('names the way to what is wrong', () => {
    const schema = { properties: { a: { items: { additionalProperties: false } } } };
    expect(schemaViolations(schema, { a: [{}, { b: 1 }] })).toEqual([
      {
        keyword: 'additionalProperties',
        path: ['a', 1, 'b'],
        message: 'is not a value that the chart knows',
      },
    ]);
  });
});
