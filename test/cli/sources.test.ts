import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const flux = (name: string, path: string): string =>
  [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    `metadata: { name: ${name}, namespace: flux-system }`,
    `spec: { interval: 5m, path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }`,
    '',
  ].join('\n');

const release = (name: string, repository: string): string =>
  [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: HelmRepository',
    `metadata: { name: ${name}, namespace: apps }`,
    `spec: { interval: 1h, url: '${repository}' }`,
    '---',
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    `metadata: { name: ${name}, namespace: apps }`,
    'spec:',
    '  interval: 10m',
    `  chart: { spec: { chart: ${name}, version: 1.x, sourceRef: { kind: HelmRepository, name: ${name} } } }`,
    '',
  ].join('\n');

const files = {
  '.git/HEAD': '',
  'cdb-lint.yaml': 'sourceHosts: [charts.example.org, github.com/acme]\n',
  'clusters/prod/flux-system.yaml': flux('flux-system', './clusters/prod'),
  'clusters/prod/apps.yaml': flux('apps', './apps'),
  'apps/known.yaml': release('known', 'https://charts.example.org'),
  'apps/stranger.yaml': release('stranger', 'https://charts.example.com'),
  'other/kustomization.yaml': 'resources: ["https://github.com/acme/a//deploy?ref=v1"]\n',
  '.cdb-lint/sources/github.com/acme/a@v1/deploy/kustomization.yaml': 'resources: [a.yaml]\n',
  '.cdb-lint/sources/github.com/acme/a@v1/deploy/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: theirs, namespace: apps }\n',
};

