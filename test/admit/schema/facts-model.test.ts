import { describe, expect, test } from 'vitest';
import { factsText } from '../../../src/schema/facts-data.ts';

interface Facts {
  readonly versions: readonly string[];
  readonly lifecycle: unknown;
  readonly kinds: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
}
interface Model {
  readonly types: ReadonlyMap<string, { readonly p: Readonly<Record<string, unknown>> }>;
  readonly kinds: ReadonlyMap<string, unknown>;
}
interface FactsModel {
  readonly readOpenApi: (documents: readonly unknown[], enums: ReadonlyMap<string, unknown>) => Model;
  readonly enumsOf: (model: Model) => ReadonlyMap<string, unknown>;
  readonly foldVersions: (versions: readonly string[], models: readonly Model[], lifecycle: unknown) => Facts;
  readonly unfoldVersion: (facts: Facts, index: number) => Model;
}

const script = new URL('../../../scripts/facts-model.mjs', import.meta.url).href;
const { enumsOf, foldVersions, readOpenApi, unfoldVersion } = (await import(script)) as FactsModel;
const facts = JSON.parse(factsText) as Facts;
const models = facts.versions.map((_, index) => unfoldVersion(facts, index));

const schema = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties,
  ...more,
});
const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' };

const route = { group: 'networking.example', version: 'v1', kind: 'Route' };

/** What `kubectl get --raw /openapi/v3/apis/apps/v1` prints, cut short. */
const dump = {
  paths: {
    '/apis/apps/v1/namespaces/{namespace}/deployments': { post: { 'x-kubernetes-group-version-kind': gvk } },
    '/apis/networking.example/v1/routes': { get: { 'x-kubernetes-group-version-kind': route } },
    '/apis/apps/v1/deployments': { get: { 'x-kubernetes-group-version-kind': gvk } },
  },
  components: {
    schemas: {
      'io.k8s.api.apps.v1.Deployment': schema(
        {
          spec: {
            allOf: [{ $ref: '#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy' }],
            default: {},
          },
        },
        { 'x-kubernetes-group-version-kind': [gvk], required: ['spec'] },
      ),
      'io.k8s.api.apps.v1.DeploymentStrategy': schema({
        type: { type: 'string' },
        novelty: {
          type: 'array',
          items: { type: 'integer', format: 'int64' },
          'x-kubernetes-list-type': 'set',
        },
      }),
      'io.k8s.api.apps.v1.Unused': schema({}),
      'example.networking.v1.Route': schema({}, { 'x-kubernetes-group-version-kind': [route] }),
    },
  },
};

describe('the script behind the facts', () => {
  test('unfolds what it folded', () => {
    expect(foldVersions(facts.versions, models, facts.lifecycle)).toEqual(facts);
  });

  test('reads what a cluster says of itself', () => {
    const newest = models.at(-1);
    if (newest === undefined) throw new Error('no versions');
    const model = readOpenApi([dump], enumsOf(newest));
    expect([...model.kinds]).toEqual([
      ['apps/v1/Deployment', { scope: 'n', plural: 'deployments', type: 'io.k8s.api.apps.v1.Deployment' }],
    ]);
    expect([...model.types.keys()]).toEqual([
      'io.k8s.api.apps.v1.Deployment',
      'io.k8s.api.apps.v1.DeploymentStrategy',
    ]);
    // The enum stands in no OpenAPI document, so that of the version before is kept.
    expect(model.types.get('io.k8s.api.apps.v1.DeploymentStrategy')?.p).toEqual({
      novelty: ['[]i64', { lt: 'set' }],
      type: ['str', { e: ['Recreate', 'RollingUpdate'] }],
    });
  });

  test('adds a version to those it knows', () => {
    const newest = models.at(-1);
    if (newest === undefined) throw new Error('no versions');
    const next = readOpenApi([dump], enumsOf(newest));
    const folded = foldVersions([...facts.versions, '1.38.0'], [...models, next], facts.lifecycle);
    expect(folded.kinds['apps/v1']?.['Deployment']).toHaveLength(3);
    expect(folded.kinds['apps/v1']?.['StatefulSet']?.slice(3)).toEqual([0, 8]);
    expect(unfoldVersion(folded, 9).types.get('io.k8s.api.apps.v1.DeploymentStrategy')).toEqual(
      next.types.get('io.k8s.api.apps.v1.DeploymentStrategy'),
    );
  });
});
