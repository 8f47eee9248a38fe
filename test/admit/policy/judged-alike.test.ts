import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInPolicies } from '../../../src/admit/policy/built-in.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { type JudgedAlike, newJudgedAlike } from '../../../src/admit/policy/judged-alike.ts';
import { type CompiledPolicy, readPolicy } from '../../../src/admit/policy/policy.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const container = {
  name: 'web',
  image: 'shop/web:latest',
  imagePullPolicy: 'IfNotPresent',
  command: ['run', '--all'],
  env: [
    { name: 'A', value: 'a' },
    { name: 'PASSWORD', value: 'changeme' },
  ],
  ports: [{ containerPort: 22, hostPort: 80 }],
  resources: { limits: { memory: '1Gi' } },
  securityContext: { runAsUser: 0, privileged: true, capabilities: { add: ['SYS_ADMIN'] } },
  livenessProbe: { httpGet: { path: '/ready', port: 80, host: 'a' } },
  readinessProbe: { httpGet: { path: '/ready', port: 80, host: 'a' } },
};

const podSpec = {
  hostNetwork: true,
  serviceAccountName: 'web',
  containers: [container, { name: 'side', image: 'shop/side:1.2.3' }],
  initContainers: [{ name: 'first', image: 'shop/first' }],
  volumes: [{ name: 'v', hostPath: { path: '/var/run' } }],
};

const metadata = { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { note: 'x' } };

const objects: readonly object[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } },
      template: { metadata: { labels: { app: 'web' }, annotations: { a: 'b' } }, spec: podSpec },
    },
  },
  { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } } } },
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { PASSWORD: 'changeme', b: 'CHANGEME' } },
  { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { a: 'b' }, data: { c: 'ZA==' } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'create'] }],
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      tls: [{ hosts: ['a.example.com'] }],
      rules: [{ host: 'a.example.com' }, { host: 'b.example.com' }],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      minReplicas: 1,
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    },
  },
];

/** Expressions that look at values in every way that CEL has. */
const looking: readonly string[] = [
  "object.metadata.name != 'b'",
  "object['metadata']['name'] != 'b'",
  "object.metadata[object.kind == 'Pod' ? 'name' : 'namespace'] != 'b'",
  "object.?metadata.?labels.?app.orValue('') != 'b'",
  "has(object.metadata.labels) && object.metadata.labels.all(k, object.metadata.labels[k] != 'b')",
  "object.metadata.labels.all(k, v, v != 'b')",
  "'b' in object.spec.template.spec.containers[0].command",
  "!('app' in object.metadata.labels)",
  "object.spec.template.spec.containers.map(c, c.image).exists(i, i == 'b')",
  "object.spec.template.spec.containers.filter(c, c.name == 'b').size() == 0",
  "[object.metadata.name, 'a'].exists(n, n == 'b')",
  "{'n': object.metadata.name}.n != 'b'",
  "(object.metadata.name + '-x') != 'b-x'",
  'size(object.metadata.name) < 2',
  'object.metadata.name.size() < 2',
  "object.metadata.labels == {'app': 'web'}",
  'object.spec.template.spec.containers[0] != object.spec.template.spec.containers[1]',
  "string(object.spec.replicas) != '3'",
  'object.spec.replicas > 2 ? object.spec.template.spec.hostNetwork : false',
  "request.name != 'b'",
  "namespaceObject.metadata.name != 'b'",
  "[[object.metadata.name]].map(l, l[0]).all(n, n != 'b')",
  "optional.of(object.metadata.name).optMap(n, n + 'x').orValue('') != 'bx'",
  "variables.named.all(c, c.image != 'b')",
  "variables.itself.metadata.name != 'b'",
  "object.spec.template.spec.containers.sortBy(c, c.name)[0].image != 'b'",
  "object.spec.template.spec.containers.transformMap(i, c, c.image).all(i, v, v != 'b')",
];

function policyOf(expression: string, place: number): CompiledPolicy {
  const name = `p${place}`;
  const rule = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] };
  const spec = {
    matchConstraints: { resourceRules: [rule] },
    variables: [
      { name: 'itself', expression: "object.kind == 'b' ? object : object" },
      {
        name: 'named',
        expression:
          "object.spec.template.spec.containers.filter(c, c.name != '') + object.spec.template.spec.initContainers",
      },
    ],
    validations: [{ expression, messageExpression: "'of ' + object.metadata.annotations.note" }],
  };
  const policy = mappingOf({ metadata: { name }, spec }) as Mapping;
  const bound = { policyName: name, validationActions: ['Deny'] };
  const binding = mappingOf({ metadata: { name }, spec: bound }) as Mapping;
  return readPolicy(policy, [{ object: binding }]);
}

