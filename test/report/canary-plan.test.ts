import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html/html.ts';
import { judge } from '../../src/run/judge.ts';
import { judgeChange } from '../../src/run/judge-change.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { Files } from '../support/plan-files.ts';

// A value of a Secret that another object holds as well: its fields are shown where they change.

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example.com/a/b.git", ref: { branch: main } }
`;
const apps = (substitute: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { WORD: "${substitute}" } }
`;
const secret = (value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: a }\nstringData: { k: "${value}" }\n`;
const configMap = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: a }\ndata: { k: "${value}" }\n`;
const release = (value: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: h, namespace: a }
spec:
  interval: 1h
  chart: { spec: { chart: ./chart, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
  values: { word: "${value}" }
`;
const resourceSet = (value: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: r, namespace: a }
spec:
  inputs: [{ word: "${value}" }]
  resources:
    - { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: a }, stringData: { k: "<< inputs.word >>" } }
`;
const chart: Files = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'chart/templates/s.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: { name: cs }\nstringData: { k: {{ .Values.word | quote }} }\n',
};

const cluster = (manifests: string, substitute = 'x'): Files => ({
  'clusters/prod/source.yaml': source,
  'clusters/prod/apps.yaml': apps(substitute),
  'apps/a.yaml': manifests,
});

const ways: readonly [string, (value: string) => Files][] = [
  ['a variable of Flux', (value) => cluster(secret(`$${'{WORD}'}`), value)],
  ['the values of a release', (value) => ({ ...cluster(release(value)), ...chart })],
  ['the inputs of a ResourceSet', (value) => cluster(resourceSet(value))],
  ['the same string in a ConfigMap', (value) => cluster(`${secret(value)}---\n${configMap(value)}`)],
];

/** All that a plan says where no finding shows a line of these files: what a finding shows is known by its place. */
function planned(base: Files, head: Files): string {
  const judged = (files: Files) => {
    const judgement = judge({ fileSystem: memoryFileSystem(files), paths: [''] });
    return { ...judgement, report: { ...judgement.report, secrets: [] } };
  };
  const names = { base: { name: 'base' }, head: { name: 'head' } };
  const { secrets: _, ...change } = judgeChange({ base: judged(base), head: judged(head), names });
  return JSON.stringify(change, (key, value: unknown) => (key === 'span' ? undefined : value));
}

describe('the fields of a change hold no value of a Secret, of neither revision', () => {
  test.each(ways)('by %s', (_, files) => {
    const [before, after] = ['kR7wQz2Lm9Xc', 'tB4nVs8Jd1Fy'];
    const told = planned(files(before), files(after));
    expect(told).toContain('"fields"');
    expect(told).not.toContain(before);
    expect(told).not.toContain(after);
  });
});

describe('the lines that a plan shows', () => {
  const application = (repository: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: a, namespace: argocd }
spec:
  project: default
  source: { repoURL: "${repository}", path: apps, targetRevision: main }
  destination: { server: "https://ops:qW8rT5yU2iOp@k8s.corp.net", namespace: a }
`;
  const page = (of: ReturnType<typeof judge>, before: ReturnType<typeof judge>): string => {
    const names = { base: { name: 'base' }, head: { name: 'head' } };
    const change = judgeChange({ base: before, head: of, names });
    return htmlReport({ ...of.report, change }) + JSON.stringify([change.clusters, of.report.ownership]);
  };
  const judged = (files: Files) =>
    judge({ fileSystem: memoryFileSystem(files), paths: [''], only: ['nothing-else'] });

  test.each([
    ['a password of an address', 'https://ci:vB6nM3kL9jHg@git.corp.net/o/r.git'],
    ['a token before a host', 'https://gT7hY4jU1kIo@git.corp.net/o/r.git'],
    ['a password of a documented host', 'https://ci:xC5vZ8bN2mAs@git.example.com/o/r.git'],
  ])('hold no %s, where no finding is', (_, repository) => {
    const files = (url: string): Files => ({
      'apps/c.yaml': configMap('a'),
      'argo/a.yaml': application(url),
    });
    const told = page(judged(files(repository)), judged(files('https://git.corp.net/o/r.git')));
    expect(told).toContain('repoURL');
    expect(told).not.toMatch(/vB6nM3kL9jHg|gT7hY4jU1kIo|xC5vZ8bN2mAs|qW8rT5yU2iOp/u);
  });
});
