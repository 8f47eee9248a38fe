import { describe, expect, test } from 'vitest';
import { convertObject } from '../../../src/admit/served/convert.ts';
import { servedObject } from '../../../src/admit/served/served-object.ts';
import { customKindsOf, noCustomKinds } from '../../../src/schema/custom-kind.ts';
import { factsFor } from '../../../src/schema/facts.ts';
import { isMapping, type Mapping, valueAt } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

function served(object: object, crds: readonly object[] = []): Mapping {
  const customKinds =
    crds.length === 0 ? noCustomKinds : customKindsOf(crds.map((crd) => mappingOf(crd) as Mapping));
  return servedObject(mappingOf(object) as Mapping, { facts: factsFor('1.36'), customKinds });
}

function spec(object: object): Mapping {
  const { spec: found } = served(object);
  return isMapping(found) ? found : (mappingOf({}) as Mapping);
}

const pod = (fields: object, container: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'c', image: 'a/b:1', ...container }], ...fields },
});

test('an empty list takes the place of a default that is given only where there is none', () => {
  const autoscaler = (fields: object) =>
    spec({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a' },
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
        behavior: { scaleDown: fields },
        metrics: [],
      },
    });
  const down = ['behavior', 'scaleDown', 'policies'];
  expect(valueAt(autoscaler({ policies: [] }), down)).toBeUndefined();
  expect(valueAt(autoscaler({}), down)).toEqual([{ type: 'Percent', value: 100, periodSeconds: 15 }]);
  expect(valueAt(autoscaler({}), ['metrics', 0, 'resource', 'name'])).toBe('cpu');
});

// Each expectation was recorded from kube-apiserver 1.36.3.
describe('zero values and nulls', () => {
  test('are left out of a Pod where the field says so', () => {
    const object = served(
      pod(
        {
          hostNetwork: false,
          shareProcessNamespace: false,
          nodeSelector: {},
          priorityClassName: '',
          volumes: [],
          initContainers: [],
          hostAliases: null,
        },
        {
          command: [],
          env: [{ name: 'A', value: '' }],
          stdin: false,
          ports: [{ containerPort: 80, hostPort: 0 }],
          securityContext: { privileged: false, capabilities: { add: [] }, runAsUser: null },
          resources: { limits: {} },
        },
      ),
    );
    const keys = Object.keys(object['spec'] as Mapping);
    for (const key of [
      'hostNetwork',
      'nodeSelector',
      'priorityClassName',
      'volumes',
      'initContainers',
      'hostAliases',
    ])
      expect(keys).not.toContain(key);
    expect(valueAt(object, ['spec', 'shareProcessNamespace'])).toBe(false);
    expect(valueAt(object, ['spec', 'containers', 0])).toEqual(
      mappingOf({
        name: 'c',
        image: 'a/b:1',
        env: [{ name: 'A' }],
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        securityContext: { privileged: false, capabilities: {} },
        resources: {},
        imagePullPolicy: 'IfNotPresent',
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      }),
    );
  });

  test('of maps of strings become empty strings', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: {} },
      data: { x: null },
    };
    const { data, metadata } = served(object);
    expect(data).toEqual(mappingOf({ x: '' }));
    expect(Object.keys(metadata as Mapping)).not.toContain('labels');
  });
});

test.each([
  [1, '1'],
  [0.5, '500m'],
  ['1000m', '1'],
  ['0.5Gi', '512Mi'],
  ['1024Ki', '1Mi'],
  ['0.10', '100m'],
  [1_073_741_824, '1073741824'],
  ['1e3', '1e3'],
  ['1536Mi', '1536Mi'],
  ['100u', '1m'],
  ['1.5', '1500m'],
])('the quantity %s is %s', (written, canonical) => {
  const requests = { cpu: written };
  expect(
    valueAt(served(pod({}, { resources: { requests } })), [
      'spec',
      'containers',
      0,
      'resources',
      'requests',
      'cpu',
    ]),
  ).toBe(canonical);
});

