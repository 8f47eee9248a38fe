import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { directoryOfAddress } from '../../src/fetched/address.ts';
import { digestAt } from '../../src/fetched/digest.ts';
import { fetchLine, isAllowed } from '../../src/fetched/fetch-line.ts';
import { openFetched } from '../../src/fetched/fetched.ts';
import { readLock, writeLock } from '../../src/fetched/lock.ts';
import { remoteBaseOf } from '../../src/fetched/remote-base.ts';
import type { Wanted, WantedChart } from '../../src/fetched/wanted.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { sha256OfBytes } from '../../src/source/sha256.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

const archive = new Uint8Array(readFileSync(new URL('../chart/fixtures/shop-1.2.3.tgz', import.meta.url)));
const shop: WantedChart = {
  kind: 'chart',
  repository: 'https://charts.example.org/stable',
  name: 'shop',
  version: '1.x',
};

function findAmong(files: Readonly<Record<string, string | Uint8Array>>, wanted: Wanted) {
  return openFetched(openSources(memoryFileSystem(files)), 'f', new Map()).find(wanted);
}

describe('where something belongs in the folder', () => {
  it.each([
    ['https://charts.example.org/stable/', 'charts.example.org/stable'],
    ['oci://ghcr.io/acme/charts', 'ghcr.io/acme/charts'],
    ['git@github.com:acme/platform.git', 'github.com/acme/platform'],
    ['https://user:word@example.org/a', 'example.org/a'],
    ['https://example.org/../../etc', undefined],
    ['https://example.org/a b', undefined],
    ['file:///etc', undefined],
    ['', undefined],
  ])('of %s is %s', (url, directory) => {
    expect(directoryOfAddress(url)).toBe(directory);
  });
});

describe('a remote entry of a kustomization', () => {
  it.each([
    ['https://github.com/acme/a//deploy/base?ref=v1.2', 'https://github.com/acme/a', 'v1.2', 'deploy/base'],
    ['github.com/acme/a/deploy?ref=main', 'https://github.com/acme/a', 'main', 'deploy'],
    ['git@github.com:acme/a.git//deploy?ref=v1', 'git@github.com:acme/a.git', 'v1', 'deploy'],
    [
      'https://git.example.org/group/a.git/base?version=2',
      'https://git.example.org/group/a.git',
      '2',
      'base',
    ],
    ['https://github.com/acme/a', 'https://github.com/acme/a', '', ''],
    ['ssh://git@example.org/acme/a//x', 'ssh://git@example.org/acme/a', '', 'x'],
  ])('%s is a checkout', (text, repository, version, path) => {
    expect(remoteBaseOf(text)).toEqual({ wanted: { kind: 'checkout', repository, version }, path });
  });

  it('of a YAML file is that file', () => {
    const address = 'https://raw.githubusercontent.com/acme/a/v1/install.yaml';
    expect(remoteBaseOf(address)?.wanted).toEqual({ kind: 'file', repository: address, version: '' });
  });
});

