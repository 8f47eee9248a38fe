import { describe, expect, it } from 'vitest';
import { fetchLine, isAllowed, missingWords } from '../../src/fetched/fetch-line.ts';
import type { Wanted } from '../../src/fetched/wanted.ts';

const fetched = { folder: 'f', hasNoLinks: () => true };
const web = { kind: 'chart', repository: 'https://example.org/charts', name: 'web', version: '' } as const;
const git = { kind: 'checkout', repository: 'https://example.org/a', version: '' } as const;
const oci = { kind: 'artifact', repository: 'oci://example.org/a', version: 'v1' } as const;
const commit = '0123456789abcdef0123456789abcdef01234567';

function line(wanted: Wanted, given: Parameters<typeof fetchLine>[1] = fetched): string | undefined {
  return fetchLine(wanted, given);
}

describe('the line that fetches', () => {
  it.each<[wanted: Wanted, expected: string]>([
    [
      web,
      'mkdir -p f/example.org/charts && helm pull web --repo https://example.org/charts --destination f/example.org/charts',
    ],
    [
      { ...web, version: '*' },
      'mkdir -p f/example.org/charts && helm pull web --repo https://example.org/charts --destination f/example.org/charts',
    ],
    [
      { ...web, version: '1.2.3+a_b' },
      'mkdir -p f/example.org/charts && helm pull web --repo https://example.org/charts --version 1.2.3+a_b --destination f/example.org/charts',
    ],
    [
      { ...web, version: '>=1.2 <2 || ~3, ^4' },
      "mkdir -p f/example.org/charts && helm pull web --repo https://example.org/charts --version '>=1.2 <2 || ~3, ^4' --destination f/example.org/charts",
    ],
    [
      { ...web, repository: 'oci://example.org/charts', version: '1.*' },
      "mkdir -p f/example.org/charts && helm pull oci://example.org/charts/web --version '1.*' --destination f/example.org/charts",
    ],
    [git, 'git clone --quiet --depth 1 https://example.org/a f/example.org/a'],
    [
      { ...git, version: 'v1' },
      'git clone --quiet --depth 1 --branch v1 https://example.org/a f/example.org/a@v1',
    ],
    [
      { ...git, repository: 'git@example.org:a/b.git' },
      'git clone --quiet --depth 1 git@example.org:a/b.git f/example.org/a/b',
    ],
    [
      { ...git, repository: 'http://example.org/a' },
      'git clone --quiet --depth 1 http://example.org/a f/example.org/a',
    ],
    [
      { ...git, version: commit },
      `git init --quiet f/example.org/a@${commit} && git -C f/example.org/a@${commit} fetch --quiet --depth 1 https://example.org/a ${commit} && git -C f/example.org/a@${commit} checkout --quiet FETCH_HEAD`,
    ],
    [
      { ...git, version: `${commit}0` },
      `git clone --quiet --depth 1 --branch ${commit}0 https://example.org/a f/example.org/a@${commit}0`,
    ],
    [
      { ...git, version: `v${commit}` },
      `git clone --quiet --depth 1 --branch v${commit} https://example.org/a f/example.org/a@v${commit}`,
    ],
    [
      oci,
      'mkdir -p f/example.org/a@v1 && flux pull artifact oci://example.org/a:v1 --output f/example.org/a@v1',
    ],
    [
      { ...oci, version: 'sha256:0a' },
      'mkdir -p f/example.org/a@sha256-0a && flux pull artifact oci://example.org/a@sha256:0a --output f/example.org/a@sha256-0a',
    ],
    [
      { kind: 'file', repository: 'https://example.org/a.yaml', version: '' },
      'curl --fail --silent --show-error --location --create-dirs --output f/example.org/a.yaml https://example.org/a.yaml',
    ],
  ])('%j', (wanted, expected) => {
    expect(line(wanted)).toBe(expected);
  });

  it.each<[what: string, wanted: Wanted]>([
    ['a command behind the address', { ...git, repository: 'https://example.org/a;id' }],
    ['a command in the address', { ...git, repository: 'https://example.org/$(id)' }],
    ['a space in the address', { ...git, repository: 'https://example.org/a b' }],
    ['a space before the address', { ...git, repository: ' https://example.org/a' }],
    ['an address that is an option', { ...git, repository: '--upload-pack=https://example.org/a' }],
    ['a line break behind the address', { ...git, repository: 'https://example.org/a\n' }],
    ['a password', { ...git, repository: 'https://me:pass@example.org/a' }],
    ['a transport that starts a program', { ...git, repository: 'ext::example.org/a' }],
    ['another protocol', { ...git, repository: 'file://example.org/a' }],
    ['a protocol behind another', { ...git, repository: 'xhttps://example.org/a' }],
    ['no protocol', { ...git, repository: 'example.org/a' }],
    ['a user that is not git', { ...git, repository: 'me@example.org:a' }],
    ['a user with something before', { ...git, repository: 'x:git@example.org:a' }],
    ['two users', { ...git, repository: 'git@example.org:a@b' }],
    ['two colons', { ...git, repository: 'git@example.org:a:b' }],
    ['a way up', { ...git, repository: 'https://example.org/../a' }],
    ['a way up in its words', { ...git, repository: 'https://example.org/a..b' }],
    ['no host', { ...git, repository: 'https://example/a' }],
    ['nothing', { ...git, repository: '' }],
    ['a command in the version', { ...web, version: "1'; id" }],
    ['a version with a variable', { ...web, version: '$HOME' }],
    ['a version that is an option', { ...web, version: '--debug' }],
    ['a version with a command before it', { ...web, version: ';1.0' }],
    ['a version with a line break', { ...web, version: '1\n' }],
    ['a branch with a range', { ...git, version: '>=1' }],
    ['a branch with a way up', { ...git, version: 'a/../b' }],
    ['a command in the name', { ...web, name: 'web;id' }],
    ['a name that is an option', { ...web, name: '-web' }],
    ['a name with a way up', { ...web, name: '../web' }],
    ['no name', { ...web, name: '' }],
    ['a name with a command before', { ...web, name: ';web' }],
  ])('is none with %s', (_, wanted) => {
    expect(line(wanted)).toBeUndefined();
  });

  it('is none where a link leads elsewhere, or the folder is no plain word', () => {
    const asked: string[] = [];
    const hasNoLinks = (path: string): boolean => {
      asked.push(path);
      return false;
    };
    expect(line(git, { folder: 'f', hasNoLinks })).toBeUndefined();
    expect(asked).toEqual(['f/example.org/a']);
    for (const folder of ['a b', '-f', '$f', '../f', "'f'", '~/f'])
      expect(line(git, { ...fetched, folder })).toBeUndefined();
    for (const folder of ['.cdb-lint/sources', 'F_1~+:@', '_f', '0f'])
      expect(line(git, { ...fetched, folder })).toBeDefined();
  });
});

