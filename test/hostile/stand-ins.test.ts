import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { judgeGate } from '../../src/run/gate.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { openBase } from '../../src/source/open-base.ts';
import { sha256, sha256OfBytes } from '../../src/source/sha256.ts';
import { withRepository } from '../support/git-repository.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const archive = new Uint8Array(readFileSync(new URL('../chart/fixtures/shop-1.2.3.tgz', import.meta.url)));
const text = (path: string): string =>
  readFileSync(new URL(`../chart/fixtures/shop/${path}`, import.meta.url), 'utf8');
const folder = '.cdb-lint/sources';
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: harmless, namespace: apps}\n';

const flux = (source: string): string =>
  [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    'metadata: {name: apps, namespace: flux-system}',
    `spec: {interval: 5m, path: ./apps, prune: true, sourceRef: ${source}}`,
    '',
  ].join('\n');

const release = (version: string): string =>
  [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: HelmRepository',
    'metadata: {name: charts, namespace: apps}',
    'spec: {interval: 1h, url: "https://charts.example.org"}',
    '---',
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    'metadata: {name: shop, namespace: apps}',
    'spec:',
    '  interval: 10m',
    `  chart: {spec: {chart: shop, version: "${version}", sourceRef: {kind: HelmRepository, name: charts}}}`,
    '',
  ].join('\n');

const here = '{kind: GitRepository, name: flux-system}';
const plain: Files = {
  'clusters/prod/apps.yaml': flux(here),
  'apps/settings.yaml': configMap,
};
const deploying: Files = { ...plain, 'apps/shop.yaml': release('1.2.3') };
const chart: Files = { [`${folder}/charts.example.org/shop-1.2.3.tgz`]: archive };

const lockOf = (kind: string, repository: string, version: string, digest: string): Files => ({
  'cdb-lint.lock': `sources:\n  - {kind: ${kind}, name: shop, repository: "${repository}", version: "${version}", digest: "sha256:${digest}"}\n`,
});
const chartLock = lockOf('chart', 'https://charts.example.org', '1.2.3', sha256OfBytes(archive));

interface Change {
  readonly base: Files;
  readonly head: Files;
  /** What lies in the working tree and in no commit. */
  readonly filled?: Files;
}

/** What the gate says of a change of which all but what CI filled in is committed. */
function gate({ base, head, filled = {} }: Change): Report {
  const committed = (): Map<string, boolean> =>
    new Map(Object.entries(head).map(([path, content]) => [path, String(base[path]) === String(content)]));
  const fileSystem = memoryFileSystem({ ...head, ...filled });
  const options = { fileSystem, paths: ['.'], only: ['unchecked'] };
  return judgeGate(options, { name: 'base', files: () => memoryFileSystem(base), committed }).report;
}

function weakenings({ findings }: Report): string[] {
  return findings.filter((one) => one.rule === 'gate-weakened').map(({ message }) => message);
}

const oci = (): Files => {
  const config = JSON.stringify({ name: 'shop', version: '1.2.3' });
  const manifest = JSON.stringify({
    config: { digest: `sha256:${sha256(config)}` },
    layers: [
      {
        mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        digest: `sha256:${sha256OfBytes(archive)}`,
      },
    ],
  });
  const layout = `${folder}/charts.example.org/shop`;
  return {
    [`${layout}/oci-layout`]: '{"imageLayoutVersion":"1.0.0"}',
    [`${layout}/index.json`]: JSON.stringify({ manifests: [{ digest: `sha256:${sha256(manifest)}` }] }),
    [`${layout}/blobs/sha256/${sha256(manifest)}`]: manifest,
    [`${layout}/blobs/sha256/${sha256(config)}`]: config,
    [`${layout}/blobs/sha256/${sha256OfBytes(archive)}`]: archive,
  };
};

const unpacked: Files = Object.fromEntries(
  ['Chart.yaml', 'values.yaml'].map((path) => [`${folder}/shop/${path}`, text(path)]),
);