describe('cdb-lint sources', () => {
  it('says to a shell, and to a terminal, that nothing may be asked before somebody lists the hosts', () =>
    withFolder({ ...files, 'cdb-lint.yaml': '' }, async (folder) => {
      const { stdout } = await runCli(['sources', '--format', 'shell'], folder);
      expect(stdout.split('\n')[0]).toMatch(
        /^# No command is run yet: .* under sourceHosts in cdb-lint\.yaml/u,
      );
      expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
      expect((await runCli(['sources'], folder)).stdout).toContain(
        '--format shell prints these as comments.',
      );
    }));

  it('lists what is here and what is not, for a shell only what may be asked for', () =>
    withFolder(files, async (folder) => {
      const directory = '.cdb-lint/sources/charts.example.org';
      const { stdout, status } = await runCli(['sources', '--format', 'shell'], folder);
      expect(status).toBe(0);
      expect(stdout.split('\n')).toEqual([
        `mkdir -p ${directory} && helm pull known --repo https://charts.example.org --version 1.x --destination ${directory}`,
        expect.stringMatching(/^# not in sourceHosts: mkdir -p .* helm pull stranger /u),
        '',
      ]);
      const json = JSON.parse((await runCli(['sources', '--format', 'json'], folder)).stdout);
      const rows = json.sources.map((one: Record<string, unknown>) => [
        one['kind'],
        one['name'] ?? one['repository'],
        one['status'],
        one['isAllowed'],
      ]);
      expect(rows).toEqual([
        ['chart', 'known', 'absent', true],
        ['chart', 'stranger', 'absent', false],
        ['checkout', 'https://github.com/acme/a', 'here', true],
      ]);
    }));

  it('locks what is here, and says where it is something else later', () =>
    withFolder(files, async (folder) => {
      expect((await runCli(['sources', '--write-lock'], folder)).status).toBe(0);
      expect((await runCli(['sources'], folder)).status).toBe(0);
      const lock = {
        'cdb-lint.lock': `sources:
  - { kind: checkout, repository: 'https://github.com/acme/a', version: v1, digest: 'sha256:${'0'.repeat(64)}' }
`,
      };
      await withFolder({ ...files, ...lock }, async (other) => {
        const { stdout, status } = await runCli(['sources'], other);
        expect(status).toBe(1);
        expect(stdout).toContain('changed  checkout https://github.com/acme/a v1');
      });
    }));

  it('brings the remote base that was fetched into the build, and nothing of it by itself', () =>
    withFolder(files, async (folder) => {
      const { stdout } = await runCli(['render', 'other'], folder);
      expect(stdout).toContain('name: theirs');
      const all = await runCli(['lint', '.', '--format', 'json'], folder);
      const report = JSON.parse(all.stdout);
      expect(report.coverage.objects).toBe(7);
      expect(report.coverage.unlocked).toEqual(['.cdb-lint/sources/github.com/acme/a@v1']);
      const words = 'external sources without a digest in a lock: .cdb-lint/sources/github.com/acme/a@v1';
      expect((await runCli(['lint', '.'], folder)).stdout.replaceAll(/\s+/gu, ' ')).toContain(words);
      expect((await runCli(['sources'], folder)).stdout).toMatch(
        /sha256:[0-9a-f]{64}, which is not in a lock\n/u,
      );
      await runCli(['sources', '--write-lock'], folder);
      const locked = await runCli(['lint', '.', '--format', 'json'], folder);
      expect(JSON.parse(locked.stdout).coverage).not.toHaveProperty('unlocked');
      expect((await runCli(['sources'], folder)).stdout).not.toContain('no lock');
    }));
});

describe('a step that fetches writes into the folder alone', () => {
  const asked = {
    '.git/HEAD': '',
    'cdb-lint.yaml': 'sourceHosts: [charts.example.org]\n',
    'clusters/prod/apps.yaml': flux('apps', './apps'),
    'apps/known.yaml': release('known', 'https://charts.example.org'),
    '.cdb-lint/sources/note.txt': '',
  };
  const lines = (
    files: Readonly<Record<string, string>>,
    prepare: (folder: string) => void,
  ): Promise<string> =>
    withFolder(files, async (folder) => {
      prepare(folder);
      return (await runCli(['sources', '--format', 'shell'], folder)).stdout;
    });

  it('as long as no link leads out of it', async () => {
    expect(await lines(asked, () => {})).toContain('helm pull known');
  });

  it.each<[string, (folder: string) => void]>([
    [
      'the folder of a host',
      (folder) => symlinkSync('/tmp', join(folder, '.cdb-lint/sources/charts.example.org')),
    ],
    [
      'a host, to nothing',
      (folder) => symlinkSync('/gone', join(folder, '.cdb-lint/sources/charts.example.org')),
    ],
    [
      'a host, within the repository',
      (folder) => symlinkSync('../../apps', join(folder, '.cdb-lint/sources/charts.example.org')),
    ],
  ])('not where %s is a link', async (_, prepare) => {
    expect(await lines(asked, prepare)).toBe('');
  });

  it('not where the folder itself is one', async () => {
    const files = { ...asked, 'cdb-lint.yaml': 'sourceHosts: [charts.example.org]\ncharts: out\n' };
    expect(await lines(files, (folder) => symlinkSync('/tmp', join(folder, 'out')))).toBe('');
  });

  it('not where a chart in it would be written through one', async () => {
    const file = '.cdb-lint/sources/charts.example.org/known-1.0.0.tgz';
    const files = { ...asked, '.cdb-lint/sources/charts.example.org/note.txt': '' };
    expect(await lines(files, (folder) => symlinkSync('/tmp/known.tgz', join(folder, file)))).toBe('');
  });

  it('not where a shell would take the folder for a home', async () => {
    const files = { ...asked, 'cdb-lint.yaml': 'sourceHosts: [charts.example.org]\ncharts: "~/charts"\n' };
    expect(await lines(files, () => {})).toBe('');
  });
});

it('shows no password of an address', () =>
  withFolder(
    {
      '.git/HEAD': '',
      'clusters/prod/apps.yaml': flux('apps', './apps'),
      'apps/known.yaml': release('known', 'https://me:zq7Canary4f19e3b2d8@charts.acme.dev'),
    },
    async (folder) => {
      for (const format of ['terminal', 'json', 'shell']) {
        const { stdout, stderr } = await runCli(['sources', '--format', format], folder);
        expect(stdout + stderr).not.toContain('zq7Canary');
        if (format !== 'shell') expect(stdout).toContain('@charts.acme.dev');
      }
    },
  ));
