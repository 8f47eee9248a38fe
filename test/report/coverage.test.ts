import { describe, expect, it } from 'vitest';
import { formatReport } from '../../src/report/format.ts';
import { lintFiles } from '../support/lint-files.ts';

const map = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: "${more}"}\n`;
const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n';
const flux = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 5m
  timeout: 2m
  prune: true
  path: ./${path}
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild:
    substituteFrom:
      - {kind: Secret, name: elsewhere}
`;
const only = { only: ['unknown-field'] };

function figures(files: Record<string, string>, options = {}): unknown[] {
  const { coverage, exitCode, unchecked } = lintFiles(files, { ...only, ...options });
  return [coverage.objectsJudged, coverage.objectsKnown, exitCode, ...unchecked.map(({ why }) => why)];
}

describe('what was fully checked', () => {
  it.each([
    ['everything', { 'a.yaml': map('a'), 'b.yaml': map('b') }, [2, 2, 0]],
    ['a kind without schema', { 'a.yaml': map('a'), 'w.yaml': widget }, [1, 2, 0]],
    [
      'an object that cannot be decoded',
      { 'a.yaml': map('a'), 'b.yaml': `${map('b')}immutable: 7\n` },
      [1, 2, 0],
    ],
    [
      'a chart',
      { 'a.yaml': map('a'), 'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n' },
      [1, 2, 0],
    ],
  ])('%s', (_, files, expected) => {
    expect(figures(files as Record<string, string>)).toEqual(expected);
  });

  it('leaves out what waits for a variable that is not in the repository', () => {
    const files = {
      'clusters/prod/apps.yaml': flux('apps'),
      'apps/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'apps/a.yaml': map('a', '$' + '{HOST}'),
      'apps/b.yaml': map('b'),
    };
    const { coverage } = lintFiles(files, only);
    expect(coverage.unresolvedVariables).toEqual(['HOST']);
    expect([coverage.objectsJudged, coverage.objectsKnown]).toEqual([2, 3]);
  });

  it('counts what is beside a release that failed', () => {
    const release = (name: string): string =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: apps}\nspec: {interval: 1h, chart: {spec: {chart: ./charts/${name}, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}}\n`;
    const chart = (name: string, template: string): Record<string, string> => ({
      [`charts/${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
      [`charts/${name}/templates/a.yaml`]: template,
    });
    const of = (template: string): unknown[] => {
      const { coverage } = lintFiles(
        {
          'clusters/prod/apps.yaml': flux('apps').split('  postBuild')[0] ?? '',
          'apps/all.yaml': [map('a'), release('good'), release('other')].join('---\n'),
          ...chart('good', map('good')),
          ...chart('other', template),
        },
        only,
      );
      return [coverage.objectsJudged, coverage.objectsKnown];
    };
    const [judged, known] = of(map('other'));
    expect(of('{{ fail "no" }}')).toEqual([Number(judged) - 1, known]);
  });

  it('fails with words below the least that is required', () => {
    const files = { 'a.yaml': map('a'), 'w.yaml': widget };
    expect(figures(files, { minCoverage: 50 })).toEqual([1, 2, 0]);
    expect(figures(files, { minCoverage: 50.1 })).toEqual([
      1,
      2,
      2,
      '1 of 2 known objects were fully checked (50%), and 50.1% are required',
    ]);
  });
});

describe('who applies what', () => {
  it('names controllers, kustomizations and files', () => {
    const files = {
      'clusters/prod/apps.yaml': flux('apps'),
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/a.yaml': map('a'),
      'other/kustomization.yaml': 'resources: [b.yaml]\n',
      'other/b.yaml': map('b'),
      'plain.yaml': map('c'),
    };
    const owners = lintFiles(files, only).ownership.map(({ by, name, path, objects }) => [
      by,
      name,
      path,
      objects.map((one) => `${one.kind} ${one.name}`),
    ]);
    expect(owners).toEqual([
      ['flux', 'apps', 'apps', ['ConfigMap a']],
      ['kustomize', 'other', 'other', ['ConfigMap b']],
      ['manifests', 'outside every kustomization', undefined, ['Kustomization apps', 'ConfigMap c']],
    ]);
  });
});

it('says of what is not checked each thing once, with the files that lead there', () => {
  const url = 'https://example.com/org/base?ref=v1';
  const remote = `resources: ["${url}"]\n`;
  const { unchecked } = lintFiles(
    { 'a/kustomization.yaml': remote, 'b/kustomization.yaml': remote, 'c.yaml': 'apiVersion: [\n' },
    only,
  );
  expect(unchecked).toEqual([
    { what: 'c.yaml', why: expect.not.stringContaining('c.yaml') },
    {
      what: url,
      why: 'is outside the repository and is never fetched (a/kustomization.yaml and 1 more)',
    },
  ]);
  const broken = lintFiles({ 'a/kustomization.yaml': 'resources: [b.yaml, c.yaml, d.yaml]\n' }, only);
  const terminal = { colours: false, width: 120, guardCommands: false };
  const text = formatReport(broken, 'terminal', { pages: new Map(), terminal });
  expect(broken.unchecked).toHaveLength(3);
  expect(text).toMatch(/^Not checked: 1 thing\n {2}the build of a: a\/b\.yaml .* and 2 more\n/mu);
  expect(text.trimEnd()).toMatch(/, 1 not checked; 1 entry point$/u);
});

it('says why something is not rendered once, with a few names', () => {
  const chart = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';
  const charts = Array.from({ length: 7 }, (_, index) => [`c${index}/Chart.yaml`, chart]);
  const report = lintFiles({ 'a.yaml': map('a'), ...Object.fromEntries(charts) }, only);
  const terminal = { colours: false, width: 120, guardCommands: false };
  const words = 'charts are not rendered';
  for (const format of ['terminal', 'markdown', 'html'] as const) {
    const text = formatReport(report, format, { pages: new Map(), terminal });
    expect(text.split(words), format).toHaveLength(2);
    expect(text, format).toMatch(/c4/u);
  }
  expect(formatReport(report, 'terminal', { pages: new Map(), terminal })).toContain(
    `  deployed, but not rendered here: ${words} (7): c0, c1, c2, c3, c4 and 2 more\n`,
  );
});