describe('defaults', () => {
  test.each([
    [{ apiVersion: 'v1', kind: 'Secret' }, ['type'], 'Opaque'],
    [
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { egress: [{}] } },
      ['spec', 'policyTypes'],
      ['Ingress', 'Egress'],
    ],
    [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        spec: { egress: [{ ports: [{ port: 53 }] }] },
      },
      ['spec', 'egress', 0, 'ports', 0, 'protocol'],
      'TCP',
    ],
    [
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec: { maxReplicas: 3 } },
      ['spec', 'metrics', 0, 'resource', 'target', 'averageUtilization'],
      80,
    ],
    [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: {} }, ['spec', 'volumeMode'], 'Filesystem'],
    [
      { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }] } },
      ['spec', 'internalTrafficPolicy'],
      'Cluster',
    ],
    [
      { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }] } },
      ['spec', 'ports', 0, 'targetPort'],
      80,
    ],
    [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: {} },
      ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'],
      'Retain',
    ],
    [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { volumeClaimTemplates: [{}] } },
      ['spec', 'volumeClaimTemplates', 0, 'kind'],
      'PersistentVolumeClaim',
    ],
    [
      { apiVersion: 'batch/v1', kind: 'Job', spec: {} },
      ['spec', 'podReplacementPolicy'],
      'TerminatingOrFailed',
    ],
    [{ apiVersion: 'batch/v1', kind: 'Job', spec: { parallelism: 2 } }, ['spec', 'completions'], undefined],
    [
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        subjects: [{ kind: 'User', name: 'u' }],
      },
      ['subjects', 0, 'apiGroup'],
      'rbac.authorization.k8s.io',
    ],
    [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }, ['volumeBindingMode'], 'Immediate'],
    [
      { apiVersion: 'v1', kind: 'LimitRange', spec: { limits: [{ type: 'Container', max: { cpu: 2 } }] } },
      ['spec', 'limits', 0, 'defaultRequest', 'cpu'],
      '2',
    ],
    [
      {
        apiVersion: 'v1',
        kind: 'ReplicationController',
        spec: { template: { metadata: { labels: { a: 'b' } } } },
      },
      ['spec', 'selector', 'a'],
      'b',
    ],
  ])('%j: %j', (object, path, expected) => {
    const value = valueAt(served({ metadata: { name: 'a' }, ...object }), path);
    expect(value).toEqual(expected);
  });

  test('of a Pod include its requests and what it asks for as a whole', () => {
    const limits = { cpu: 1, memory: '1Gi' };
    const whole = spec(pod({ resources: { limits } }, { resources: { limits: { cpu: '250m' } } }));
    expect(valueAt(whole, ['containers', 0, 'resources', 'requests'])).toEqual(mappingOf({ cpu: '250m' }));
    expect(valueAt(whole, ['resources', 'requests'])).toEqual(mappingOf({ cpu: '250m', memory: '1Gi' }));
  });

  test('of a CRD are where nothing does, below other defaults too', () => {
    const schema = {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          properties: {
            size: { type: 'string', default: 'small' },
            opts: { type: 'object', default: {}, properties: { mode: { type: 'string', default: 'auto' } } },
            flag: { type: 'boolean', default: null },
            open: { type: 'object', additionalProperties: true },
            made: {
              type: 'object',
              'x-kubernetes-embedded-resource': true,
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        },
      },
    };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boxes.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'boxes', kind: 'Box' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    };
    const box = { apiVersion: 'example.com/v1', kind: 'Box', metadata: { name: 'b' }, spec: { extra: 1 } };
    const defaults = { size: 'small', opts: { mode: 'auto' } };
    expect(served(box, [crd])['spec']).toEqual(mappingOf(defaults));
    const inner = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'i', labels: null } };
    const filled = { ...box, spec: { open: { a: 1, b: { c: 1 }, d: [null, { e: 1 }] }, made: inner } };
    expect(served(filled, [crd])['spec']).toEqual(
      mappingOf({
        ...defaults,
        open: { a: 1, b: {}, d: [null, {}] },
        made: { ...inner, metadata: { name: 'i' } },
      }),
    );
  });
});

