import { describe, expect, it } from 'vitest';
import { looksAtNoName } from '../../../src/admit/policy/alike.ts';
import { builtInPolicies } from '../../../src/admit/policy/built-in.ts';
import { lintFiles } from '../../support/lint-files.ts';

const base = {
  'base/kustomization.yaml': 'resources: [a.yaml]\n',
  'base/a.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: a, annotations: {object: "yes"}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
`,
  'o1/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
  'o2/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n',
};

function policy(expression: string, more = ''): Record<string, string> {
  const document = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'asked' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
        ],
      },
      variables: more === '' ? [] : [{ name: 'it', expression: more }],
      validations: [{ expression }],
    },
  };
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'asked' },
    spec: { policyName: 'asked', validationActions: ['Deny'] },
  };
  const documents = [document, binding].map((one) => JSON.stringify(one)).join('\n---\n');
  return { 'policies/kustomization.yaml': 'resources: [p.yaml]\n', 'policies/p.yaml': documents };
}

/** The objects of which a policy says something. */
function refused(files: Record<string, string>): string[] {
  const { findings } = lintFiles({ ...base, ...files });
  const ofPolicy = findings.filter(({ rule }) => rule === 'asked');
  return ofPolicy
    .flatMap(({ occurrences }) => occurrences.map(({ object }) => object?.name ?? ''))
    .filter((name) => name !== 'web')
    .sort();
}

describe('objects that differ in their names alone', () => {
  it('are found the same by a policy that looks at no name', () => {
    expect(refused(policy('object.spec.replicas < 3'))).toEqual(['a-web', 'b-web']);
    expect(refused(policy('object.spec.replicas < 4'))).toEqual([]);
  });

  it.each([
    ['the field', "object.metadata.name != 'b-web'", ''],
    ['the field by its index', "object['metadata'].name != 'b-web'", ''],
    ['an optional field', "object.?metadata.name.orValue('') != 'b-web'", ''],
    ['the request', "request.name != 'b-web'", ''],
    ['a variable', "variables.it != 'b-web'", 'object.metadata.name'],
    ['the object as a variable', "variables.it.metadata.name != 'b-web'", 'object'],
    [
      'what looks like a Pod alone',
      "variables.it.metadata.name != 'b-web'",
      "object.kind == 'Deployment' || object.kind == 'Pod' ? object : object",
    ],
    ['behind a raw text', "r'\\' == '' || object.metadata.name != 'b-web'", ''],
  ])('are told apart by one that looks at %s', (_, expression, variable) => {
    expect(refused(policy(expression, variable))).toEqual(['b-web']);
  });
});

it('policies of the catalogue that look at data, rules or what encloses them look at no name', () => {
  const named = builtInPolicies()
    .filter((policy) => !looksAtNoName(policy))
    .map(({ name }) => name);
  expect(named).toEqual(['secret-in-git']);
});
