import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';

const rule = '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}';

describe('a ValidatingAdmissionPolicy', () => {
  const policy = (validations: string, more = '') =>
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: p.example.com}\nspec:\n  matchConstraints: {resourceRules: [${rule}]}\n  validations: ${validations}\n${more}`;

  test.each([
    ['a comparison', '[{expression: object.spec.replicas <= 5}]', ''],
    [
      'a variable',
      '[{expression: variables.many}]',
      '  variables: [{name: many, expression: "object.spec.replicas > 5"}]',
    ],
    ['a message', `[{expression: "true", messageExpression: "'too ' + 'many'"}]`, ''],
  ])('with %s is accepted', (_, validations, more) => {
    expect(judge(policy(validations, more))).toEqual([]);
  });

  test.each([
    ['no validation', '[]', '', 'Required spec.validations'],
    ['a syntax error', '[{expression: "object.spec <="}]', '', 'Invalid spec.validations[0].expression'],
    ['an unknown name', '[{expression: foo.bar}]', '', 'Invalid spec.validations[0].expression'],
    ['a string for a bool', `[{expression: "'yes'"}]`, '', 'Invalid spec.validations[0].expression'],
    [
      'an unknown reason',
      '[{expression: "true", reason: Nope}]',
      '',
      'NotSupported spec.validations[0].reason',
    ],
    [
      'a variable that is not a name',
      '[{expression: "true"}]',
      '  variables: [{name: a-b, expression: "1"}]',
      'Invalid spec.variables[0].name',
    ],
    [
      'a condition without a name',
      '[{expression: "true"}]',
      '  matchConditions: [{expression: "true"}]',
      'Required spec.matchConditions[0].name',
    ],
    [
      'a kind of three parts',
      '[{expression: "true"}]',
      '  paramKind: {apiVersion: a/b/c, kind: K}',
      'Invalid spec.paramKind.apiVersion',
    ],
  ])('with %s is refused', (_, validations, more, error) => {
    expect(judge(policy(validations, more))).toEqual([error]);
  });
});

describe('a ValidatingAdmissionPolicyBinding', () => {
  const binding = (spec: string) =>
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {policyName: p, ${spec}}`;

  test('says what happens, once', () => {
    expect(judge(binding('validationActions: [Deny, Audit]'))).toEqual([]);
    expect(judge(binding('validationActions: []'))).toEqual(['Required spec.validationActions']);
    expect(judge(binding('validationActions: [Deny, Warn]'))).toEqual(['Invalid spec.validationActions']);
    expect(judge(binding('validationActions: [deny]'))).toEqual(['NotSupported spec.validationActions[0]']);
  });

  test('names its parameters one way', () => {
    expect(
      judge(binding('validationActions: [Deny], paramRef: {name: a, parameterNotFoundAction: Deny}')),
    ).toEqual([]);
    expect(
      judge(
        binding(
          'validationActions: [Deny], paramRef: {name: a, selector: {}, parameterNotFoundAction: Deny}',
        ),
      ),
    ).toEqual(['Forbidden spec.paramRef.selector']);
  });
});

