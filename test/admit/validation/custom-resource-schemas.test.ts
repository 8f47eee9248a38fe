import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';

function definition(a: string, version = ''): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: as.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: as, singular: a, kind: A, listKind: AList}
  versions:
    - name: v1
      served: true
      storage: true
      ${version}
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {a: ${a}, b: {type: string}}}}}}
`;
}

const at = 'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.a';

const refused: readonly (readonly [what: string, schema: string, error: string])[] = [
  ['a list of items', '{type: array, items: [{type: string}]}', `Forbidden ${at}.items`],
  [
    'an integer or a string in the wrong order',
    '{x-kubernetes-int-or-string: true, anyOf: [{type: string}, {type: integer}]}',
    `Forbidden ${at}.anyOf[0].type`,
  ],
  [
    'a default below a factor that is not above 0',
    '{type: integer, multipleOf: -1, default: 4}',
    `Invalid ${at}.default`,
  ],
  [
    'rules below allOf',
    '{type: string, allOf: [{x-kubernetes-validations: [{rule: "true"}]}]}',
    `Forbidden ${at}.allOf[0].x-kubernetes-validations`,
  ],
  [
    'an old value of an item of an atomic list',
    '{type: array, maxItems: 3, items: {type: integer, x-kubernetes-validations: [{rule: "self > oldSelf"}]}}',
    `Invalid ${at}.items.x-kubernetes-validations[0].rule`,
  ],
  [
    'an optional old value that no rule reads',
    '{type: integer, x-kubernetes-validations: [{rule: "self > 1", optionalOldSelf: true}]}',
    `Invalid ${at}.x-kubernetes-validations[0].optionalOldSelf`,
  ],
  ...['.zz', 'b', '.l[0].a', '.b.c', '.'].map(
    (path) =>
      [
        `the field path ${path}`,
        `{type: object, properties: {b: {type: string}, l: {type: array, items: {type: string}}}, x-kubernetes-validations: [{rule: "true", fieldPath: "${path}"}]}`,
        `Invalid ${at}.x-kubernetes-validations[0].fieldPath`,
      ] as const,
  ),
  [
    'a default that breaks its own rule',
    '{type: integer, default: 1, x-kubernetes-validations: [{rule: "self > 2"}]}',
    `Invalid ${at}.default`,
  ],
  [
    'a default that breaks a rule below',
    '{type: object, default: {b: 1}, properties: {b: {type: integer, x-kubernetes-validations: [{rule: "self > 2"}]}}}',
    `Invalid ${at}.default.b`,
  ],
  [
    'a default of an embedded resource without a kind',
    '{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true, default: {apiVersion: v1}}',
    `Invalid ${at}.default.kind`,
  ],
  [
    'additional properties of an embedded resource',
    '{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true, additionalProperties: {type: string}}',
    `Forbidden ${at}.additionalProperties`,
  ],
  [
    'a kind of an embedded resource that is not a string',
    '{type: object, x-kubernetes-embedded-resource: true, properties: {kind: {type: integer}}}',
    `Invalid ${at}.properties.kind.type`,
  ],
];

describe('schemas of CRDs', () => {
  test.each(refused)('%s', (_, schema, error) => {
    expect(judge(definition(schema))).toContain(error);
  });

  test.each([
    '{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], maxLength: 3}',
    '{x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}, {pattern: a}]}',
    '{type: array, x-kubernetes-list-type: set, items: {type: string}, default: [x, x]}',
    '{type: object, x-kubernetes-embedded-resource: true, properties: {metadata: {type: object, default: {name: x}}}}',
    '{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [n], items: {type: object, required: [n], properties: {n: {type: string}, v: {type: integer, x-kubernetes-validations: [{rule: "self >= oldSelf"}]}}}}',
    '{type: object, anyOf: [{properties: {c: {minimum: 1}}}], not: {items: {minimum: 1}}}',
    '{type: integer, multipleOf: -2}',
    '{x-kubernetes-int-or-string: true, default: 1.5}',
    '{x-kubernetes-int-or-string: true, default: true}',
    '{type: object, additionalProperties: {type: string, default: 1}}',
    '{type: object, additionalProperties: {type: object, properties: {c: {type: string, default: [1]}}}}',
    `{type: object, properties: {"b.c": {type: string}}, x-kubernetes-validations: [{rule: "true", fieldPath: "['b.c']"}]}`,
  ])('accepted: %s', (schema) => {
    expect(judge(definition(schema))).toEqual([]);
  });

  test.each([
    'anyOf: [{properties: {zz: {minimum: 1}}}]',
    'not: {items: {minimum: 1}}',
    'allOf: [{oneOf: [{properties: {spec: {properties: {zz: {minimum: 1}}}}}]}]',
  ])('branches at the root speak of what is defined outside of them: %s', (branch) => {
    const [error = ''] = judge(
      definition('{type: string}').replace('openAPIV3Schema: {', `openAPIV3Schema: {${branch}, `),
    );
    expect(error).toMatch(/^Required spec\.versions\[0\]\.schema\.openAPIV3Schema\.(?:anyOf|not|allOf)/);
  });

  test.each([
    ['{type: object, x-kubernetes-validations: [{rule: "self.name != \'a\'"}]}', ['Forbidden']],
    ['{type: object, properties: {name: {type: string, maxLength: 9}}}', []],
  ])('the metadata of the root: %s', (schema, types) => {
    const text = definition('{type: string}').replace(
      'properties: {spec',
      `properties: {metadata: ${schema}, spec`,
    );
    expect(judge(text).map((error) => error.split(' ')[0])).toEqual(types);
  });

  test.each([
    ['.spec.zz', ['Invalid']],
    ['.spec', ['Invalid']],
    ["['spec'].b", ['Invalid']],
    ['.metadata.name', ['Invalid']],
    ['.spec.b', []],
  ])('the selectable field %s', (path, types) => {
    const errors = judge(definition('{type: string}', `selectableFields: [{jsonPath: "${path}"}]`));
    expect(errors).toEqual(types.map((type) => `${type} spec.versions[0].selectableFields[0].jsonPath`));
  });
});
