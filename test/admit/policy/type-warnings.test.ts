import { describe, expect, test } from 'vitest';
import { compilePolicies } from '../../../src/admit/policy/compile-policies.ts';
import type { Diagnostic } from '../../../src/diagnostic/diagnostic.ts';
import { readPlainManifests } from '../../../src/object/plain-manifests.ts';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { supportedVersions } from '../../../src/schema/facts.ts';
import { diskFileSystem } from '../../../src/source/disk.ts';
import { openSources } from '../../../src/source/load.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';

const widgets = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: {type: integer}
                port: {x-kubernetes-int-or-string: true}
                open:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                template:
                  type: object
                  x-kubernetes-embedded-resource: true
                  x-kubernetes-preserve-unknown-fields: true
                labels:
                  type: object
                  additionalProperties: {type: string}
`;

interface Given {
  readonly rules?: string;
  readonly spec?: string;
  readonly kubernetesVersion?: string;
}

const deployments = '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}';
const pods = '{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}';

function diagnosticsOf(text: string, kubernetesVersion = '1.36'): readonly Diagnostic[] {
  const sources = openSources(memoryFileSystem({ 'policy.yaml': text, 'crd.yaml': widgets }));
  const { resources } = readPlainManifests(sources, ['policy.yaml', 'crd.yaml']);
  const customKinds = customKindsOf(resources.map(({ object }) => object));
  return compilePolicies(resources, { kubernetesVersion, customKinds }).diagnostics;
}

function policy(expression: string, { rules = deployments, spec = '' }: Given): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: sample}
spec:
  matchConstraints:
    resourceRules: [${rules}]
${spec}  validations:
    - expression: ${JSON.stringify(expression)}
`;
}

function warnings(expression: string, given: Given = {}): string[] {
  return diagnosticsOf(policy(expression, given), given.kubernetesVersion).map(
    ({ severity, message }) => `${severity} ${message.replace('policy sample ', '')}`,
  );
}

describe('expressions that fit', () => {
  test.each([
    "object.spec.replicas > 1 && object.metadata.labels.app == 'web' && object.metadata.namespace != ''",
    'object.spec.template.spec.containers.all(c, c.ports.all(p, p.containerPort > 1024))',
    // At runtime a quantity is a number or a text; the server's warning of an undefined field is its own mistake.
    "object.spec.template.spec.containers.all(c, quantity(c.resources.limits['memory']).isLessThan(quantity('1Gi')))",
    "object.spec.strategy.rollingUpdate.maxSurge == 1 || object.spec.strategy.rollingUpdate.maxSurge == '25%'",
    '(object.spec.template.spec.containers + object.spec.template.spec.initContainers).all(c, has(c.image))',
    "object.spec.template.spec.?securityContext.?runAsNonRoot.orValue(false) || 'a' in object.metadata.annotations",
    "object.spec.template.spec.?securityContext.orValue({}).size() == 0 && timestamp(object.metadata.creationTimestamp) > timestamp('2024-01-01T00:00:00Z')",
    'dyn(object).whatever == 1 && oldObject == null',
    "request.userInfo.groups.exists(g, g == 'a') && request.kind.kind == 'Deployment' && request.options.x == 1",
    "namespaceObject.metadata.labels['env'] == 'prod'",
    "authorizer.group('apps').resource('deployments').namespace('a').check('create').allowed() && authorizer.requestResource.check('x').allowed()",
  ])('%s', (expression) => {
    expect(warnings(expression)).toEqual([]);
  });

  test('of a custom resource', () => {
    const rules = '{apiGroups: [example.com], apiVersions: [v1], operations: [CREATE], resources: [widgets]}';
    const fitting =
      "object.spec.size > 1 && object.spec.port == 'http' && object.spec.open.a.b == 1 && object.spec.template.metadata.labels.x == 'y' && object.spec.template.spec.z && object.spec.labels.a == 'b' && object.metadata.labels.c == 'd'";
    expect(warnings(fitting, { rules })).toEqual([]);
    expect(warnings('object.spec.sise > 1', { rules })).toEqual([
      "warning does not fit Widget: undefined field 'sise'",
    ]);
    expect(warnings("object.spec.size == 'a'", { rules })).toEqual([
      "warning does not fit Widget: found no matching overload for '_==_' applied to '(int, string)'",
    ]);
  });
});