describe('the line that fetches something', () => {
  it.each<[Wanted, string | undefined]>([
    [
      shop,
      'mkdir -p f/charts.example.org/stable && helm pull shop --repo https://charts.example.org/stable --version 1.x --destination f/charts.example.org/stable',
    ],
    [
      { ...shop, repository: 'oci://ghcr.io/acme', version: '>=1.0 <2' },
      "mkdir -p f/ghcr.io/acme && helm pull oci://ghcr.io/acme/shop --version '>=1.0 <2' --destination f/ghcr.io/acme",
    ],
    [
      { kind: 'checkout', repository: 'https://github.com/acme/a', version: 'v1' },
      'git clone --quiet --depth 1 --branch v1 https://github.com/acme/a f/github.com/acme/a@v1',
    ],
    [
      { kind: 'artifact', repository: 'oci://ghcr.io/acme/a', version: '1.0' },
      'mkdir -p f/ghcr.io/acme/a@1.0 && flux pull artifact oci://ghcr.io/acme/a:1.0 --output f/ghcr.io/acme/a@1.0',
    ],
    [{ ...shop, name: '$(id)' }, undefined],
    [{ ...shop, name: '--post-renderer=x' }, undefined],
    [{ ...shop, name: '~root' }, undefined],
    [{ ...shop, version: "1'; id; '" }, undefined],
    [{ ...shop, version: '--plain-http' }, undefined],
    [{ ...shop, repository: 'https://a.example.org/`id`' }, undefined],
    [{ ...shop, repository: 'https://me:word@a.example.org/x' }, undefined],
    [{ kind: 'checkout', repository: 'ext::sh.example.org', version: '' }, undefined],
    [{ kind: 'checkout', repository: '--upload-pack=a.b', version: '' }, undefined],
    [{ kind: 'checkout', repository: 'https://a.example.org/x', version: '../../up' }, undefined],
  ])('of %j', (wanted, line) => {
    expect(fetchLine(wanted, { folder: 'f', hasNoLinks: () => true })).toBe(line);
  });

  it('asks no host but those that are listed, or addresses below one', () => {
    const of = (repository: string, ...hosts: string[]) => isAllowed({ ...shop, repository }, hosts);
    expect(of('https://ghcr.io/acme', 'ghcr.io')).toBe(true);
    expect(of('oci://ghcr.io/acme/charts', 'ghcr.io/acme')).toBe(true);
    expect(of('oci://ghcr.io/acme-evil', 'ghcr.io/acme')).toBe(false);
    expect(of('https://evil.example.org/ghcr.io', 'ghcr.io')).toBe(false);
    expect(of('https://ghcr.io@evil.example.org/', 'ghcr.io')).toBe(false);
  });
});

