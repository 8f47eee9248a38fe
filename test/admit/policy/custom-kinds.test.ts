import { expect, it } from 'vitest';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { readPolicy } from '../../../src/admit/policy/policy.ts';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { factsFor } from '../../../src/schema/facts.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const crd = mappingOf({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'geese.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Cluster',
    names: { kind: 'Goose', plural: 'geese' },
    versions: [{ name: 'v1', served: true, storage: true }],
  },
}) as Mapping;

function violations(object: object, rule: object): number {
  const policy = mappingOf({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'no-geese' },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiVersions: ['*'], operations: ['CREATE'], ...rule }],
      },
      validations: [{ expression: 'false', message: 'no' }],
    },
  }) as Mapping;
  const binding = mappingOf({
    metadata: { name: 'no-geese' },
    spec: { policyName: 'no-geese', validationActions: ['Deny'] },
  }) as Mapping;
  const compiled = readPolicy(policy, [{ object: binding }]);
  const request = { operation: 'CREATE' as const, object: mappingOf(object) as Mapping };
  return evaluatePolicies([compiled], {
    ...request,
    kinds: { facts: factsFor('1.36'), customKinds: customKindsOf([crd]) },
  }).length;
}

it.each([
  ['geese', 'Cluster', 1],
  ['geese', 'Namespaced', 0],
  ['gooses', 'Cluster', 0],
])('a CRD says that %s is what its kind is called, and that it is %s: %i', (resource, scope, count) => {
  const goose = { apiVersion: 'example.com/v1', kind: 'Goose', metadata: { name: 'g' } };
  expect(violations(goose, { apiGroups: ['example.com'], resources: [resource], scope })).toBe(count);
});

it.each([
  ['networking.k8s.io/v1', 'ServiceCIDR', 'servicecidrs', 'Cluster'],
  ['storage.k8s.io/v1', 'VolumeAttributesClass', 'volumeattributesclasses', 'Cluster'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass', 'gatewayclasses', 'Cluster'],
  ['v1', 'Endpoints', 'endpoints', 'Namespaced'],
  ['example.com/v1', 'Node', 'nodes', 'Namespaced'],
])('%s %s is %s and %s', (apiVersion, kind, resource, scope) => {
  const object = { apiVersion, kind, metadata: { name: 'x' } };
  const apiGroups = [apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''];
  expect(violations(object, { apiGroups, resources: [resource], scope })).toBe(1);
});