describe('expressions that do not fit', () => {
  test.each([
    ['object.replicas > 1', "undefined field 'replicas'"],
    ["object.spec.replicas == '1'", "found no matching overload for '_==_' applied to '(int, string)'"],
    [
      'object.spec.template.spec.containers.name == "a"',
      "type 'list(object)' does not support field selection",
    ],
    ['has(object.spec.template.spec.container)', "undefined field 'container'"],
    ['object.spec.template.spec.containers.all(c, c.nam != "")', "undefined field 'nam'"],
    ['object.spec.paused.startsWith("a")', "applied to 'bool.(string)'"],
    ['object.spec.?replica.orValue(1) > 1', "undefined field 'replica'"],
    ['object.metadata.labels.app > 1', "applied to '(string, int)'"],
  ])('%s', (expression, problem) => {
    const found = warnings(expression);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^warning does not fit Deployment: /u);
    expect(found[0]).toContain(problem);
  });

  test('are told at their word, with what was meant', () => {
    const text = policy('true', {}).replace(
      '"true"',
      '>-\n        object.spec.replicas > 0\n        && object.spec.replica < 9',
    );
    const [only] = diagnosticsOf(text);
    expect(only).toMatchObject({
      rule: 'expression-mistyped',
      field: 'spec.validations[0].expression',
      help: expect.stringContaining(
        'Write replicas: the API server accepts the policy and warns in its status',
      ),
    });
    const { start = 0, end = 0 } = only?.span ?? {};
    expect(text.slice(start, end)).toBe('replica');
    expect(text.slice(0, start).split('\n')).toHaveLength(10);
  });
});

describe('which kinds', () => {
  test('each is checked for itself', () => {
    expect(warnings('object.spec.containers.size() > 0', { rules: `${deployments}, ${pods}` })).toEqual([
      "warning does not fit Deployment: undefined field 'containers'",
    ]);
    expect(warnings('object.spec.nope', { rules: `${deployments}, ${pods}` })).toEqual([
      'error does not compile: must evaluate to bool but got dyn',
    ]);
    expect(warnings('object.spec.nope == 1', { rules: `${deployments}, ${pods}` })).toEqual([
      "warning does not fit Deployment, Pod: undefined field 'nope'",
    ]);
  });

  test.each([
    '{apiGroups: ["*"], apiVersions: [v1], operations: [CREATE], resources: [deployments]}',
    '{apiGroups: [apps], apiVersions: ["*"], operations: [CREATE], resources: [deployments]}',
    '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: ["*"]}',
    '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments/scale]}',
    '{apiGroups: [unknown.example.com], apiVersions: [v1], operations: [CREATE], resources: [things]}',
    '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [wishes]}',
  ])('nothing is known of %s', (rules) => {
    expect(warnings('object.nope == 1', { rules })).toEqual([]);
  });

  test('ten at most', () => {
    const resources = [
      'configmaps, endpoints, events, limitranges, persistentvolumeclaims, podtemplates',
      'replicationcontrollers, resourcequotas, secrets, serviceaccounts, services, pods',
    ].join(', ');
    const rules = `{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [${resources}]}`;
    expect(warnings('object.nope == 1', { rules })[0]?.split(',')).toHaveLength(10);
  });

  test('fields of the version that checks', () => {
    const rules = pods;
    const expression = 'object.spec.resources.limits.size() > 0';
    expect(warnings(expression, { rules, kubernetesVersion: '1.30' })).toHaveLength(1);
    expect(warnings(expression, { rules, kubernetesVersion: '1.34' })).toEqual([]);
  });
});

