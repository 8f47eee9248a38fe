import { describe, expect, it } from 'vitest';
import { mergeVersions } from '../../src/admit/version-findings.ts';
import { kubernetesVersions, readVersions } from '../../src/configuration/kubernetes-versions.ts';
import { supportedVersions } from '../../src/schema/facts.ts';
import { lintFiles } from '../support/lint-files.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const flowSchema = `apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: {name: f}
spec:
  priorityLevelConfiguration: {name: exempt}
`;
const only = ['unsupported-value', 'without-effect'];

it('the versions are those of the facts', () => {
  expect(kubernetesVersions).toEqual(supportedVersions());
});

const known = `use ${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}`;

describe('--kubernetes-version', () => {
  it.each([
    ['1.28', known],
    ['1.99', known],
    ['1.3', 'did you mean "1.30"?'],
    ['135', 'did you mean "1.35"?'],
    ['latest', known],
    ['1.36,', known],
  ])('refuses %j', async (version, help) => {
    for (const command of [['k8s'], ['admit', 'policies']]) {
      const { status, stderr, stdout } = await runCli([...command, '--kubernetes-version', version]);
      expect(stderr).toContain('is not a supported version');
      expect(stderr).toContain(help);
      expect([status, stdout]).toEqual([2, '']);
    }
  });

  it('is a finding where no command line has refused it', () => {
    const report = lintFiles({ 'f.yaml': flowSchema }, { kubernetesVersions: ['1.99'], failOn: 'never' });
    expect(report.findings.map(({ rule }) => rule)).toContain('kubernetes-version-unknown');
    expect(report.exitCode).toBe(2);
  });

  it('takes several, in any order and spelling', () => {
    expect(readVersions(['1.37, v1.29.3', '1.30'])).toEqual(['1.29', '1.30', '1.37']);
  });

  it('says what breaks with the upgrade, and says once what is broken anyway', async () => {
    await withFolder(
      { '.git/HEAD': '', 'f.yaml': flowSchema, 'p.yaml': 'apiVersion: v1\nkind: Podd\n' },
      async (folder) => {
        const versions = ['--kubernetes-version', '1.30,1.31', '--kubernetes-version', '1.36'];
        const run = await runCli(['.', '--format', 'json', '--only', only[0] ?? '', ...versions], folder);
        expect(JSON.parse(run.stdout).diagnostics.map(({ message }: { message: string }) => message)).toEqual(
          [
            'apiVersion "flowcontrol.apiserver.k8s.io/v1beta3": FlowSchema was removed from flowcontrol.apiserver.k8s.io/v1beta3 in Kubernetes 1.32 (for Kubernetes 1.36)',
            'kind "Podd": Kubernetes 1.30 has no kind "Podd" in "v1" (for Kubernetes 1.30 to 1.36)',
          ],
        );
        expect(run.status).toBe(1);
        expect(
          (await runCli(['f.yaml', '--only', only[0] ?? '', '--kubernetes-version', '1.30'], folder)).status,
        ).toBe(0);
      },
    );
  });
});

it('each environment is checked for its own version, the command line before all', () => {
  const files = {
    'cdb-lint.yaml':
      'kubernetesVersion: "1.30"\nenvironments:\n  dev: {root: dev, kubernetesVersion: "1.33"}\n  prod: {root: prod}\n',
    'base/kustomization.yaml': 'resources: [f.yaml]\n',
    'base/f.yaml': flowSchema,
    'dev/kustomization.yaml': 'resources: [../base]\n',
    'prod/kustomization.yaml': 'resources: [../base]\n',
  };
  const refusedIn = (versions: readonly string[] = []): (string | undefined)[] =>
    lintFiles(files, { only, kubernetesVersions: versions })
      .findings.filter(({ severity }) => severity === 'error')
      .flatMap(({ occurrences }) => occurrences.map(({ entryPoint }) => entryPoint));
  expect(refusedIn()).toEqual(['dev']);
  expect(refusedIn(['1.37'])).toEqual(['dev', 'prod']);
  expect(refusedIn(['1.29'])).toEqual([]);
});

it('objects are checked as they are sent: the environment says how', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: c
      image: c:1
      env: [{name: A, value: "1"}, {name: A, value: "2"}]
`;
  const files = {
    'cdb-lint.yaml':
      'environments:\n  flux: {root: flux, appliedBy: server-side-apply}\n  argo: {root: argo}\n',
    'flux/kustomization.yaml': 'resources: [p.yaml]\n',
    'flux/p.yaml': pod,
    'argo/kustomization.yaml': 'resources: [p.yaml]\n',
    'argo/p.yaml': pod,
  };
  const refused = (more = {}): string[] =>
    lintFiles(files, { only: ['duplicate-value'], ...more }).findings.map(({ span }) => span.file.path);
  expect(refused()).toEqual(['flux/p.yaml']);
  expect(refused({ appliedBy: 'server-side-apply' })).toEqual(['argo/p.yaml', 'flux/p.yaml']);
  expect(refused({ appliedBy: 'create' })).toEqual([]);
});

it('a finding names the versions that it holds for, neighbours drawn together', () => {
  const finding = {
    rule: 'r',
    severity: 'error',
    message: 'm',
    span: { file: { path: 'a', text: '' }, start: 0, end: 0 },
    related: [],
  } as const;
  const findings = kubernetesVersions.map((version) => {
    const holds = ['1.29', '1.31', '1.32', '1.33', '1.36', '1.37'].includes(version);
    return [version, holds ? [finding] : []] as const;
  });
  expect(mergeVersions(new Map(findings)).map(({ message }) => message)).toEqual([
    'm (for Kubernetes 1.29, 1.31 to 1.33, 1.36, 1.37)',
  ]);
});