const policies = [...builtInPolicies(), ...looking.map(policyOf)];

/** The object with other scalars at some places, which are told by numbers; what has none of them stays the very same value. */
function changed(value: Value, at: (place: number) => Value | undefined, count = { places: 0 }): Value {
  if (isSequence(value)) {
    const items = value.map((item) => changed(item, at, count));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isMapping(value))
    // Without these two it is another kind, or none.
    return at(count.places++) ?? value;
  const fields = Object.entries(value).map(([key, part]): [string, Value] => [
    key,
    key === 'apiVersion' || key === 'kind' ? part : changed(part, at, count),
  ]);
  return fields.every(([key, part]) => part === value[key]) ? value : mappingOf(Object.fromEntries(fields));
}

/** What policies say of an object that nobody has seen before. */
function judgedAlone(all: readonly CompiledPolicy[], object: Mapping): readonly object[] {
  return evaluatePolicies(all, { operation: 'CREATE', object: mappingOf({ ...object }) as Mapping });
}

const scalar = fc.constantFrom<Value>(
  '',
  'b',
  'a',
  '0',
  '5',
  'b:latest',
  'c',
  'shop/c:2.0',
  'x@y',
  0,
  1,
  3,
  8080,
  true,
  false,
  null,
);
const change = fc.array(fc.record({ place: fc.nat(60), value: scalar }), { maxLength: 3 });

describe('objects that are alike', () => {
  it('are told what each is told alone, whatever they differ in', () => {
    const sequence = fc.tuple(fc.nat(objects.length - 1), fc.array(change, { minLength: 2, maxLength: 12 }));
    fc.assert(
      fc.property(sequence, ([place, changes]) => {
        const alike = newJudgedAlike();
        const base = mappingOf(objects[place] ?? {}) as Mapping;
        for (const one of changes) {
          const at = new Map(one.map(({ place: at, value }) => [at, value]));
          const object = changed(base, (number) => at.get(number)) as Mapping;
          const request = { operation: 'CREATE' as const, object };
          expect(evaluatePolicies(policies, request, undefined, alike)).toEqual(
            judgedAlone(policies, object),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each(looking)('are told apart by %s', (expression) => {
    const alike = newJudgedAlike();
    // Of one policy alone nothing is remembered.
    const only = [expression, 'true', 'true', 'true'].map(policyOf);
    const base = mappingOf(objects[0] ?? {}) as Mapping;
    const all = Array.from({ length: 60 }, (_, place) =>
      changed(base, (number) => (number === place ? 'b' : undefined)),
    ) as Mapping[];
    for (const object of [base, ...all]) {
      const request = { operation: 'CREATE' as const, object };
      expect(evaluatePolicies(only, request, undefined, alike)).toEqual(judgedAlone(only, object));
    }
  });

  it('are asked only of what they differ in', () => {
    const asked = (count: number): number => {
      const { alike, answers } = counted(newJudgedAlike());
      const catalogue = builtInPolicies();
      const base = mappingOf(objects[0] ?? {}) as Mapping;
      for (let index = 0; index < count; index++) {
        const other = (value: Value): boolean => value === 'shop/web:latest' || value === 'shop';
        const object = replaced(base, other, `x${index}:1.${index}.0`) as Mapping;
        evaluatePolicies(catalogue, { operation: 'CREATE', object }, undefined, alike);
      }
      return answers();
    };
    const [few, many] = [asked(20), asked(40)];
    // Five policies look at images.
    expect(many - few).toBe(20 * 5);
    expect(few).toBeGreaterThan(20 * 5 + 20);
  });
});

function replaced(value: Value, isMeant: (value: Value) => boolean, by: string): Value {
  if (isSequence(value)) return value.map((item) => replaced(item, isMeant, by));
  if (!isMapping(value)) return isMeant(value) ? by : value;
  return mappingOf(
    Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part, isMeant, by)])),
  );
}

/** Counts what had to be found out. */
function counted(alike: JudgedAlike): { readonly alike: JudgedAlike; readonly answers: () => number } {
  let count = 0;
  return {
    answers: () => count,
    alike: {
      begin(applicable, target) {
        const answers = alike.begin(applicable, target);
        return {
          ...answers,
          note(place, answer) {
            count += 1;
            answers.note(place, answer);
          },
        };
      },
    },
  };
}
