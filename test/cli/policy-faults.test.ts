import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';

const deployment = (namespace = 'shop') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: shop/web:1}]}
`;

const limits = (max: number, namespace = 'shop') => `apiVersion: v1
kind: ConfigMap
metadata: {name: limits, namespace: ${namespace}, labels: {use: limits}}
data: {max: "${max}"}
`;

interface Given {
  readonly spec?: string;
  readonly expression?: string;
  readonly paramRef?: string;
  readonly actions?: string;
}

/** Each line of the answers below counts from here. */
function policy({ spec = '', expression, paramRef, actions = 'Deny' }: Given = {}): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few-replicas}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
${paramRef === undefined ? '' : '  paramKind: {apiVersion: v1, kind: ConfigMap}\n'}${spec}  validations:
    - expression: ${expression ?? 'object.spec.replicas <= int(params.data.max)'}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: bound}
spec:
  policyName: few-replicas
  validationActions: [${actions}]
${paramRef === undefined ? '' : `  paramRef: ${paramRef}\n`}`;
}

const named = '{name: limits, parameterNotFoundAction: Deny}';

function findings(files: Record<string, string>): string[] {
  return told(lintFiles(files, { only: ['few-replicas', 'invalid-policy', 'invalid-value'] }));
}

function told({ findings: found }: Report): string[] {
  return found.map(({ severity, rule, message, span }) => {
    const line = span.file.text.slice(0, span.start).split('\n').length;
    return `${severity} ${span.file.path}:${line} ${rule} ${message}`;
  });
}

const build = (name: string, ...files: string[]) => ({
  [`${name}/kustomization.yaml`]: `resources: [${files.map((file) => `${file}.yaml`).join(', ')}]\n`,
});

const refused =
  'error app/web.yaml:5 few-replicas failed expression: object.spec.replicas <= int(params.data.max)';
const nothingBrings = (line: number, severity = 'error') =>
  `${severity} app/policy.yaml:${line} few-replicas policy few-replicas has no params for binding bound: nothing here provides a ConfigMap limits`;