describe('variables', () => {
  test('keep simple types and lists of them', () => {
    const spec =
      '  variables: [{name: count, expression: object.spec.replicas}, {name: l, expression: "[1]"}]\n';
    expect(warnings("variables.count == 'a'", { spec })).toEqual([
      expect.stringContaining("'(int, string)'"),
    ]);
    expect(warnings("'a' in variables.l", { spec })).toEqual([
      "error does not compile: found no matching overload for '@in' applied to '(string, list(int))'",
    ]);
  });

  test('objects are dynamic in them', () => {
    const spec = '  variables: [{name: s, expression: object.spec}]\n';
    expect(warnings('variables.s.nope == 1', { spec })).toEqual([]);
  });

  test('that fit no kind are told of, unless they ask for the kind', () => {
    const variable = (expression: string) => `  variables: [{name: v, expression: "${expression}"}]\n`;
    const fits = (expression: string, rules: string) =>
      warnings('true', { spec: variable(expression), rules });
    expect(fits('object.spec.template.spc', deployments)).toEqual([
      "warning does not fit Deployment: undefined field 'spc'",
    ]);
    expect(fits('object.spec.containers', `${pods}, ${deployments}`)).toEqual([]);
    expect(fits("object.kind == 'Job' ? object.spec.parallelism : 1", deployments)).toEqual([]);
  });
});

test('a validation that asks for the kind is told of only where it fits none', () => {
  const rules = `${pods}, ${deployments}`;
  const branch = (field: string) =>
    warnings(`object.kind != 'Pod' || object.spec.${field}.all(c, has(c.image))`, { rules });
  expect(branch('containers')).toEqual([]);
  expect(branch('contaners')).toEqual(["warning does not fit Pod, Deployment: undefined field 'contaners'"]);
  expect(warnings('object.spec.containers.all(c, has(c.image))', { rules })).toEqual([
    "warning does not fit Deployment: undefined field 'containers'",
  ]);
});

describe('what the server refuses, whatever the objects are', () => {
  test.each([
    ['request.operatoin == "CREATE"', "undefined field 'operatoin'"],
    ['request.userInfo.name == "a"', "undefined field 'name'"],
    ['namespaceObject.metadata.uid == "a"', "undefined field 'uid'"],
    [
      'authorizer.allowed()',
      "found no matching overload for 'allowed' applied to 'kubernetes.authorization.Authorizer.()'",
    ],
    ['object.spec.paused', 'must evaluate to bool but got dyn'],
    ['object.metadata.name + 1 == "a"', "'(int, string)'"],
    ['params.data.x == "a"', "undeclared reference to 'params'"],
  ])('%s', (expression, problem) => {
    expect(warnings(expression)).toEqual([expect.stringContaining(`error does not compile: `)]);
    expect(warnings(expression)[0]).toContain(problem);
  });

  test('an audit annotation may be null, a condition may read params', () => {
    const spec = `  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConditions: [{name: a, expression: "params.data.on == 'yes'"}]
  auditAnnotations: [{key: a, valueExpression: "object.spec.replicas > 5 ? 'many' : 'few'"}, {key: b, valueExpression: "null"}]
`;
    expect(warnings("params.data.x == 'a'", { spec })).toEqual([]);
    expect(warnings("params.dat.x == 'a'", { spec })).toEqual([
      "warning does not fit Deployment: undefined field 'dat'",
    ]);
  });
});

test.each(supportedVersions().filter((version) => version !== '1.29'))(
  'our own policies fit Kubernetes %s',
  (kubernetesVersion) => {
    const sources = openSources(diskFileSystem(new URL('../../../', import.meta.url).pathname));
    const files = (sources.fileSystem.list('policies/base') ?? []).flatMap(({ name }) =>
      name.endsWith('.yaml') && name !== 'kustomization.yaml' ? [`policies/base/${name}`] : [],
    );
    const { resources } = readPlainManifests(sources, files);
    const { policies, diagnostics } = compilePolicies(resources, { kubernetesVersion });
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    expect(policies).toHaveLength(files.length);
  },
);
