import { describe, expect, test } from 'vitest';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { readPolicy } from '../../../src/admit/policy/policy.ts';
import type { PolicyViolation } from '../../../src/admit/policy/violation.ts';
import type { AdmissionRequest } from '../../../src/admit/request.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const everything = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] };

function judge(
  expression: string,
  object: object,
  given: {
    readonly match?: object;
    readonly request?: Partial<Extract<AdmissionRequest, { operation: 'CREATE' | 'UPDATE' }>>;
  } = {},
): readonly PolicyViolation[] {
  const matchConstraints = { resourceRules: [everything], ...given.match };
  const metadata = { name: 'sample' };
  const policy = mappingOf({
    metadata,
    spec: { matchConstraints, validations: [{ expression }] },
  }) as Mapping;
  const bound = { policyName: 'sample', validationActions: ['Deny'] };
  const binding = mappingOf({ metadata, spec: bound }) as Mapping;
  const request = { operation: 'CREATE' as const, object: mappingOf(object) as Mapping, ...given.request };
  return evaluatePolicies([readPolicy(policy, [{ object: binding }])], request);
}

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { containers: [{ name: 'c', resources: { limits: { cpu: 0.5 } } }] } } },
};
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'x' } };

describe('policies see what the server sees', () => {
  test.each([
    "quantity(object.spec.template.spec.containers[0].resources.limits.cpu).isLessThan(quantity('1'))",
    "object.metadata.namespace == 'default' && request.namespace == 'default'",
    "object.spec.strategy.rollingUpdate.maxSurge == '25%' && object.metadata.generation == 1",
    'has(object.metadata.uid) && has(object.metadata.managedFields) && has(object.status)',
    "request.options.kind == 'CreateOptions' && !has(request.subResource) && oldObject == null",
    "has(request.userInfo.username) && namespaceObject.status.phase == 'Active'",
    "namespaceObject.metadata.labels['kubernetes.io/metadata.name'] == 'default'",
  ])('%s', (expression) => {
    expect(judge(expression, deployment)).toEqual([]);
  });

  test('the finalizers that admission plugins of every server add', () => {
    const kind = 'VolumeAttributesClass';
    const gold = { apiVersion: 'storage.k8s.io/v1', kind, metadata: { name: 'gold' }, driverName: 'd' };
    expect(judge("'kubernetes.io/vac-protection' in object.metadata.finalizers", gold)).toEqual([]);
  });

  test('data holds what stringData says, and the finding is there', () => {
    const [violation] = judge("!has(object.data) || !('password' in object.data)", secret);
    expect(violation).toMatchObject({ path: ['stringData', 'password'] });
    expect(judge("!has(object.stringData) && object.type == 'Opaque'", secret)).toEqual([]);
  });
});

describe('what only the cluster knows', () => {
  test.each([
    ["object.metadata.uid != ''", 'the uid cannot be known outside the cluster'],
    ["namespaceObject.metadata.labels['tier'] == 'gold'", 'the content of Namespace default cannot be known'],
    ['has(namespaceObject.metadata.annotations)', 'the content of Namespace default cannot be known'],
    ["request.userInfo.username == 'me'", 'the requesting user cannot be known'],
    ["request.options.fieldManager == 'me'", 'the options of the request cannot be known'],
  ])('%s is not an error', (expression, message) => {
    expect(judge(expression, deployment)).toMatchObject([
      { failed: 'unknown', severity: 'note', message: expect.stringContaining(message) },
    ]);
  });

  test('of a Namespace in the repository all labels are known', () => {
    const namespaceObject = mappingOf({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', labels: { tier: 'gold' } },
    }) as Mapping;
    const request = { namespaceObject };
    expect(judge("namespaceObject.metadata.labels['tier'] == 'gold'", deployment, { request })).toEqual([]);
    expect(
      judge("'x' in namespaceObject.metadata.labels", deployment, { request })[0]?.failed,
    ).toBeUndefined();
  });
});

describe('matching', () => {
  const rule = (
    apiGroups: string[],
    apiVersions: string[],
    resources: string[],
    matchPolicy = 'Equivalent',
  ) => ({
    match: { matchPolicy, resourceRules: [{ apiGroups, apiVersions, operations: ['CREATE'], resources }] },
  });
  const hpa = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'a' },
    spec: { maxReplicas: 3 },
  };

  test('a version that no server has takes nothing', () => {
    expect(judge('false', deployment, rule(['apps'], ['v1beta1'], ['deployments']))).toEqual([]);
    expect(judge('false', deployment, rule(['apps'], ['v1'], ['deployments']))).toHaveLength(1);
  });

  test('an equivalent version gets the object in that version', () => {
    const match = rule(['autoscaling'], ['v1'], ['horizontalpodautoscalers']);
    const seen = "object.apiVersion == 'autoscaling/v1' && object.spec.targetCPUUtilizationPercentage == 80";
    expect(
      judge(`${seen} && request.kind.version == 'v1' && request.requestKind.version == 'v2'`, hpa, match),
    ).toEqual([]);
    const exact = rule(['autoscaling'], ['v1'], ['horizontalpodautoscalers'], 'Exact');
    expect(judge('false', hpa, exact)).toEqual([]);
  });

  test.each([
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
  ])('%s is exempt', (kind) => {
    const metadata = { name: 'a' };
    expect(judge('false', { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata })).toEqual([]);
  });

  test('webhook configurations are not exempt', () => {
    const kind = 'ValidatingWebhookConfiguration';
    const object = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'a' } };
    expect(judge('false', object)).toHaveLength(1);
  });
});

describe('an Event is served in two groups', () => {
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', namespace: 'default' },
    involvedObject: { name: 'x' },
    message: 'hi',
  };
  const rules = (group: string, version: string) => [
    { apiGroups: [group], apiVersions: [version], operations: ['CREATE'], resources: ['events'] },
  ];
  const isOther =
    "object.note == 'hi' && request.kind.group == 'events.k8s.io' && request.requestKind.group == ''";

  test('policies of the other one see it as that has it', () => {
    const match = { resourceRules: rules('events.k8s.io', 'v1') };
    expect(judge(isOther, event, { match })).toEqual([]);
    expect(judge('false', event, { match })).toHaveLength(1);
  });

  test.each([
    ['exactly its own', { resourceRules: rules('events.k8s.io', 'v1'), matchPolicy: 'Exact' }],
    ['another version', { resourceRules: rules('events.k8s.io', 'v1beta1') }],
    ['another group', { resourceRules: rules('apps', 'v1') }],
  ])('%s is not meant', (_, match) => {
    expect(judge('false', event, { match })).toEqual([]);
  });
});