describe('a webhook', () => {
  const webhook = (fields: string) =>
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks: [{${fields}}]`;
  const base = 'name: a.example.com, sideEffects: None, admissionReviewVersions: [v1]';
  const service = 'clientConfig: {service: {name: s, namespace: n, path: /v}}';

  test('is accepted with a service or a URL', () => {
    expect(judge(webhook(`${base}, ${service}, rules: [${rule}]`))).toEqual([]);
    expect(judge(webhook(`${base}, clientConfig: {url: "https://example.com/v"}`))).toEqual([]);
  });

  test.each([
    [
      'a short name',
      `name: example.com, sideEffects: None, admissionReviewVersions: [v1], ${service}`,
      'Invalid webhooks[0].name',
    ],
    [
      'side effects',
      `name: a.example.com, sideEffects: Some, admissionReviewVersions: [v1], ${service}`,
      'NotSupported webhooks[0].sideEffects',
    ],
    [
      'an old review',
      `name: a.example.com, sideEffects: None, admissionReviewVersions: [v2], ${service}`,
      'Invalid webhooks[0].admissionReviewVersions',
    ],
    [
      'plain HTTP',
      `${base}, clientConfig: {url: "http://example.com"}`,
      'Invalid webhooks[0].clientConfig.url',
    ],
    ['no client', base, 'Required webhooks[0].clientConfig'],
    ['a long wait', `${base}, ${service}, timeoutSeconds: 31`, 'Invalid webhooks[0].timeoutSeconds'],
    [
      'a star and more',
      `${base}, ${service}, rules: [{apiGroups: ["*", apps], apiVersions: [v1], operations: [CREATE], resources: [pods]}]`,
      'Invalid webhooks[0].rules[0].apiGroups',
    ],
  ])('with %s is refused', (_, fields, error) => {
    expect(judge(webhook(fields))).toEqual([error]);
  });
});

describe('a CustomResourceDefinition', () => {
  const at = 'spec.versions[0].schema.openAPIV3Schema';
  const definition = (schema: string, version = 'storage: true', group = 'example.com') =>
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: as.${group}}\nspec:\n  group: ${group}\n  scope: Namespaced\n  names: {plural: as, kind: A}\n  versions: [{name: v1, served: true, ${version}, schema: {openAPIV3Schema: ${schema}}}]`;
  const spec = (fields: string) =>
    `{type: object, properties: {spec: {type: object, properties: {a: {${fields}}}}}}`;
  const field = `${at}.properties.spec.properties.a`;

  test.each([
    ['anything', '{type: object, x-kubernetes-preserve-unknown-fields: true}'],
    ['an int or string', spec('x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]')],
    ['a default', spec('type: string, default: x, enum: [x, y]')],
    [
      'a list map',
      spec(
        'type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [n], items: {type: object, required: [n], properties: {n: {type: string}}}',
      ),
    ],
    [
      'a rule',
      '{type: object, properties: {spec: {type: object, properties: {a: {type: integer}}, x-kubernetes-validations: [{rule: "!has(self.a) || self.a > 1"}]}}}',
    ],
  ])('with %s is accepted', (_, schema) => {
    expect(judge(definition(schema))).toEqual([]);
  });

  test.each([
    ['no type', spec('description: x'), `Required ${field}.type`],
    ['an array of nothing', spec('type: array'), `Required ${field}.items`],
    ['a bad pattern', spec('type: string, pattern: "["'), `Invalid ${field}.pattern`],
    ['a default outside its enum', spec('type: string, default: z, enum: [x]'), `Invalid ${field}.default`],
    [
      'a default with unknown fields',
      spec('type: object, properties: {b: {type: string}}, default: {c: x}'),
      `Invalid ${field}.default.c`,
    ],
    ['a type in a branch', spec('type: string, anyOf: [{type: string}]'), `Forbidden ${field}.anyOf[0].type`],
    [
      'a list map without keys',
      spec('type: array, x-kubernetes-list-type: map, items: {type: object}'),
      `Required ${field}.x-kubernetes-list-map-keys`,
    ],
    [
      'a rule about a field that is not there',
      spec('type: object, x-kubernetes-validations: [{rule: self.b}]'),
      `Invalid ${field}.x-kubernetes-validations[0].rule`,
    ],
  ])('with %s is refused', (_, schema, error) => {
    expect(judge(definition(schema))).toEqual([error]);
  });

  test('is named after its plural and group, and stores one version', () => {
    const yaml = definition('{type: object}');
    expect(judge(yaml.replace('name: as.example.com', 'name: bs.example.com'))).toEqual([
      'Invalid metadata.name',
    ]);
    expect(judge(yaml.replace('storage: true', 'storage: false'))).toEqual(['Invalid spec.versions']);
    expect(judge(definition('{type: object}', 'storage: true', 'x.k8s.io'))).toEqual([
      'Required metadata.annotations[api-approved.kubernetes.io]',
    ]);
  });
});
