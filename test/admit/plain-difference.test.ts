import { expect, it } from 'vitest';
import { admitObject } from '../../src/admit/admit.ts';
import { isPlainDifference, writtenBeside } from '../../src/admit/plain-difference.ts';
import { servedObject } from '../../src/admit/served/served-object.ts';
import { noCustomKinds } from '../../src/schema/custom-kind.ts';
import { factsFor } from '../../src/schema/facts.ts';
import { differences } from '../../src/source/differences.ts';
import type { Mapping } from '../../src/source/value.ts';
import { mappingOf } from '../support/mapping-of.ts';

const labels = (name: string) => ({ app: name });
const template = (name: string) => ({
  metadata: { labels: { ...labels(name), tier: name } },
  spec: {
    serviceAccountName: name,
    initContainers: [{ name: 'i', image: `example.com/${name}:v1.0` }],
    containers: [
      {
        name: 'a',
        image: `example.com/${name}:1`,
        command: ['run', `--name=${name}`],
        args: [`${name} "a" 'b' \\ # c`],
        env: [
          { name: 'C', value: `${name}: {a, b}` },
          { name: 'A', valueFrom: { secretKeyRef: { name, key: 'a' } } },
          { name: 'B', valueFrom: { configMapKeyRef: { name, key: 'a' } } },
        ],
        envFrom: [{ configMapRef: { name } }, { secretRef: { name } }],
      },
    ],
    volumes: [{ name: 'v', configMap: { name } }],
  },
});
const workload = (name: string, more = {}) => ({
  spec: { selector: { matchLabels: labels(name) }, template: template(name), ...more },
});
const job = (name: string) => {
  const { spec } = template(name);
  return { template: { metadata: { labels: labels('a') }, spec: { ...spec, restartPolicy: 'Never' } } };
};

const rest: Readonly<Record<string, (name: string) => object>> = {
  'v1 ConfigMap': () => ({ data: { a: 'b' } }),
  'batch/v1 CronJob': (name) => ({ spec: { schedule: '* * * * *', jobTemplate: { spec: job(name) } } }),
  'apps/v1 DaemonSet': (name) => workload(name),
  'apps/v1 Deployment': (name) => workload(name, { replicas: name.length }),
  'networking.k8s.io/v1 Ingress': () => ({
    spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } },
  }),
  'networking.k8s.io/v1 NetworkPolicy': (name) => ({ spec: { podSelector: { matchLabels: labels(name) } } }),
  'policy/v1 PodDisruptionBudget': (name) => ({
    spec: { minAvailable: 1, selector: { matchLabels: labels(name) } },
  }),
  'rbac.authorization.k8s.io/v1 Role': () => ({
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  }),
  'v1 Secret': () => ({ stringData: { a: 'b' } }),
  'v1 Service': (name) => ({ spec: { selector: labels(name), ports: [{ port: 80 }] } }),
  'v1 ServiceAccount': () => ({ secrets: [{ name: 'a' }] }),
  'apps/v1 StatefulSet': (name) => workload(name, { serviceName: 'a', replicas: 1 }),
};

function objectOf(kind: string, name: string): Mapping {
  const [apiVersion, word] = kind.split(' ');
  const metadata = { name, namespace: name, labels: { team: name, 'app.kubernetes.io/name': name } };
  return mappingOf({ apiVersion, kind: word, metadata, ...rest[kind]?.(name) }) as Mapping;
}

const words = ['one', `of-${'1'.repeat(49)}`];

it.each(Object.keys(rest))(
  'a server takes one %s for as good as another, and makes the same of it',
  (kind) => {
    const [one, other] = words.map((word) => objectOf(kind, word)) as [Mapping, Mapping];
    const paths = differences(one, other, 100) ?? [];
    expect(paths.length).toBeGreaterThan(3);
    expect(isPlainDifference(one, other, paths)).toBe(true);
    for (const kubernetesVersion of ['1.31', '1.34', '1.36']) {
      for (const appliedBy of ['create', 'client-side-apply', 'server-side-apply'] as const)
        for (const object of [one, other])
          expect(admitObject(object, { kubernetesVersion, appliedBy })).toEqual({
            verdict: 'accept',
            errors: [],
            warnings: [],
          });
      const kinds = { facts: factsFor(kubernetesVersion), customKinds: noCustomKinds };
      for (const view of ['committed', 'admission'] as const) {
        const [first, second] = [one, other].map((object) => servedObject(object, kinds, view));
        const seen = differences(first ?? null, second ?? null, 100)?.map(String);
        const known = [...paths, ...paths.flatMap(writtenBeside)].map(String);
        expect(seen?.filter((path) => !known.includes(path))).toEqual([]);
      }
    }
  },
);

it('of two images a server pulls one as often as the other', () => {
  const kind = 'apps/v1 Deployment';
  const one = objectOf(kind, 'one');
  for (const image of ['a:latest', 'a', 'a@sha256:0', 'A:1', ' a:1']) {
    const text = JSON.stringify(objectOf(kind, 'one')).replace('example.com/one:1"', `${image}"`);
    const other = mappingOf(JSON.parse(text)) as Mapping;
    const paths = differences(one, other, 100) ?? [];
    expect(paths.map(String)).toEqual(['spec,template,spec,containers,0,image']);
    expect(isPlainDifference(one, other, paths)).toBe(false);
  }
});

it.each([
  ['a label that the selector does not have', '"app":"one"', '"app":"two"'],
  ['a number that is none', '"replicas":3', '"replicas":-1'],
  ['a variable', '"one: {a, b}"', '"a$(A)"'],
  ['a value that is left out', '"--name=one"', '""'],
])('a server takes %s for something else', (_, before, now) => {
  const one = objectOf('apps/v1 Deployment', 'one');
  // The first of the places alone.
  const other = mappingOf(JSON.parse(JSON.stringify(one).replace(before, () => now))) as Mapping;
  const paths = differences(one, other, 100) ?? [];
  expect(paths).toHaveLength(1);
  expect(isPlainDifference(one, other, paths)).toBe(false);
});

it('objects of other kinds are asked for one by one', () => {
  const job = objectOf('apps/v1 Deployment', 'one');
  const other = mappingOf({ ...job, kind: 'Job' }) as Mapping;
  expect(isPlainDifference(other, other, [['metadata', 'name']])).toBe(false);
});