describe('a host that is allowed', () => {
  const allows = (host: string, repository: string): boolean => isAllowed({ ...git, repository }, [host]);

  it.each([
    ['example.org', 'https://example.org/a/b'],
    ['example.org', 'https://me@EXAMPLE.org:8443/a'],
    ['Example.org', 'https://example.org/a'],
    ['example.org/', 'https://example.org/a'],
    ['example.org//', 'oci://example.org/a'],
    ['example.org', 'https://example.org/a//b'],
    ['example.org/a', 'https://example.org/a'],
    ['example.org/a', 'https://example.org/a/b'],
    ['example.org/a/', 'https://example.org/a/b'],
    ['example.org/A', 'git@example.org:a/b.git'],
  ])('%s allows %s', (host, repository) => {
    expect(allows(host, repository)).toBe(true);
  });

  it.each([
    ['example.org', 'https://example.org.evil.test/a'],
    ['example.org', 'https://evil.test/example.org'],
    ['example.org', 'https://example.org@evil.test/a'],
    ['example.org', 'https://aexample.org/a'],
    ['example.org/a', 'https://example.org/ab'],
    ['example.org/a', 'https://example.org/b'],
    ['example.org/a', 'https://example.org/a//b'],
    ['example.org/a', 'https://example.org/a/../b'],
    ['/example.org', 'https://example.org/a'],
    ['exam/ple.org', 'https://example.org/a'],
    ['', 'https://example.org/a'],
    ['', '/a'],
  ])('%j does not allow %s', (host, repository) => {
    expect(allows(host, repository)).toBe(false);
  });

  it('is any of them, and none where there are none', () => {
    expect(isAllowed(git, ['a.test', 'example.org'])).toBe(true);
    expect(isAllowed(git, [])).toBe(false);
  });
});

describe('what is not fetched', () => {
  it('is told of with the line that fetches it, or why there is none', () => {
    expect(missingWords(git, fetched)).toBe(`its source was not fetched; ${line(git)}`);
    expect(missingWords(web, fetched)).toBe(`its chart was not fetched; ${line(web)}`);
    expect(missingWords({ ...web, repository: '' }, fetched)).toBe(
      'the repository of its chart is not in this one',
    );
    expect(missingWords({ ...git, repository: 'ext::a' }, fetched)).toBe(
      'its source was not fetched, and its address is not safe in a shell',
    );
  });
});