const remoteBase: Files = {
  ...plain,
  'k/kustomization.yaml': 'resources: ["https://github.com/acme/a//b?ref=v1"]\n',
};
const checkout: Files = {
  [`${folder}/github.com/acme/a@v1/b/kustomization.yaml`]: 'resources: [a.yaml]\n',
  [`${folder}/github.com/acme/a@v1/b/a.yaml`]: configMap,
};

const artifactSource = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: other, namespace: flux-system}
spec: {interval: 1h, url: "oci://ghcr.io/acme/other", ref: {tag: "1.0"}}
---
${flux('{kind: OCIRepository, name: other}').replace('name: apps', 'name: other').replace('./apps', './deploy')}`;
const deployingArtifact: Files = { ...plain, 'clusters/prod/other.yaml': artifactSource };
const artifact: Files = { [`${folder}/ghcr.io/acme/other@1.0/deploy/a.yaml`]: configMap };

describe('what a change commits in the place of what the cluster fetches', () => {
  it.each<[string, Files, Files, string]>([
    ['a packed chart', deploying, chart, 'chart shop 1.2.3 of https://charts.example.org'],
    ['an OCI layout', deploying, oci(), 'chart shop 1.2.3 of https://charts.example.org'],
    ['an unpacked chart', deploying, unpacked, 'chart shop 1.2.3 of https://charts.example.org'],
    ['a remote base', remoteBase, checkout, 'checkout v1 of https://github.com/acme/a'],
    ['an artifact', deployingArtifact, artifact, 'artifact 1.0 of oci://ghcr.io/acme/other'],
  ])('%s is told, whether it is deployed already or not', (_, asking, fake, name) => {
    for (const base of [plain, asking]) {
      const told = weakenings(gate({ base, head: { ...asking, ...fake } }));
      expect(told).toEqual([
        expect.stringContaining(`comes with the change and replaces ${name}, which no lock lists`),
      ]);
    }
  });

  it('is told where its digest in the lock comes with it, or another one takes the place of that in the base', () => {
    const head = { ...deploying, ...chart, ...chartLock };
    expect(weakenings(gate({ base: plain, head }))).toEqual([
      expect.stringContaining('and so does its digest in the lock'),
    ]);
    const real = lockOf('chart', 'https://charts.example.org', '1.2.3', '0'.repeat(64));
    expect(weakenings(gate({ base: { ...deploying, ...real }, head }))).toEqual([
      expect.stringContaining('which has a different digest in the lock of the base'),
      expect.stringContaining('the lock has a different digest of chart shop 1.2.3'),
    ]);
  });

  it('is told where an earlier change committed it, while nothing asked for it', () => {
    expect(weakenings(gate({ base: { ...plain, ...chart }, head: { ...deploying, ...chart } }))).toEqual([
      expect.stringContaining('is committed and replaces chart shop 1.2.3'),
    ]);
  });

  it('is told where another folder is named for it', () => {
    const elsewhere = { 'fixtures/shop-1.2.3.tgz': archive };
    const head = { ...deploying, ...elsewhere, 'cdb-lint.yaml': 'charts: fixtures\n' };
    expect(weakenings(gate({ base: { ...plain, ...elsewhere }, head }))).toEqual(
      expect.arrayContaining([expect.stringContaining('fixtures/shop-1.2.3.tgz is committed and replaces')]),
    );
  });

  it('is told where a digest leaves the lock, whoever filled the folder', () => {
    const base = { ...deploying, ...chartLock };
    expect(weakenings(gate({ base, head: deploying, filled: chart }))).toEqual([
      'weakens the gate: the lock no longer has the digest of chart shop 1.2.3 of https://charts.example.org',
    ]);
  });
});

describe('how grave it is', () => {
  const severities = (change: Change): string[] =>
    gate(change).findings.flatMap(({ rule, severity }) => (rule === 'gate-weakened' ? [severity] : []));

  it('is an error, since this verdict goes by it, unless the base asks for something else', () => {
    const head = { ...deploying, ...chart };
    expect(severities({ base: plain, head })).toEqual(['error']);
    expect(gate({ base: plain, head }).exitCode).toBe(1);
    const warned = { 'cdb-lint.yaml': 'rules: {gate-weakened: {severity: warning}}\n' };
    expect(severities({ base: { ...plain, ...warned }, head: { ...head, ...warned } })).toEqual(['warning']);
    expect(severities({ base: plain, head: { ...head, ...warned } })).toContain('error');
    const off = { 'cdb-lint.yaml': 'rules: {gate-weakened: off}\n' };
    expect(severities({ base: plain, head: { ...head, ...off } })).toContain('error');
  });

  it('is a warning where only the lock changes, and an error of the archive that it makes way for', () => {
    const real = lockOf('chart', 'https://charts.example.org', '1.2.3', '0'.repeat(64));
    const base = { ...deploying, ...real };
    const relocked = { ...deploying, ...chartLock };
    expect(weakenings(gate({ base, head: relocked }))).toEqual([
      'weakens the gate: the lock has a different digest of chart shop 1.2.3 of charts.example.org',
    ]);
    expect(severities({ base, head: relocked })).toEqual(['warning']);
    expect(severities({ base, head: { ...relocked, ...chart } })).toEqual(
      expect.arrayContaining(['error', 'warning']),
    );
  });
});

describe('nothing is told of', () => {
  it.each<[string, Change]>([
    ['what CI filled the folder with', { base: plain, head: deploying, filled: chart }],
    [
      'what CI filled it with, and the author locked',
      { base: plain, head: { ...deploying, ...chartLock }, filled: chart },
    ],
    [
      'what is committed as it was',
      {
        base: { ...deploying, ...chart },
        head: { ...deploying, ...chart, 'apps/settings.yaml': `${configMap}data: {a: b}\n` },
      },
    ],
    [
      'what the lock of the base has the digest of',
      { base: { ...plain, ...chartLock }, head: { ...deploying, ...chart, ...chartLock } },
    ],
    [
      'a repository that keeps its charts, locked in the base, and asks for one more time',
      { base: { ...plain, ...chart, ...chartLock }, head: { ...deploying, ...chart, ...chartLock } },
    ],
  ])('%s', (_, change) => {
    expect(weakenings(gate(change))).toEqual([]);
  });
});

it('is found out by what Git has committed, through links too', () =>
  withRepository((repository) => {
    const path = `${folder}/charts.example.org/shop-1.2.3.tgz`;
    const first = repository.commit('base', plain);
    repository.commit('head', deploying);
    repository.write(chart);
    const told = (revision = first): string[] => {
      const base = openBase(repository.folder, revision);
      if ('problem' in base) throw new Error(base.problem);
      const options = { fileSystem: diskFileSystem(repository.folder), paths: ['.'] };
      return weakenings(judgeGate(options, base).report);
    };
    expect(told()).toEqual([]);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--amend', '--no-edit');
    expect(told()).toEqual([expect.stringContaining(`${path} comes with the change`)]);
    repository.git('mv', folder, 'charts');
    symlinkSync('../charts', join(repository.folder, folder));
    repository.commit('a link');
    expect(told()).toEqual([expect.stringContaining(`${path} comes with the change`)]);
    // The files behind it are as they were for a later change, which brings the link alone.
    repository.git('checkout', '--quiet', '-b', 'linked', first);
    repository.commit('files', {
      ...deploying,
      'charts/charts.example.org/shop-1.2.3.tgz': archive,
    });
    mkdirSync(join(repository.folder, '.cdb-lint'), { recursive: true });
    symlinkSync('../charts', join(repository.folder, folder));
    repository.commit('a link');
    expect(told('HEAD~1')).toEqual([expect.stringContaining(`${path} comes with the change`)]);
  }));