test('stringData is written into data, as base64', () => {
  const { data, stringData } = served({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a' },
    stringData: { a: 'hello' },
    data: { b: 'aGk=' },
  });
  expect(data).toEqual(mappingOf({ b: 'aGk=', a: 'aGVsbG8=' }));
  expect(stringData).toBeUndefined();
});

test('the namespace is always there, the status is the first one', () => {
  const object = served(pod({}));
  expect(valueAt(object, ['metadata', 'namespace'])).toBe('default');
  expect(object['status']).toEqual(mappingOf({ phase: 'Pending', qosClass: 'BestEffort' }));
});

test('an autoscaler of the first version has the CPU alone', () => {
  const hpa = served({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'a' },
    spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'a' } },
  });
  expect(convertObject(hpa, 'autoscaling/v1')['spec']).toEqual(
    mappingOf({
      maxReplicas: 3,
      minReplicas: 1,
      scaleTargetRef: { kind: 'Deployment', name: 'a' },
      targetCPUUtilizationPercentage: 80,
    }),
  );
  expect(convertObject(hpa, 'autoscaling/v1')['status']).toEqual(
    mappingOf({ currentReplicas: 0, desiredReplicas: 0 }),
  );
});

const annotated = (annotations: object, spec: object = {}) =>
  served({
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'a', annotations },
    spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'a' }, ...spec },
  });
const pods = (averageValue: string) => ({
  type: 'Pods',
  pods: { metric: { name: 'm' }, target: { type: 'AverageValue', averageValue } },
});

test('annotations of an autoscaler of the first version are metrics and behavior of the second', () => {
  const hpa = annotated(
    {
      'autoscaling.alpha.kubernetes.io/metrics':
        '[{"type": "Pods", "pods": {"metricName": "m", "targetAverageValue": 0.1}}]',
      'autoscaling.alpha.kubernetes.io/behavior': '{"ScaleDown": {"StabilizationWindowSeconds": 60}}',
    },
    { targetCPUUtilizationPercentage: 55 },
  );
  const { spec, metadata } = convertObject(hpa, 'autoscaling/v2');
  const cpu = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 55 } };
  expect(spec).toEqual(
    mappingOf({
      maxReplicas: 3,
      minReplicas: 1,
      scaleTargetRef: { kind: 'Deployment', name: 'a' },
      metrics: [pods('100m'), { type: 'Resource', resource: cpu }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    }),
  );
  expect(valueAt(metadata, ['annotations'])).toBeUndefined();
});

// Measured on a server of 1.36.3, as all here.
test.each(['x', '{}', '[1]', '[{"type": 1}]', '[{"type": "Pods", "pods": []}]', '[]'])(
  'metrics of %s are none',
  (metrics) => {
    const hpa = annotated({ 'autoscaling.alpha.kubernetes.io/metrics': metrics });
    expect(valueAt(hpa, ['spec', 'targetCPUUtilizationPercentage'])).toBe(80);
    expect(valueAt(hpa, ['metadata', 'annotations'])).toBeUndefined();
  },
);

test('an Event has other names in the other group', () => {
  const event = served({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'a', namespace: 'default' },
    involvedObject: { name: 'x' },
    message: 'hi',
    count: 3,
    reportingInstance: '',
  });
  const converted = convertObject(event, 'events.k8s.io/v1');
  expect(converted).toMatchObject({ regarding: { name: 'x' }, note: 'hi', deprecatedCount: 3 });
  expect(Object.keys(converted)).not.toContain('reportingInstance');
  expect(Object.keys(converted)).not.toContain('message');
  expect(convertObject(converted, 'v1')).toEqual(event);
});