describe('parameters', () => {
  const app = { ...build('app', 'web', 'policy'), 'app/web.yaml': deployment() };

  test.each([
    ['by name', named],
    ['by name and namespace', '{name: limits, namespace: shop, parameterNotFoundAction: Deny}'],
    ['by a selector', '{selector: {matchLabels: {use: limits}}, parameterNotFoundAction: Deny}'],
  ])('%s, in the same build and in another one', (_, paramRef) => {
    const files = { ...app, 'app/policy.yaml': policy({ paramRef }) };
    const same = { ...files, ...build('app', 'web', 'policy', 'limits') };
    expect(findings({ ...same, 'app/limits.yaml': limits(2) })).toEqual([refused]);
    expect(findings({ ...same, 'app/limits.yaml': limits(3) })).toEqual([]);
    const other = { ...files, ...build('config', 'limits') };
    expect(findings({ ...other, 'config/limits.yaml': limits(2) })).toEqual([refused]);
    expect(findings({ ...other, 'config/limits.yaml': limits(3) })).toEqual([]);
    expect(findings({ ...files, 'plain/limits.yaml': limits(2) })).toEqual([refused]);
  });

  test('are those of the own build where there are several, and certain where there are none', () => {
    const files = {
      ...build('app', 'web', 'policy'),
      ...app,
      'app/policy.yaml': policy({ paramRef: named }),
      ...build('one', 'limits'),
      'one/limits.yaml': limits(2),
      ...build('two', 'limits'),
      'two/limits.yaml': limits(9),
    };
    expect(findings(files)).toEqual([]);
    expect(findings({ ...files, 'two/limits.yaml': limits(1) })).toEqual([refused]);
    const own = { ...files, ...build('app', 'web', 'policy', 'limits'), 'app/limits.yaml': limits(1) };
    expect(findings(own)).toEqual([refused]);
  });

  test('that nothing brings are told of at paramRef, with what failurePolicy makes of it', () => {
    const files = { ...app, 'app/policy.yaml': policy({ paramRef: named }) };
    expect(findings(files)).toEqual([nothingBrings(18)]);
    const [first] = lintFiles(files, { only: ['few-replicas'] }).findings;
    expect(first?.help).toContain('failurePolicy: Fail refuses every object that it matches');
    // Whatever the binding does with violations: it is misconfigured.
    const warned = { ...app, 'app/policy.yaml': policy({ paramRef: named, actions: 'Warn' }) };
    expect(findings(warned)).toEqual([nothingBrings(18)]);
    const spec = '  failurePolicy: Ignore\n';
    const ignored = { ...app, 'app/policy.yaml': policy({ paramRef: named, spec }) };
    expect(findings(ignored)).toEqual([nothingBrings(19, 'note')]);
    const allowed = named.replace('Deny', 'Allow');
    expect(findings({ ...app, 'app/policy.yaml': policy({ paramRef: allowed }) })).toEqual([]);
  });

  test('may come with the cluster where nothing describes their kind', () => {
    const ofOthers = policy({ paramRef: '{name: version, parameterNotFoundAction: Deny}' }).replace(
      '{apiVersion: v1, kind: ConfigMap}',
      '{apiVersion: config.example.com/v1, kind: Limits}',
    );
    const told = findings({ 'app/policy.yaml': ofOthers });
    expect(told).toEqual([expect.stringMatching(/^warning .* nothing here provides a Limits version$/)]);
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: limits.config.example.com}
spec:
  group: config.example.com
  scope: Cluster
  names: {plural: limits, singular: limit, kind: Limits, listKind: LimitsList}
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`;
    expect(findings({ 'app/policy.yaml': ofOthers, 'app/crd.yaml': crd })[0]).toMatch(/^error /);
  });

  test('are looked for in the namespace of the object, where paramRef names none', () => {
    const files = {
      ...build('app', 'web', 'policy', 'limits'),
      'app/web.yaml': deployment(),
      'app/policy.yaml': policy({ paramRef: named }),
      'app/limits.yaml': limits(2, 'other'),
    };
    expect(findings(files)).toEqual([`${nothingBrings(18)} in namespace shop`]);
    const given = policy({ paramRef: '{name: limits, namespace: other, parameterNotFoundAction: Deny}' });
    expect(findings({ ...files, 'app/policy.yaml': given })).toEqual([refused]);
  });

  test('a policy without objects is told of its parameters too', () => {
    expect(findings({ ...build('app', 'policy'), 'app/policy.yaml': policy({ paramRef: named }) })).toEqual([
      nothingBrings(18),
    ]);
  });

  test('of a policy of the catalogue are what the build brings', () => {
    const labels = `apiVersion: v1
kind: ConfigMap
metadata: {name: cdb-lint-required-labels, namespace: kube-public}
data: {team: .+}
`;
    const files = { ...build('app', 'web'), 'app/web.yaml': deployment() };
    const rules = (more: Record<string, string>) =>
      lintFiles({ ...files, ...more }, { only: ['required-label-missing'] }).findings.map(({ rule }) => rule);
    expect(rules({})).toEqual([]);
    expect(rules({ ...build('base', 'labels'), 'base/labels.yaml': labels })).toEqual([
      'required-label-missing',
    ]);
  });
});

describe('a policy at fault', () => {
  const files = (given: Given) => ({
    ...build('app', 'web', 'policy'),
    'app/web.yaml': deployment(),
    'app/policy.yaml': policy(given),
  });

  test('that does not compile is one finding, and nothing was checked by it', () => {
    const report = lintFiles(files({ expression: 'object.spec.replicas > nope' }));
    expect(told(report).filter((line) => line.includes('policy.yaml'))).toEqual([
      "error app/policy.yaml:9 invalid-policy policy few-replicas does not compile: undeclared reference to 'nope' (in container '')",
    ]);
    expect(report.exitCode).toBe(2);
    expect(report.unchecked.map(({ what }) => what)).toContain('nothing was checked by policy few-replicas');
  });

  const thousand = 'lists.range(1000)';
  const costly = `${thousand}.all(a, ${thousand}.all(b, a + b >= 0))`;

  test('that exceeds the budget of one expression is told of at the expression', () => {
    const message =
      /^error app\/policy\.yaml:9 few-replicas the policy could not be evaluated: call cost limit exceeded/u;
    const report = lintFiles(files({ expression: costly }), { only: ['few-replicas'] });
    expect(told(report)).toEqual([expect.stringMatching(message)]);
    expect(report.findings[0]?.help).toContain('failurePolicy: Fail refuses the object');
    expect(report.findings[0]?.related.map(({ span }) => span.file.path)).toEqual(['app/web.yaml']);
    const ignored = lintFiles(files({ expression: costly, spec: '  failurePolicy: Ignore\n' }), {
      only: ['few-replicas'],
    });
    expect(ignored.findings[0]).toMatchObject({
      severity: 'note',
      help: expect.stringContaining('failurePolicy: Ignore lets the object pass'),
    });
  });

  test('that exceeds the budget of all its expressions together is told of where nothing was left', () => {
    const ten = '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]';
    const part = ['a', 'b', 'c', 'd', 'e'].reduceRight(
      (body, name) => `${ten}.all(${name}, ${body})`,
      'true',
    );
    const expression = `"true"\n${Array.from({ length: 60 }, () => `    - expression: "${part}"\n`).join('')}`;
    const found = findings(files({ expression }));
    expect(found.at(-1)).toContain('the policy has spent its cost budget for one object');
    expect(found.at(-1)).toMatch(/^error app\/policy\.yaml:[2-7]\d few-replicas/u);
    const half = expression.split('\n').slice(0, 20).join('\n');
    expect(findings(files({ expression: half }))).toEqual([]);
  });

  test('whose conditions cost too much is told of at the condition', () => {
    const spec = `  matchConditions: [{name: a, expression: "${costly}"}]\n`;
    expect(findings(files({ expression: '"true"', spec }))).toEqual([
      expect.stringMatching(/^error app\/policy\.yaml:8 few-replicas .*call cost limit exceeded/u),
    ]);
  });

  test('that stumbles over an object is told of there, with the expression next to it', () => {
    const report = lintFiles(files({ expression: 'object.spec.minReadySeconds > object.spec.nope' }), {
      only: ['few-replicas'],
    });
    expect(report.findings).toMatchObject([
      {
        message: expect.stringContaining('no such key: minReadySeconds'),
        help: expect.stringContaining('failurePolicy: Fail refuses the object'),
        span: { file: { path: 'app/web.yaml' } },
        related: [{ message: 'the expression that fails', span: { file: { path: 'app/policy.yaml' } } }],
      },
    ]);
  });

  test('a condition that is false leaves an object out, whatever another one stumbles over', () => {
    const spec =
      '  matchConditions: [{name: a, expression: "object.nope == 1"}, {name: b, expression: "false"}]\n';
    expect(findings(files({ expression: '"false"', spec }))).toEqual([]);
  });
});
