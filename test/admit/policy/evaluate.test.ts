import { describe, expect, test } from 'vitest';
import { compilePolicies } from '../../../src/admit/policy/compile-policies.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import type { PolicyViolation } from '../../../src/admit/policy/violation.ts';
import { originOfDocument, untracked } from '../../../src/object/provenance.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, type Mapping } from '../../../src/source/value.ts';
import { callsOf, countCalls } from '../../support/call-counts.ts';
import { mappingOf } from '../../support/mapping-of.ts';

interface Given {
  readonly validations: readonly object[];
  readonly variables?: readonly object[];
  readonly spec?: object;
  readonly binding?: object;
  readonly others?: readonly object[];
}

function compiled({ validations, variables = [], spec = {}, binding = {}, others = [] }: Given) {
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'sample' },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['apps'],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['deployments'],
          },
        ],
      },
      validations,
      variables,
      ...spec,
    },
  };
  const bound = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'sample' },
    spec: { policyName: 'sample', validationActions: ['Deny'], ...binding },
  };
  const objects = [policy, bound, ...others].map((object) => mappingOf(object) as Mapping);
  return compilePolicies(objects.map((object) => ({ object, origin: untracked })));
}

function deployment(podSpec: object, metadata: object = {}): Mapping {
  return mappingOf({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: { replicas: 2, template: { spec: podSpec } },
  }) as Mapping;
}

const pods = deployment({
  initContainers: [{ name: 'wait', image: 'busybox' }],
  containers: [
    { name: 'a', resources: { limits: { memory: '1Gi' } }, args: ['run', '--token=x'] },
    { name: 'b', resources: { limits: { cpu: '1' } } },
    { name: 'c' },
  ],
});

function judge(given: Given, object: Mapping = pods): PolicyViolation[] {
  const { policies, diagnostics } = compiled(given);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return evaluatePolicies(policies, { operation: 'CREATE', object });
}

function paths(given: Given | string, object?: Mapping): string[] {
  const violations = judge(
    typeof given === 'string' ? { validations: [{ expression: given }] } : given,
    object,
  );
  return violations.map((violation) => formatPath(violation.path));
}

const containers = 'spec.template.spec.containers';

describe('the element that failed', () => {
  test('of all(), with the deepest field tested', () => {
    expect(
      paths(
        `object.${containers}.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits)`,
      ),
    ).toEqual([`${containers}[1].resources.limits`, `${containers}[2].resources`]);
  });

  test('through variables and list concatenation', () => {
    expect(
      paths({
        variables: [
          { name: 'podSpec', expression: 'object.spec.template.spec' },
          {
            name: 'containers',
            expression: 'variables.podSpec.containers + variables.podSpec.?initContainers.orValue([])',
          },
        ],
        validations: [{ expression: 'variables.containers.all(c, has(c.resources.limits))' }],
      }),
    ).toEqual([`${containers}[2].resources`, 'spec.template.spec.initContainers[0].resources']);
  });

  test('of a filter whose result must be empty', () => {
    expect(
      paths({
        variables: [{ name: 'bad', expression: `object.${containers}.filter(c, !has(c.resources.limits))` }],
        validations: [{ expression: 'variables.bad.size() == 0' }],
      }),
    ).toEqual([`${containers}[2]`]);
  });

  test('of exists() under a negation, down to a scalar item', () => {
    expect(
      paths(`!object.${containers}.exists(c, c.?args.orValue([]).exists(a, a.contains('token')))`),
    ).toEqual([`${containers}[0].args[1]`]);
  });

  test('of exists() that finds nothing: the list', () => {
    expect(paths(`object.${containers}.exists(c, c.name == 'z')`)).toEqual([containers]);
  });

  test('of optionals: the field as far as it is there', () => {
    expect(paths('object.spec.template.spec.?securityContext.?runAsNonRoot.orValue(false) == true')).toEqual([
      'spec.template.spec.securityContext',
    ]);
  });

  test('of a plain comparison', () => {
    expect(paths('object.spec.replicas >= 3')).toEqual(['spec.replicas']);
  });

  test('of a two-variable comprehension over labels', () => {
    const labelled = deployment({ containers: [] }, { labels: { app: 'web', team: 'Bad Value' } });
    expect(paths("object.metadata.labels.all(k, v, !v.contains(' '))", labelled)).toEqual([
      'metadata.labels.team',
    ]);
  });

  test('of what must not be in a list, or be all that is allowed', () => {
    const names = `object.${containers}.map(c, c.name)`;
    expect(paths(`!('b' in ${names})`)).toEqual([`${containers}[1].name`]);
    expect(paths(`sets.contains(['a', 'b'], ${names})`)).toEqual([`${containers}[2].name`]);
    expect(paths(`!sets.intersects(['c', 'x'], ${names})`)).toEqual([`${containers}[2].name`]);
    expect(paths(`object.${containers}.filter(c, has(c.args)) == []`)).toEqual([`${containers}[0]`]);
  });

  test('of exists_one(): what is too many', () => {
    expect(paths(`object.${containers}.exists_one(c, has(c.resources))`)).toEqual([
      `${containers}[1].resources`,
      // The server writes `resources: {}` where there are none.
      `${containers}[2].resources`,
    ]);
  });

  test('through map() of map() and flatten()', () => {
    expect(
      paths(
        `object.${containers}.filter(c, has(c.args)).map(c, c.args).flatten().all(a, !a.contains('token'))`,
      ),
    ).toEqual([`${containers}[0].args[1]`]);
    expect(
      paths(`object.${containers}.map(c, c.?args.orValue([])).all(l, l.all(a, !a.contains('token')))`),
    ).toEqual([`${containers}[0].args[1]`]);
  });

  test('names only that element in the message', () => {
    const violations = judge({
      variables: [{ name: 'bad', expression: `object.${containers}.filter(c, !has(c.args))` }],
      validations: [
        {
          expression: 'variables.bad.size() == 0',
          messageExpression: "'no args: ' + variables.bad.map(c, c.name).join(', ') + '; write args'",
        },
      ],
    });
    expect(violations.map(({ message, help }) => [message, help])).toEqual([
      ['no args: b', 'write args'],
      ['no args: c', 'write args'],
    ]);
  });
});

