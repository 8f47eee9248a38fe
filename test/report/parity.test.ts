import { describe, expect, it } from 'vitest';
import { differs } from '../../src/report/parity-report.ts';
import { lintFiles } from '../support/lint-files.ts';

const probe = `
patches:
  - target: {kind: Deployment}
    patch: |
      - {op: add, path: /spec/template/spec/containers/0/startupProbe, value: {httpGet: {port: 80}}}
`;
const base = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`,
};
const dev = { 'dev/kustomization.yaml': `namePrefix: dev-\nresources: [../base]\n${probe}` };
const prod = { 'prod/kustomization.yaml': 'resources: [../base]\n' };
const configuration = (approvals: string): Record<string, string> => ({
  'cdb-lint.yaml': `environments: {prod: {root: prod}, dev: {root: dev}}\napprovedDifferences: [${approvals}]\n`,
});
const only = { only: ['safeguard-missing', 'suppression-unused', 'suppression-expired'] };

function messages(files: Record<string, string>, options = {}): string[] {
  return lintFiles(files, { ...only, ...options }).findings.map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

describe('a safeguard that dev has and prod lacks', () => {
  it('is a warning, with both places in the table', () => {
    const report = lintFiles({ ...base, ...dev, ...prod }, only);
    expect(
      report.findings.map(({ severity, entryPoint, message }) => [severity, entryPoint, message]),
    ).toEqual([['warning', 'prod', 'Deployment web of prod has no startup probe; dev has one']]);
    const [parity] = report.parity;
    expect(parity?.environments).toEqual([
      { name: 'dev', entryPoint: 'dev' },
      { name: 'prod', entryPoint: 'prod' },
    ]);
    expect(
      parity?.rows
        .filter(differs)
        .map(({ service, property, cells }) => [
          service,
          property,
          cells.map(({ state, span }) => [state, span?.file.path]),
        ]),
    ).toEqual([
      [
        'web',
        'startup-probe',
        [
          ['has', 'dev/kustomization.yaml'],
          ['lacks', undefined],
        ],
      ],
    ]);
  });

  it('is approved with a reason, which the table shows', () => {
    const approval = '{property: startup-probe, service: web, environment: prod, reason: the mesh probes}';
    const report = lintFiles({ ...base, ...dev, ...prod, ...configuration(approval) }, only);
    expect(report.findings).toEqual([]);
    expect(report.suppressed.map(({ reason }) => reason)).toEqual(['the mesh probes']);
    const cells = report.parity[0]?.rows.find(differs)?.cells.map(({ approved }) => approved);
    expect(cells).toEqual([undefined, 'the mesh probes']);
  });

  it('stays where the approval speaks of something else, which is unused then', () => {
    const approval = '{property: startup-probe, environment: dev, reason: x}';
    expect(messages({ ...base, ...dev, ...prod, ...configuration(approval) })).toEqual([
      'warning: Deployment web of prod has no startup probe; dev has one',
      'warning: the approval that accepts safeguard-missing matches no finding',
    ]);
  });

  it('counts again when the approval has expired', () => {
    const approval = '{property: startup-probe, expires: "2026-01-31", reason: x}';
    const files = { ...base, ...dev, ...prod, ...configuration(approval) };
    const now = new Date('2026-02-01');
    expect(messages(files, { now })).toContain(
      'warning: Deployment web of prod has no startup probe; dev has one',
    );
  });
});

describe('what is not a difference', () => {
  it('what a policy asks for in every environment, and says so itself', () => {
    const text = dev['dev/kustomization.yaml'].replace('startupProbe', 'readinessProbe');
    const files = { ...base, ...prod, 'dev/kustomization.yaml': text };
    expect(messages(files)).toEqual([]);
    const { findings, parity } = lintFiles(files);
    expect(findings.map(({ rule }) => rule)).toContain('readiness-probe-missing');
    expect(parity[0]?.rows.filter(differs).map(({ property }) => property)).toEqual(['readiness-probe']);
  });

  it('a budget that another build brings', () => {
    const budget = (namespace: string): string =>
      `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: ${namespace}}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n`;
    const two = 'replicas: [{name: web, count: 2}]\nresources: [../base';
    const files = {
      ...base,
      'dev/kustomization.yaml': `namespace: dev\n${two}, budget.yaml]\n`,
      'dev/budget.yaml': budget('dev'),
      'prod/kustomization.yaml': `namespace: prod\n${two}]\n`,
    };
    expect(messages(files)).toEqual([
      'warning: Deployment web of prod has no PodDisruptionBudget; dev has one',
    ]);
    const beside = {
      'rest/kustomization.yaml': 'resources: [budget.yaml]\n',
      'rest/budget.yaml': budget('prod'),
    };
    expect(messages({ ...files, ...beside })).toEqual([]);
  });

  it('a note where dev lacks what prod has', () => {
    const files = {
      ...base,
      'prod/kustomization.yaml': `resources: [../base]\n${probe}`,
      'dev/kustomization.yaml': 'resources: [../base]\n',
    };
    expect(messages(files)).toEqual(['note: Deployment web of dev has no startup probe; prod has one']);
    const production = {
      'cdb-lint.yaml':
        'environments: {prod: {root: prod, production: false}, dev: {root: dev, production: true}}\n',
    };
    expect(messages({ ...files, ...production })).toEqual([
      'warning: Deployment web of dev has no startup probe; prod has one',
    ]);
  });

  it('folders that deploy other things, and builds that failed', () => {
    const other = { 'prod/kustomization.yaml': 'nameSuffix: -api\nresources: [../base]\n' };
    expect(lintFiles({ ...base, ...dev, ...other }, only).parity).toEqual([]);
    const broken = { 'prod/kustomization.yaml': 'resources: [../base, gone.yaml]\n' };
    const report = lintFiles({ ...base, ...dev, ...broken }, only);
    expect(report.findings.filter(({ rule }) => rule === 'safeguard-missing')).toEqual([]);
  });
});

describe('environments with a cluster below them', () => {
  const roots = (paths: string[], more = ''): Record<string, string> =>
    Object.fromEntries(
      paths.map((path) => [
        `apps/${path}/kustomization.yaml`,
        `resources: [${path.replaceAll(/[^/]+/gu, '..')}/../base]\n${more}`,
      ]),
    );
  const families = (...paths: string[]): string[][] =>
    lintFiles({ ...base, ...roots(paths, probe) }, only).parity.map(({ environments }) =>
      environments.map(({ name, entryPoint }) => `${name} (${entryPoint})`),
    );

  it.each([
    [
      'one of an environment is the counterpart of all of another one',
      ['staging', 'prod/eu', 'prod/us'],
      [['staging (apps/staging)', 'prod/eu (apps/prod/eu)', 'prod/us (apps/prod/us)']],
    ],
    [
      'the only ones belong together whatever their names',
      ['staging/north', 'prod/south'],
      [['staging (apps/staging/north)', 'prod (apps/prod/south)']],
    ],
    [
      'several belong together by their names, and one without a counterpart is left alone',
      ['staging/eu', 'staging/us', 'prod/eu', 'prod/us', 'prod/asia'],
      [
        ['staging (apps/staging/eu)', 'prod (apps/prod/eu)'],
        ['staging (apps/staging/us)', 'prod (apps/prod/us)'],
      ],
    ],
    ['several of other names belong to nothing', ['staging/a', 'staging/b', 'prod/c', 'prod/d'], []],
    [
      'a name may go on in the same folder',
      ['staging', 'prod-eu', 'prod-us'],
      [['staging (apps/staging)', 'prod-eu (apps/prod-eu)', 'prod-us (apps/prod-us)']],
    ],
    ['clusters of one environment are no environments', ['prod/eu', 'prod/us'], []],
  ])('%s', (_, paths, expected) => {
    expect(families(...paths).map((family) => family.toSorted())).toEqual(
      expected.map((family) => family.toSorted()),
    );
  });

  it('says once what all clusters of an environment lack, and which of them where one has it', () => {
    const lacking = (...paths: string[]): unknown => {
      const files: Record<string, string> = { ...base, ...roots(['staging', 'prod/eu', 'prod/us']) };
      for (const path of paths) files[`apps/${path}/kustomization.yaml`] += probe;
      return lintFiles(files, only).findings.map(({ message, occurrences }) => [
        message,
        occurrences.map(({ entryPoint }) => entryPoint),
      ]);
    };
    expect(lacking('staging')).toEqual([
      ['Deployment web of prod has no startup probe; staging has one', ['apps/prod/eu', 'apps/prod/us']],
    ]);
    expect(lacking('staging', 'prod/eu')).toEqual([
      ['Deployment web of prod/us has no startup probe; staging and prod/eu have one', ['apps/prod/us']],
    ]);
  });
});
