import { describe, expect, it } from 'vitest';
import { openFetched, pathOfWanted } from '../../src/fetched/fetched.ts';
import type { Lock } from '../../src/fetched/lock.ts';
import { type Wanted, wantedKey } from '../../src/fetched/wanted.ts';
import type { Entry, FileSystem } from '../../src/source/file-system.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { sha256 } from '../../src/source/sha256.ts';

const git = { kind: 'checkout', repository: 'https://example.org/a', version: 'v1' } as const;
const file = { kind: 'file', repository: 'https://example.org/x.yaml', version: '' } as const;
const chart = { kind: 'chart', repository: 'https://example.org/charts', name: 'web', version: '' } as const;

const files = {
  'f/example.org/a@v1/one.yaml': 'one',
  'f/example.org/x.yaml': 'x',
  'f/example.org/charts/web-1.2.3.tgz': 'packed',
};

/** A file system in which links are listed that lead to another path, or to nothing that may be opened. */
function withLinks(links: Readonly<Record<string, string | undefined>>): FileSystem {
  const plain = memoryFileSystem(files);
  return {
    ...plain,
    realPath: (path) => (Object.hasOwn(links, path) ? links[path] : plain.realPath(path)),
    list(path) {
      const entries = plain.list(path);
      if (entries === undefined) return undefined;
      const added = Object.keys(links).flatMap((link): Entry[] => {
        const name = link.slice(link.lastIndexOf('/') + 1);
        const isHere = link === (path === '' ? name : `${path}/${name}`);
        return isHere && entries.every((one) => one.name !== name) ? [{ name, kind: 'other' }] : [];
      });
      return [...entries, ...added];
    },
  };
}

function open(lock: Lock = new Map(), fileSystem = memoryFileSystem(files)): ReturnType<typeof openFetched> {
  return openFetched(openSources(fileSystem), 'f', lock);
}

const sum = (text: string): string => `sha256:${sha256(text)}`;

describe('what was fetched', () => {
  it.each<[wanted: Wanted, path: string, version: string, digest: string]>([
    [git, 'f/example.org/a@v1', 'v1', sum(`${sha256('one')}  one.yaml\n`)],
    [file, 'f/example.org/x.yaml', '', sum('x')],
    [chart, 'f/example.org/charts/web-1.2.3.tgz', '1.2.3', sum('packed')],
  ])('%j is here where no lock knows it by another digest', (wanted, path, version, digest) => {
    const key = wantedKey({ ...wanted, version } as Wanted);
    const here = { kind: 'here', path, version };
    expect(open().find(wanted)).toEqual(here);
    expect(open(new Map([[key, digest]])).find(wanted)).toEqual(here);
    expect(open(new Map([['other', sum('')]])).find(wanted)).toEqual(here);
    expect(open(new Map([[key, sum('')]])).find(wanted)).toEqual({ kind: 'changed', path, version, digest });
  });

  it('is changed where a lock knows it and it cannot be read', () => {
    const fileSystem: FileSystem = { ...memoryFileSystem(files), read: () => 'unreadable' };
    const lock = new Map([[wantedKey(file), sum('x')]]);
    expect(open(lock, fileSystem).find(file)).toMatchObject({ kind: 'changed', digest: 'unreadable' });
  });

  it.each<[wanted: Wanted]>([
    [{ ...git, version: 'v2' }],
    [{ ...git, repository: 'https://example.org/x.yaml', version: '' }],
    [{ ...file, repository: 'https://example.org/charts' }],
    [{ ...file, repository: 'https://example.org/../x.yaml' }],
    [{ ...chart, name: 'other' }],
  ])('%j is absent', (wanted) => {
    expect(open(new Map([[wantedKey(wanted), sum('')]])).find(wanted)).toEqual({ kind: 'absent' });
  });

  it('is asked for once, and noted down', () => {
    const fetched = open();
    const found = fetched.find(git);
    expect(fetched.find({ ...git, repository: 'git@example.org:a.git' })).toBe(found);
    expect([...fetched.asked]).toEqual([[wantedKey(git), { wanted: git, found }]]);
    expect([fetched.folder, fetched.lock]).toEqual(['f', new Map()]);
  });
});

describe('a path to fetch to', () => {
  const path = 'f/example.org/a@v1';
  it.each<[what: string, links: Readonly<Record<string, string | undefined>>, hasNone: boolean]>([
    ['nothing that is a link', {}, true],
    ['a link elsewhere', { 'f/example.org/b': 'f', g: 'f' }, true],
    ['a link below what is in it', { 'f/example.org/a@v1/b/c': 'f' }, true],
    ['itself a link', { 'f/example.org/a@v1': 'g' }, false],
    ['a link above it', { 'f/example.org': 'g' }, false],
    ['a folder that is a link', { f: 'g' }, false],
    ['a link out of the repository', { 'f/example.org': undefined }, false],
    ['a link in it', { 'f/example.org/a@v1/one.yaml': 'g' }, false],
    ['a link to nothing in it', { 'f/example.org/a@v1/gone': undefined }, false],
  ])('with %s', (_, links, hasNone) => {
    expect(open(undefined, withLinks(links)).hasNoLinks(path)).toBe(hasNone);
  });

  it('has no links where nothing is there, except for those above it', () => {
    expect(open().hasNoLinks('f/example.org/b')).toBe(true);
    expect(open().hasNoLinks('g/example.org/b')).toBe(true);
    expect(open(undefined, withLinks({ 'f/example.org/b': undefined })).hasNoLinks('f/example.org/b')).toBe(
      false,
    );
    expect(open(undefined, withLinks({ 'f/example.org/b': undefined })).hasNoLinks('f/example.org/b/c')).toBe(
      false,
    );
  });
});

describe('where something belongs', () => {
  it.each<[wanted: Wanted, path: string | undefined]>([
    [git, 'f/example.org/a@v1'],
    [{ ...git, version: '' }, 'f/example.org/a'],
    [{ ...git, version: 'sha256:0a:1' }, 'f/example.org/a@sha256-0a-1'],
    [{ ...git, version: 'a/b_1.c+d-e' }, 'f/example.org/a@a/b_1.c+d-e'],
    [{ ...git, version: 'a/..b' }, 'f/example.org/a@a/..b'],
    [{ ...git, version: 'a/../b' }, undefined],
    [{ ...git, version: '..' }, undefined],
    [{ ...git, version: 'a b' }, undefined],
    [{ ...git, version: '^a' }, undefined],
    [{ ...git, version: 'a^' }, undefined],
    [{ ...git, repository: 'https://example.org/../a' }, undefined],
    [{ kind: 'artifact', repository: 'oci://example.org/a', version: 'v1' }, 'f/example.org/a@v1'],
    [{ ...chart, version: '>=1 <2' }, 'f/example.org/charts'],
    [{ ...chart, repository: '' }, undefined],
    [file, 'f/example.org/x.yaml'],
  ])('%j is %j', (wanted, path) => {
    expect(pathOfWanted('f', wanted)).toBe(path);
  });
});