describe('failurePolicy', () => {
  const validations = [{ expression: 'object.spec.missing > 1' }];

  test('Fail reports an expression that cannot be evaluated', () => {
    expect(judge({ validations })).toMatchObject([
      {
        failed: 'runtime-error',
        severity: 'error',
        message: expect.stringContaining('no such key: missing'),
      },
    ]);
  });

  test('Ignore lets the object pass, and says so', () => {
    expect(judge({ validations, spec: { failurePolicy: 'Ignore' } })).toMatchObject([
      {
        failed: 'runtime-error',
        severity: 'note',
        help: expect.stringContaining('failurePolicy: Ignore lets the object pass'),
      },
    ]);
  });

  test('a policy has one budget for all its expressions together', () => {
    const ten = '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]';
    const costly = ['a', 'b', 'c', 'd', 'e'].reduceRight(
      (body, name) => `${ten}.all(${name}, ${body})`,
      'true',
    );
    const alone = judge({ validations: [{ expression: costly }] });
    expect(alone).toEqual([]);
    const many = judge({ validations: Array.from({ length: 60 }, () => ({ expression: costly })) });
    expect(many.length).toBeGreaterThan(10);
    expect(many.length).toBeLessThan(50);
    expect(new Set(many.map(({ failed }) => failed))).toEqual(new Set(['over-budget']));
    expect(many.at(-1)?.message).toContain('the policy has spent its cost budget for one object');
  });

  test('an expression stops at its budget', () => {
    const thousand = 'lists.range(1000)';
    expect(
      judge({ validations: [{ expression: `${thousand}.all(a, ${thousand}.all(b, a + b >= 0))` }] }),
    ).toMatchObject([{ failed: 'over-budget' }]);
  });

  test('so do strings that double and chains without end', () => {
    const bomb = `['aaaaaaaa']${'.map(s, s + s)'.repeat(40)}[0].size() > 0`;
    expect(judge({ validations: [{ expression: bomb }] })).toMatchObject([{ failed: 'over-budget' }]);
    const replaced = `'aaaaaaaaaa'.replace('a', 'aaaaaaaaaa')${".replace('a', 'aaaaaaaaaaaaaaaaaaaa')".repeat(20)}.size() > 0`;
    expect(judge({ validations: [{ expression: replaced }] })).toMatchObject([{ failed: 'over-budget' }]);
  });

  test('what only the cluster knows is said to be unknown', () => {
    const known = (expression: string) => judge({ validations: [{ expression }] });
    expect(known("request.userInfo.username == 'admin'")).toMatchObject([
      {
        failed: 'unknown',
        severity: 'note',
        message: 'the requesting user cannot be known outside the cluster',
      },
    ]);
    for (const check of ["authorizer.group('apps').resource('deployments')", 'authorizer.requestResource'])
      expect(known(`${check}.check('create').allowed()`)).toMatchObject([
        {
          failed: 'unknown',
          severity: 'note',
          message: 'the answer of RBAC cannot be known outside the cluster',
        },
      ]);
    // Where the rest decides, nobody needs to know.
    expect(known("request.userInfo.username == 'admin' || object.spec.replicas == 2")).toEqual([]);
    expect(known("request.userInfo.username == 'admin' && object.spec.replicas == 1")).toMatchObject([
      { severity: 'error', path: ['spec', 'replicas'] },
    ]);
  });
});

