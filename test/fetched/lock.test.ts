import { describe, expect, it } from 'vitest';
import { type Locked, lockName, readLock, writeLock } from '../../src/fetched/lock.ts';
import { type Wanted, wantedKey } from '../../src/fetched/wanted.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const digest = `sha256:${'0a'.repeat(32)}`;
const other = `sha256:${'1b'.repeat(32)}`;
const chart: Wanted = {
  kind: 'chart',
  repository: 'https://example.org/charts',
  version: '1.2.3',
  name: 'web',
};
const checkout: Wanted = { kind: 'checkout', repository: 'https://example.org/a.git', version: 'v1' };
const artifact: Wanted = { kind: 'artifact', repository: 'oci://example.org/a', version: 'v1' };
const file: Wanted = { kind: 'file', repository: 'https://example.org/a.yaml', version: '' };

function read(text: string): unknown {
  return [...readLock(openSources(memoryFileSystem({ [lockName]: text })), lockName)];
}

describe('a lock', () => {
  it('is read as it was written, in one order and each line once', () => {
    const all: readonly Locked[] = [chart, file, checkout, artifact].map((wanted) => ({ wanted, digest }));
    const text = writeLock(all);
    expect(writeLock([...all].reverse())).toBe(text);
    expect(writeLock([...all, ...all])).toBe(text);
    expect(text).toBe(`# Written by \`cdb-lint sources --write-lock\`: external sources and their digests.
sources:
  - kind: artifact
    repository: "oci://example.org/a"
    version: "v1"
    digest: ${digest}
  - kind: chart
    name: "web"
    repository: "https://example.org/charts"
    version: "1.2.3"
    digest: ${digest}
  - kind: checkout
    repository: "https://example.org/a.git"
    version: "v1"
    digest: ${digest}
  - kind: file
    repository: "https://example.org/a.yaml"
    version: ""
    digest: ${digest}
`);
    expect(read(text)).toEqual(
      [artifact, chart, checkout, file].map((wanted) => [wantedKey(wanted), digest]),
    );
  });

  it('may be empty, or not there', () => {
    expect(writeLock([])).toMatch(/\nsources: \[\]\n$/u);
    expect([read(writeLock([])), read('')]).toEqual([[], []]);
    const sources = openSources(
      memoryFileSystem({ [`${lockName}/x`]: writeLock([{ wanted: chart, digest }]) }),
    );
    expect(readLock(sources, lockName).size).toBe(0);
    expect(readLock(sources, 'elsewhere.lock').size).toBe(0);
    expect(sources.counts.filesRead).toBe(0);
  });

  const line = (more: string): string =>
    `sources:\n  - {repository: 'https://example.org/a', version: v1, ${more}}\n`;
  it.each<[what: string, text: string]>([
    ['a digest that is longer', line(`kind: checkout, digest: '${digest}0'`)],
    ['a digest with something before it', line(`kind: checkout, digest: 'x${digest}'`)],
    ['a digest that is shorter', line(`kind: checkout, digest: '${digest.slice(0, -1)}'`)],
    ['a digest of another kind', line(`kind: checkout, digest: 'sha512:${'0a'.repeat(32)}'`)],
    ['a digest in capitals', line(`kind: checkout, digest: 'sha256:${'0A'.repeat(32)}'`)],
    ['no digest', line('kind: checkout')],
    ['a digest that is a list', line(`kind: checkout, digest: ['${digest}']`)],
    ['another kind', line(`kind: constructor, digest: '${digest}'`)],
    ['no kind', line(`digest: '${digest}'`)],
    ['a line that is a string', `sources: ['${digest}']\n`],
    ['no list', `sources: {kind: checkout, digest: '${digest}'}\n`],
  ])('says nothing with %s', (_, text) => {
    expect(read(text)).toEqual([]);
  });

  it('takes what is no string for nothing, and the last of two lines', () => {
    const odd = `sources:\n  - {kind: checkout, repository: 1, version: [v1], digest: '${digest}'}\n`;
    expect(read(odd)).toEqual([[wantedKey({ kind: 'checkout', repository: '', version: '' }), digest]]);
    const twice = writeLock([
      { wanted: checkout, digest },
      { wanted: checkout, digest: other },
    ]);
    expect(read(twice)).toEqual([[wantedKey(checkout), other]]);
    const versioned = `sources:\n  - {kind: file, repository: '${file.repository}', version: v2, digest: '${digest}'}\n`;
    expect(read(versioned)).toEqual([[wantedKey(file), digest]]);
  });
});