describe('a chart in the folder', () => {
  const layout = (): Record<string, string | Uint8Array> => {
    const layer = sha256OfBytes(archive);
    const config = JSON.stringify({ apiVersion: 'v2', name: 'shop', version: '1.2.3' });
    const [configDigest] = [sha256OfBytes(new TextEncoder().encode(config))];
    const manifest = JSON.stringify({
      config: { digest: `sha256:${configDigest}` },
      layers: [
        {
          mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
          digest: `sha256:${layer}`,
        },
      ],
    });
    const manifestDigest = sha256OfBytes(new TextEncoder().encode(manifest));
    const annotations = { 'org.opencontainers.image.ref.name': 'stable' };
    return {
      'f/oci/oci-layout': '{"imageLayoutVersion":"1.0.0"}',
      'f/oci/index.json': JSON.stringify({
        manifests: [{ digest: `sha256:${manifestDigest}`, annotations }],
      }),
      [`f/oci/blobs/sha256/${manifestDigest}`]: manifest,
      [`f/oci/blobs/sha256/${configDigest}`]: config,
      [`f/oci/blobs/sha256/${layer}`]: archive,
    };
  };

  it('is the newest of a range, by numbers and not by letters', () => {
    const files = { 'f/shop-1.9.0.tgz': archive, 'f/shop-1.10.0.tgz': archive, 'f/shop-2.0.0.tgz': archive };
    expect(findAmong(files, shop)).toEqual({ kind: 'here', path: 'f/shop-1.10.0.tgz', version: '1.10.0' });
  });

  it('of its own repository counts before any other, and one of another host never', () => {
    const own = 'f/charts.example.org/stable/shop-1.0.0.tgz';
    const files = { 'f/shop-1.9.0.tgz': archive, 'f/other.example.org/shop-1.9.9.tgz': archive };
    expect(findAmong({ ...files, [own]: archive }, shop)).toMatchObject({ path: own });
    expect(findAmong(files, shop)).toMatchObject({ path: 'f/shop-1.9.0.tgz' });
    expect(findAmong({ 'f/other.example.org/shop-1.9.9.tgz': archive }, shop)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['the content cache of Helm 4', 'f/content/ab/abcdef.chart'],
    ['the cache of Argo CD', 'f/helm/0c3a1c1e-58a0-4b5d-a2ff-5f2a8d9e6d2c'],
    ['the storage of Flux', 'f/helmchart/flux-system/apps-shop/shop-1.2.3.tgz'],
    ['an artifact of Flux', 'f/ocirepository/apps/shop/sha256.tar.gz'],
  ])('is found in %s', (_, path) => {
    expect(findAmong({ [path]: archive }, shop)).toEqual({ kind: 'here', path, version: '1.2.3' });
  });

  it('is found unpacked, and in an OCI layout by version or tag', () => {
    const chart = 'apiVersion: v2\nname: shop\nversion: 1.4.0\n';
    expect(findAmong({ 'f/shop/Chart.yaml': chart }, shop)).toMatchObject({
      path: 'f/shop',
      version: '1.4.0',
    });
    expect(findAmong(layout(), shop)).toMatchObject({ kind: 'here', version: '1.2.3' });
    expect(findAmong(layout(), { ...shop, version: 'stable' })).toMatchObject({ kind: 'here' });
    expect(findAmong(layout(), { ...shop, version: 'edge' })).toEqual({ kind: 'absent' });
  });

  it('is refused where the lock knows another content', () => {
    const files = { 'f/shop-1.2.3.tgz': archive };
    const digest = digestAt(openSources(memoryFileSystem(files)), 'f/shop-1.2.3.tgz') ?? '';
    const lockedAs = (own: string) => {
      const lock = writeLock([{ wanted: { ...shop, version: '1.2.3' }, digest: own }]);
      const sources = openSources(memoryFileSystem({ ...files, 'cdb-lint.lock': lock }));
      return openFetched(sources, 'f', readLock(sources, 'cdb-lint.lock')).find(shop).kind;
    };
    expect(lockedAs(digest)).toBe('here');
    expect(lockedAs(`sha256:${'0'.repeat(64)}`)).toBe('changed');
  });
});

describe('manifests of another repository', () => {
  const source = (kind: string, ...spec: readonly string[]): string =>
    [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      `kind: ${kind}`,
      'metadata: { name: other, namespace: flux-system }',
      'spec:',
      ...spec.map((line) => `  ${line}`),
      '---',
      '',
    ].join('\n');
  const kustomization = (kind: string): string =>
    fluxKustomization('other', './deploy').replace(
      'sourceRef: { kind: GitRepository, name: flux-system }',
      `sourceRef: { kind: ${kind}, name: other }`,
    );
  const at = (kind: string, ...spec: readonly string[]) => ({
    'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
    'clusters/prod/other.yaml': source(kind, ...spec) + kustomization(kind),
  });

  it.each([
    [
      '.cdb-lint/sources/github.com/acme/a@v1/deploy/a.yaml',
      at('GitRepository', 'interval: 1h', 'url: https://github.com/acme/a', 'ref: { tag: v1 }'),
    ],
    [
      '.cdb-lint/sources/ghcr.io/acme/a@1.0/deploy/a.yaml',
      at('OCIRepository', 'interval: 1h', 'url: oci://ghcr.io/acme/a', 'ref: { tag: "1.0" }'),
    ],
  ])('are rendered from %s', (path, files) => {
    const here = discoverFiles({ ...files, [path]: configMap('theirs', 'k: v') });
    const owner = here.clusters
      .flatMap(({ reconciliations }) => reconciliations)
      .find(({ name }) => name === 'other');
    expect(owner?.build.inputs).toEqual([path]);
    expect(owner?.notRendered).toEqual([]);
    expect(discoverFiles(files).coverage.notRendered).toEqual([
      expect.stringContaining('its repository is not known to be this one'),
    ]);
  });
});