describe('matching', () => {
  const validations = [{ expression: 'false' }];

  test('leaves other resources alone', () => {
    const job = mappingOf({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x' } }) as Mapping;
    expect(judge({ validations }, job)).toEqual([]);
  });

  test('a namespaceSelector knows the name of the namespace', () => {
    const selector = (operator: string) => ({
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: ['shop'] }],
        },
      },
    });
    expect(judge({ validations, binding: selector('NotIn') })).toEqual([]);
    expect(judge({ validations, binding: selector('In') })).toHaveLength(1);
  });

  test('matchConditions and excludeResourceRules take objects out', () => {
    const spec = { matchConditions: [{ name: 'x', expression: "object.metadata.name != 'web'" }] };
    expect(judge({ validations, spec })).toEqual([]);
  });

  test('the gravest action gives the severity', () => {
    expect(judge({ validations, binding: { validationActions: ['Audit', 'Warn'] } })).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  test('a policy without a binding checks nothing', () => {
    expect(judge({ validations, binding: { policyName: 'other' } })).toEqual([]);
  });
});

describe('parameters', () => {
  const given = {
    spec: { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } },
    binding: { paramRef: { name: 'limits', parameterNotFoundAction: 'Deny' } },
    validations: [{ expression: 'object.spec.replicas <= int(params.data.max)' }],
  };

  test('come from the resources next to the policy', () => {
    const params = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'limits' }, data: { max: '1' } };
    expect(paths({ ...given, others: [params] })).toEqual(['spec.replicas']);
  });

  test('that are missing are a finding', () => {
    expect(judge(given)).toMatchObject([{ failed: 'missing-params' }]);
  });
});

describe('compilation', () => {
  test('points at the line of a block scalar that does not compile', () => {
    const text = [
      'apiVersion: admissionregistration.k8s.io/v1',
      'kind: ValidatingAdmissionPolicy',
      'metadata: {name: broken}',
      'spec:',
      '  validations:',
      '    - expression: |-',
      '        object.spec.replicas > 1 &&',
      "        object.metadata.name + '1' == 'x' &&",
      '        nope',
      '    - expression: object.kind == 5u',
    ].join('\n');
    const { documents } = parseDocuments({ path: 'broken.yaml', text }, 'kustomize');
    const { diagnostics } = compilePolicies(
      documents.map(({ value, positions }) => ({
        object: value as Mapping,
        origin: originOfDocument('resources', positions),
      })),
    );
    const [first] = diagnostics;
    expect(diagnostics).toHaveLength(1);
    expect(first?.message).toContain("undeclared reference to 'nope'");
    expect(text.slice(first?.span.start, first?.span.end)).toBe('nope');
  });

  test('a policy that does not compile is a finding and leaves the others', () => {
    const { policies, diagnostics } = compiled({ validations: [{ expression: 'object.spec.replicas >' }] });
    expect(policies).toEqual([]);
    expect(diagnostics).toMatchObject([{ rule: 'invalid-policy', severity: 'error' }]);
  });

  test('parses each expression once, however many objects there are', () => {
    const calls = countCalls(() => {
      const { policies } = compiled({ validations: [{ expression: 'object.spec.replicas > 10 / 9' }] });
      for (let count = 0; count < 10; count++)
        evaluatePolicies(policies, { operation: 'CREATE', object: pods });
    });
    expect(callsOf('evaluatePolicies', calls)).toBe(10);
    expect(callsOf('parseExpression', calls)).toBe(1);
  });
});

test('keys named like properties of objects are keys', () => {
  const hostile = mappingOf(JSON.parse('{"constructor": "x", "__proto__": "y"}')) as Mapping;
  const object = deployment({ containers: [] }, { labels: hostile });
  expect(
    paths("has(object.metadata.labels.constructor) && object.metadata.labels['__proto__'] == 'y'", object),
  ).toEqual([]);
  expect(paths('!has(object.metadata.annotations) && !has(object.spec.toString)', object)).toEqual([]);
});

describe('what the server writes where a file says nothing', () => {
  const bare = deployment({ containers: [{ name: 'web', image: 'shop/web' }] });
  const unset = mappingOf({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      template: { spec: { containers: [{ name: 'web', image: 'shop/web:1.4.2', livenessProbe: {} }] } },
    },
  }) as Mapping;

  test('is what policies see', () => {
    const spec = 'object.spec.template.spec';
    for (const expression of [
      'object.spec.replicas == 1',
      "object.spec.strategy.rollingUpdate.maxUnavailable == '25%'",
      `${spec}.restartPolicy == 'Always' && ${spec}.terminationGracePeriodSeconds == 30`,
      `${spec}.containers[0].imagePullPolicy == 'IfNotPresent'`,
      `${spec}.containers[0].livenessProbe.periodSeconds == 10`,
      `!has(${spec}.serviceAccountName) && !has(${spec}.containers[0].resources.requests)`,
    ])
      expect(paths(expression, unset)).toEqual([]);
    expect(paths(`${spec}.containers[0].imagePullPolicy == 'Always'`, bare)).toEqual([]);
  });

  test('is blamed on the first field that is not there', () => {
    expect(paths('object.spec.replicas >= 2', unset)).toEqual(['spec.replicas']);
    expect(paths("object.spec.strategy.rollingUpdate.maxSurge == '50%'", unset)).toEqual(['spec.strategy']);
    expect(
      paths('object.spec.template.spec.containers.all(c, c.livenessProbe.periodSeconds > 10)', unset),
    ).toEqual([`${containers}[0].livenessProbe.periodSeconds`]);
  });
});
