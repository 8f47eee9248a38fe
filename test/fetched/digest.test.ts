import { describe, expect, it } from 'vitest';
import { digestAt } from '../../src/fetched/digest.ts';
import type { FileSystem, ReadFailure } from '../../src/source/file-system.ts';
import { openSources, type Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { sha256 } from '../../src/source/sha256.ts';

type Files = Readonly<Record<string, string>>;

function digest(files: Files, path = 'a'): string | undefined {
  return digestAt(openSources(memoryFileSystem(files)), path);
}

/** Sources of which some paths cannot be read. */
function withUnread(files: Files, unread: Readonly<Record<string, ReadFailure>>): Sources {
  const plain = memoryFileSystem(files);
  const fileSystem: FileSystem = { ...plain, read: (path) => unread[path] ?? plain.read(path) };
  return openSources(fileSystem);
}

const files = { 'a/one.yaml': '1', 'a/b/two.yaml': '2' };

describe('the digest of a file', () => {
  it('is that of its bytes', () => {
    expect(digest(files, 'a/one.yaml')).toBe(`sha256:${sha256('1')}`);
  });

  it('is unknown where it cannot be read', () => {
    expect(digestAt(withUnread(files, { 'a/one.yaml': 'unreadable' }), 'a/one.yaml')).toBeUndefined();
  });
});

describe('the digest of a directory', () => {
  it('is that of the digests and names of its files, in the order of the digests', () => {
    const lines = [`${sha256('2')}  b/two.yaml\n`, `${sha256('1')}  one.yaml\n`].sort();
    expect(digest(files)).toBe(`sha256:${sha256(lines.join(''))}`);
  });

  it.each<[what: string, other: Files]>([
    ['a name', { 'a/other.yaml': '1', 'a/b/two.yaml': '2' }],
    ['a folder', { 'a/one.yaml': '1', 'a/c/two.yaml': '2' }],
    ['a content', { 'a/one.yaml': '1', 'a/b/two.yaml': '3' }],
    ['one more', { ...files, 'a/b/c/three.yaml': '' }],
    ['one less', { 'a/one.yaml': '1' }],
    ['contents that are swapped', { 'a/one.yaml': '2', 'a/b/two.yaml': '1' }],
  ])('is another with %s', (_, other) => {
    expect(digest(other)).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect(digest(other)).not.toBe(digest(files));
  });

  it('is the same wherever it is, and whatever Git keeps in it', () => {
    expect(digest({ 'x/y/one.yaml': '1', 'x/y/b/two.yaml': '2' }, 'x/y')).toBe(digest(files));
    expect(digest({ ...files, 'a/.git/config': '', 'a/b/.git': 'gitdir: x' })).toBe(digest(files));
    expect(digest({ ...files, 'a/.github/x': '' })).not.toBe(digest(files));
  });

  it('is unknown where something in it cannot be read, and where it is not there', () => {
    expect(digestAt(withUnread(files, { 'a/b/two.yaml': 'not-fetched' }), 'a')).toBeUndefined();
    expect(digest(files, 'c')).toBeUndefined();
  });

  it('is unknown with a name of two lines, one of which could be that of another file', () => {
    const [one, two] = ['1', '2'].map((content) => `${sha256(content)}`);
    const honest = { 'a/one': '1', 'a/two': '2' };
    const [first, second, hash] = (one ?? '') < (two ?? '') ? ['one', 'two', two] : ['two', 'one', one];
    const content = first === 'one' ? '1' : '2';
    expect(digest(honest)).toBeDefined();
    expect(digest({ [`a/${first}\n${hash}  ${second}`]: content })).toBeUndefined();
    expect(digest({ [`a/${first}\n${hash}  ${second}/x`]: content })).toBeUndefined();
  });

  it('is unknown with more files than 20,000', () => {
    const many = (count: number): Files =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a/${index}`, '']));
    expect(digest(many(20_000))).toBeDefined();
    expect(digest(many(20_001))).toBeUndefined();
  });
});
