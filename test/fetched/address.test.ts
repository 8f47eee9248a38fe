import { describe, expect, it } from 'vitest';
import { directoryOfAddress, hostOf, plainAddress, sameRepository } from '../../src/fetched/address.ts';

describe('an address', () => {
  it.each([
    ['https://example.org/a/b', 'example.org/a/b'],
    [' HTTPS://Example.org/A/B.git ', 'example.org/a/b'],
    ['git+ssh://git@example.org/a', 'example.org/a'],
    ['git@example.org:a/b.git', 'example.org/a/b'],
    ['ssh://git@example.org:22/a', 'example.org/a'],
    ['https://me:pass@example.org/a', 'example.org/a'],
    ['example.org:8443/a', 'example.org/a'],
    ['example.org:8443', 'example.org/8443'],
    ['example.org:80a/b', 'example.org/80a/b'],
    ['example.org/a:1/b', 'example.org/a:1/b'],
    ['example.org/a@b', 'example.org/a@b'],
    ['example.org/x/me@b', 'example.org/x/me@b'],
    ['example.org/a//', 'example.org/a'],
    ['example.org/a.git/', 'example.org/a'],
    ['example.org/agit', 'example.org/agit'],
    ['example.org/a.git.b', 'example.org/a.git.b'],
    ['x/https://example.org', 'x/https://example.org'],
    ['1://example.org', '1///example.org'],
  ])('%j is %j without what does not count', (url, plain) => {
    expect(plainAddress(url)).toBe(plain);
  });

  it('is that of the same repository whatever protocol and user it has', () => {
    expect(sameRepository('git@example.org:a/b.git', 'https://example.org/a/b')).toBe(true);
    expect(sameRepository('https://example.org/a', 'https://example.org/b')).toBe(false);
  });

  it.each<[url: string, host: string | undefined]>([
    ['https://example.org/a', 'example.org'],
    [' https://Example.org:8443/a', 'example.org'],
    ['git@example.org:a', 'example.org'],
    ['git+ssh://git@example.org/a', 'example.org'],
    ['h2.x-y://example.org', 'example.org'],
    ['example.org?a', 'example.org'],
    ['example.org#a', 'example.org'],
    ['example.org', 'example.org'],
    ['localhost:5000/a', 'localhost'],
    ['https://example/a', undefined],
    ['mylocalhost/a', undefined],
    ['/a.b', undefined],
    ['', undefined],
    ['https://example.org@evil.test/a', 'evil.test'],
    ['https://evil.test/example.org@', 'evil.test'],
    ['1x.y://example.org', '1x.y'],
  ])('%j is at %j', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  it.each<[url: string, directory: string | undefined]>([
    ['https://example.org/a/b', 'example.org/a/b'],
    ['https://example.org/a_1.b+c~d-e', 'example.org/a_1.b+c~d-e'],
    ['https://example.org/a?b/../c', 'example.org/a'],
    ['https://example.org/a#b', 'example.org/a'],
    ['https://example.org/a?x\ny', undefined],
    ['https://example.org/..', undefined],
    ['https://example.org/./a', undefined],
    ['https://example.org/.../a', undefined],
    ['https://example.org/..a', 'example.org/..a'],
    ['https://example.org/a..', 'example.org/a..'],
    ['https://example.org/a//b', undefined],
    ['https://example.org/a b', undefined],
    ['https://example.org/ab!', undefined],
    ['https://example.org/!ab', undefined],
    ['https://example/a', undefined],
    ['a/b', undefined],
    ['', undefined],
  ])('%j has the directory %j', (url, directory) => {
    expect(directoryOfAddress(url)).toBe(directory);
  });
});
