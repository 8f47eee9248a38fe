import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const list = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const configMap = (index: number): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index}, namespace: a }\ndata: { a: b }\n`;

/** A Service with fields that no Service has, each a cause of its own, and another object behind it. */
const misspelt = (count: number): Record<string, string> => ({
  'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [{ port: 80 }] }\n${list(count, (index) => `f${index}: 1\n`)}${configMap(0)}`,
});

/** Each replacement looks at each object. */
const replacing = (replacements: number): Record<string, string> => ({
  'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n${list(
    replacements,
    () =>
      '  - source: { kind: ConfigMap, name: c1, fieldPath: data.a }\n    targets: [{ select: { kind: ConfigMap, name: c2 }, fieldPaths: [data.a] }]\n',
  )}`,
  'a.yaml': list(1000, configMap),
});

/** Each of the Kustomizations applies all of one folder. */
const applying = (owners: number): Record<string, string> => ({
  'clusters/a/k.yaml': list(
    owners,
    (index) =>
      `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k${index}, namespace: flux-system }\nspec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n`,
  ),
  'apps/kustomization.yaml': 'resources: [a.yaml]\n',
  'apps/a.yaml': list(250, configMap),
});

/** Releases of one chart. */
const releasing = (releases: number): Record<string, string> => ({
  'clusters/a/source.yaml':
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: "https://git.example.com/a/b.git", ref: { branch: main } }\n',
  'clusters/a/releases.yaml': list(
    releases,
    (index) =>
      `---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r${index}, namespace: a }\nspec: { interval: 1h, chart: { spec: { chart: ./chart, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } } }\n`,
  ),
  'clusters/a/k.yaml':
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k, namespace: flux-system }\nspec: { interval: 10m, path: ./clusters/a, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'chart/templates/a.yaml': list(250, (index) =>
    configMap(index).replace('name: c', 'name: {{ .Release.Name }}-c'),
  ),
});

const laterLeftOut = /^there are so many findings that the last object is not checked/u;
const findingsLeftOut = /^more than \d+ findings; only the most severe are reported/u;
const notBuilt = /more than \d+ accesses to fields and objects/u;
const notFollowed = /^what is deployed together has more objects than any real cluster/u;

describe('a bound that is reached is told, each thing that is left unchecked once, and the run fails; just below it all is checked', () => {
  it.each([
    ['causes of findings', misspelt, 11_300, 9_900, [laterLeftOut, findingsLeftOut]],
    ['edits of objects', replacing, 400, 200, [notBuilt]],
    ['objects that are deployed together', applying, 72, 60, [notFollowed]],
    ['objects of releases', releasing, 72, 60, [notFollowed]],
  ] as const)('%s', (_name, make, tooMany, few, words) => {
    const { findings, exitCode } = lintFiles(make(tooMany));
    const told = findings.filter(({ rule }) => rule === 'too-large');
    expect(exitCode).toBe(2);
    expect(words.map((word) => told.filter(({ message }) => word.test(message)).length)).toEqual(
      words.map(() => told.length / words.length),
    );
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map(({ unchecked }) => unchecked ?? '')).size).toBe(told.length);
    expect(told.every(({ unchecked = '' }) => unchecked !== '')).toBe(true);
    const honest = lintFiles(make(few));
    expect(honest.exitCode).not.toBe(2);
    expect(honest.findings.filter(({ unchecked }) => unchecked !== undefined)).toEqual([]);
  });
});

describe('odd numbers and long lists make no rule stumble', () => {
  const stumbles = (files: Record<string, string>): string[] =>
    lintFiles(files)
      .findings.filter(({ rule }) => rule === 'check-failed')
      .map(({ message }) => message);
  const workload = (replicas: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: d, namespace: a }
spec:
  replicas: ${replicas}
  ${more}
  selector: { matchLabels: { app: d } }
  template:
    metadata: { labels: { app: d } }
    spec: { containers: [{ name: c, image: "x:1.0.0", resources: { requests: { cpu: 1 } } }] }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: q, namespace: a }
spec: { hard: { pods: "3", requests.cpu: "9" } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: h, namespace: a }
spec: { minReplicas: 1.5, maxReplicas: 2.5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: d } }
`;

  it.each([
    ['a part of a pod', workload('1.5')],
    ['no number at all', workload('.nan')],
    ['endless pods', workload('.inf')],
    ['a part of a surge', workload('3', 'strategy: { rollingUpdate: { maxSurge: 0.5 } }')],
    ['an endless surge', workload('3', `strategy: { rollingUpdate: { maxSurge: "${'9'.repeat(400)}%" } }`)],
    [
      'a list of 200,000',
      `apiVersion: a.example.com/v1\nkind: W\nmetadata: { name: a }\nspec: [${'1,'.repeat(200_000)}1]\n`,
    ],
  ])('%s', (_, text) => {
    expect(stumbles({ 'm/a.yaml': text })).toEqual([]);
    expect(stumbles({ 'm/kustomization.yaml': 'resources: [a.yaml]\n', 'm/a.yaml': text })).toEqual([]);
  });
});
