import { describe, expect, test } from 'vitest';
import { lintFiles } from '../../support/lint-files.ts';

// What a kube-apiserver 1.36.3 said of the same objects, sent as a dry run.

const configMaps = { kind: 'ConfigMap', apiVersion: 'v1' };
const atMost = 'int(object.data.n) <= int(params.data.max)';

interface Case {
  readonly policy?: object;
  readonly ref?: object;
  readonly actions?: readonly string[];
  readonly params?: readonly object[];
  readonly object?: object;
}

function param(namespace: string, data: object = { max: '5' }): object {
  return { ...configMaps, metadata: { name: 'limits', namespace }, data };
}

function sent(n: string): object {
  return { ...configMaps, metadata: { name: 'sent', namespace: 'app' }, data: { n } };
}

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

/** The messages of errors, with what they are about. */
function refused({ policy, ref, actions = ['Deny'], params = [], object = sent('1') }: Case): string[] {
  const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'] };
  const resources = ['configmaps', 'namespaces'];
  const exclude = { ...rule, resources, resourceNames: ['limits', 'app', 'params'] };
  const objects = [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'sizes' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ ...rule, resources }], excludeResourceRules: [exclude] },
        ...policy,
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'bound' },
      spec: {
        policyName: 'sizes',
        validationActions: actions,
        ...(ref === undefined ? {} : { paramRef: { parameterNotFoundAction: 'Deny', ...ref } }),
      },
    },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'app' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'params' } },
    ...params,
    object,
  ];
  const text = objects.map((one) => JSON.stringify(one)).join('\n---\n');
  const { findings } = lintFiles({ 'm/all.yaml': text }, { only: ['sizes'] });
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ object: about, message }) => `${about?.kind}: ${message}`);
}

const limits = { name: 'limits', namespace: 'params' };
const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
const validations = [{ expression: atMost, messageExpression: "'at most ' + params.data.max" }];
const anyway = [{ expression: 'true' }];

describe('parameters of a policy', () => {
  test.each<[string, Case, string[]]>([
    ['that are there', { ref: limits, params: [param('params')] }, []],
    ['that refuse', { ref: limits, params: [param('params')], object: sent('9') }, ['ConfigMap: at most 5']],
    [
      'without a namespace are looked for in the one of the object',
      { ref: { name: 'limits' }, params: [param('app')], object: sent('9') },
      ['ConfigMap: at most 5'],
    ],
    [
      'of a Namespace are looked for in itself',
      { ref: { name: 'limits' }, params: [param('app')], object: namespace },
      [
        'ValidatingAdmissionPolicyBinding: policy sizes has no params for binding bound: nothing here provides a ConfigMap limits in namespace shop',
      ],
    ],
    [
      'of a kind without namespaces take none',
      {
        policy: { paramKind: { apiVersion: 'v1', kind: 'Namespace' }, validations: anyway },
        ref: { name: 'app', namespace: 'params' },
      },
      [
        'ValidatingAdmissionPolicyBinding: policy sizes has no params for binding bound: a Namespace has no namespace, but paramRef names one',
      ],
    ],
    [
      'of a kind that no server has are refused even if missing ones are allowed',
      {
        policy: { paramKind: { apiVersion: 'v1', kind: 'configmaps' }, validations: anyway },
        ref: { ...limits, parameterNotFoundAction: 'Allow' },
      },
      ['ValidatingAdmissionPolicy: policy sizes has no params: there is no kind configmaps in v1'],
    ],
    [
      'of a custom kind that another repository may define',
      {
        policy: { paramKind: { apiVersion: 'rules.example.com/v1', kind: 'Limit' }, validations: anyway },
        ref: { ...limits, parameterNotFoundAction: 'Allow' },
      },
      [],
    ],
  ])('%s', (_, one, expected) => {
    expect(refused({ ...one, policy: one.policy ?? { paramKind, validations } })).toEqual(expected);
  });
});

describe('audit annotations', () => {
  const auditAnnotations = [{ key: 'note', valueExpression: "'n is ' + object.data.gone" }];
  const fails =
    "ConfigMap: the policy could not be evaluated: no such key: gone, in 'n is ' + object.data.gone";

  test('refuse what they cannot be computed for, whatever the binding does', () => {
    expect(refused({ policy: { auditAnnotations } })).toEqual([fails]);
    expect(refused({ policy: { auditAnnotations }, actions: ['Audit'] })).toEqual([fails]);
    expect(refused({ policy: { auditAnnotations, failurePolicy: 'Ignore' } })).toEqual([]);
  });
});

test('conditions see no namespace', () => {
  const condition = (expression: string): object => ({
    matchConditions: [{ name: 'a', expression }],
    validations: [{ expression: 'false', message: 'no' }],
  });
  expect(refused({ policy: condition("'a' in namespaceObject.metadata.labels") })).toEqual([
    "ConfigMap: the policy could not be evaluated: no such key: metadata, in 'a' in namespaceObject.metadata.labels",
  ]);
  expect(refused({ policy: condition('namespaceObject != null') })).toEqual([]);
});

test('a message that is too long is left out', () => {
  const message = (size: number): string[] =>
    refused({
      policy: {
        validations: [{ expression: 'false', message: 'short', messageExpression: 'object.data.n + ""' }],
      },
      object: sent('y'.repeat(size)),
    });
  expect(message(5120)).toEqual([`ConfigMap: ${'y'.repeat(5120)}`]);
  expect(message(5121)).toEqual(['ConfigMap: short']);
});

test('what policies change on the way is said to be not computed', () => {
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'labels' },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
        ],
      },
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } }],
    },
  };
  expect(lintFiles({ 'm/policy.yaml': JSON.stringify(policy) }, {}).coverage.notRendered).toEqual([
    'MutatingAdmissionPolicy labels: its changes at admission are not computed here',
  ]);
});
