import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtinMergeSchemas, type MergeSchema, schemasFromOpenApi } from '../../src/build/merge-schema.ts';
import { mergeTypes } from '../../src/build/merge-schema-data.ts';
import { mappingOf } from '../support/values.ts';

function below(schema: MergeSchema | undefined, ...path: string[]): MergeSchema | undefined {
  return path.reduce((current, step) => (step === '[]' ? current?.element() : current?.field(step)), schema);
}

const deployment = builtinMergeSchemas.schemaOf('apps/v1', 'Deployment');
const containers = ['spec', 'template', 'spec', 'containers'];

test.each([
  [[...containers], ['name']],
  [
    [...containers, '[]', 'ports'],
    ['containerPort', 'protocol'],
  ],
  [[...containers, '[]', 'volumeMounts'], ['mountPath']],
  [['metadata', 'finalizers'], []],
])('%j of a Deployment merges by %j', (path, keys) => {
  expect(below(deployment, ...path)).toMatchObject({ mergesList: true, mergeKeys: keys });
});

test.each([
  [[...containers, '[]', 'command']],
  [['spec', 'template', 'spec', 'tolerations']],
  [['spec', 'template', 'spec', 'resourceClaims']],
  [['spec', 'unknown', 'list']],
])('%j of a Deployment is replaced', (path) => {
  expect(below(deployment, ...path)?.mergesList).toBe(false);
});

test('kinds and scopes', () => {
  expect(builtinMergeSchemas.schemaOf('example.com/v1', 'Deployment')).toBeUndefined();
  expect(builtinMergeSchemas.schemaOf('toString', 'x')).toBeUndefined();
  expect(builtinMergeSchemas.isNamespaceScoped('apps/v1', 'Deployment')).toBe(true);
  expect(builtinMergeSchemas.isNamespaceScoped('v1', 'Namespace')).toBe(false);
  expect(builtinMergeSchemas.isNamespaceScoped('rbac.authorization.k8s.io/v1', 'ClusterRole')).toBe(false);
  expect(
    builtinMergeSchemas.isNamespaceScoped('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'),
  ).toBe(false);
  expect(builtinMergeSchemas.isNamespaceScoped('cert-manager.io/v1', 'ClusterIssuer')).toBeUndefined();
});

describe('an OpenAPI document of the user', () => {
  const schemas = schemasFromOpenApi(
    mappingOf({
      definitions: {
        'v1.Thing': {
          'x-kubernetes-group-version-kind': [{ group: 'x.io', version: 'v1', kind: 'Thing' }],
          properties: {
            parts: {
              type: 'array',
              items: { $ref: '#/definitions/v1.Part' },
              'x-kubernetes-patch-merge-key': 'id',
              'x-kubernetes-patch-strategy': 'merge,retainKeys',
            },
            named: { type: 'object', additionalProperties: { $ref: '#/definitions/v1.Part' } },
            circle: { $ref: '#/definitions/v1.Circle' },
          },
        },
        'v1.Part': {
          properties: {
            tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-patch-strategy': 'merge' },
          },
        },
        'v1.Circle': { $ref: '#/definitions/v1.Circle' },
      },
      paths: {
        '/apis/x.io/v1/things': {
          get: { 'x-kubernetes-group-version-kind': { group: 'x.io', version: 'v1', kind: 'Thing' } },
        },
      },
    }),
  );
  const thing = schemas.schemaOf('x.io/v1', 'Thing');

  test('merges by its keys, through references and maps', () => {
    expect(below(thing, 'parts')).toMatchObject({ mergesList: true, mergeKeys: ['id'] });
    expect(below(thing, 'parts', '[]', 'tags')).toMatchObject({ mergesList: true, mergeKeys: [] });
    expect(below(thing, 'named', 'any', 'tags')?.mergesList).toBe(true);
    expect(below(thing, 'unknown')).toBeUndefined();
    expect(below(thing, 'circle')).toBeUndefined();
  });

  test('takes the place of the built-in kinds, not of their scopes', () => {
    expect(schemas.schemaOf('apps/v1', 'Deployment')).toBeUndefined();
    expect(schemas.isNamespaceScoped('apps/v1', 'Deployment')).toBe(true);
    expect(schemas.isNamespaceScoped('x.io/v1', 'Thing')).toBe(false);
  });
});

interface KnownField {
  readonly mergeKey?: string;
  readonly listMapKeys?: readonly string[];
  readonly strategy: string;
}

const known = new URL('../../../shared/kubernetes/kustomize-1.21.json', import.meta.url);

test.skipIf(!existsSync(known))('the data hold every list that kustomize merges', () => {
  const { merge } = JSON.parse(readFileSync(known, 'utf8')) as {
    merge: Record<string, Record<string, KnownField>>;
  };
  const expected: string[] = [];
  for (const [definition, fields] of Object.entries(merge)) {
    const type = definition.endsWith('.ObjectMeta')
      ? 'ObjectMeta'
      : definition.split('.').slice(-3).join('.');
    for (const [field, { mergeKey, listMapKeys, strategy }] of Object.entries(fields)) {
      if (!strategy.split(',').includes('merge') || field === 'key') continue;
      const keys = listMapKeys ?? (mergeKey === undefined ? ['*'] : [mergeKey]);
      expected.push(`${type} ${field}=${keys.join(',')}`);
    }
  }
  const actual = Object.entries(mergeTypes).flatMap(([type, line]) =>
    line
      .split(' ')
      .filter((field) => field.includes('='))
      .map((field) => `${type} ${field.slice(0, field.indexOf('['))}`),
  );
  expect(actual.sort()).toEqual(expected.sort());
});
