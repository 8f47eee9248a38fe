import { describe, expect, it } from 'vitest';
import { newIgnored } from '../../src/configuration/ignored-paths.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import type { Limits } from '../../src/source/limits.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { findEntryPoints } from '../../src/survey/entry-points.ts';
import {
  enterDirectory,
  isTooMuch,
  namePath,
  type Search,
  unreadable,
} from '../../src/survey/search-directory.ts';

const files = { 'a/one.yaml': '', 'a/two.yaml': '', 'a/b/three.yaml': '' };

function search(limits: Partial<Limits> = {}, links: Readonly<Record<string, string>> = {}): Search {
  const plain = memoryFileSystem(files);
  const followed = (path: string): string => links[path] ?? path;
  const fileSystem: FileSystem = {
    ...plain,
    list: (path) => plain.list(followed(path)),
    realPath: (path) => plain.realPath(followed(path)),
  };
  return {
    sources: openSources(fileSystem, limits),
    files: new Set(),
    kustomizations: new Map(),
    diagnostics: [],
    looked: { entries: 0 },
  };
}

/** Directories within one another, so many. */
function deep(levels: number): string[] {
  return Array.from({ length: levels }, (_, index) => `d${index}`);
}

describe('a directory that is searched', () => {
  it('has its entries, which count, and where they stand', () => {
    const one = search();
    expect(enterDirectory(one, 'a', ['', 'x'])).toEqual({
      entries: [
        { name: 'b', kind: 'directory' },
        { name: 'one.yaml', kind: 'file' },
        { name: 'two.yaml', kind: 'file' },
      ],
      within: ['', 'x', 'a'],
    });
    expect(one.looked.entries).toBe(3);
    expect(enterDirectory(one, 'a/b', [])?.within).toEqual(['a/b']);
    expect(one.looked.entries).toBe(4);
    expect(one.diagnostics).toEqual([]);
  });

  it('stands where its link leads to', () => {
    expect(enterDirectory(search({}, { link: 'a/b' }), 'link', ['a'])?.within).toEqual(['a', 'a/b']);
  });

  it('has nothing new where its link leads above it', () => {
    const one = search({}, { 'a/b/link': 'a' });
    expect(enterDirectory(one, 'a/b/link', ['', 'a', 'a/b'])).toBeUndefined();
    expect([one.looked.entries, one.diagnostics]).toEqual([0, []]);
  });

  it('cannot be read where it is not there', () => {
    const one = search();
    expect(enterDirectory(one, 'c', [])).toBeUndefined();
    expect(one.diagnostics).toEqual([unreadable('c')]);
    expect(one.looked.entries).toBe(0);
  });

  it('is not searched where it is nested too deeply, which is not checked', () => {
    const one = search();
    expect(enterDirectory(one, 'a', deep(64))).toBeDefined();
    expect(one.diagnostics).toEqual([]);
    expect(enterDirectory(one, 'a', deep(65))).toBeUndefined();
    expect(one.diagnostics).toEqual([
      {
        rule: 'file-unreadable',
        severity: 'error',
        message: 'a is nested too deeply to search',
        help: 'list the directories to check',
        span: { file: { path: 'a', text: '' }, start: 0, end: 0 },
        related: [],
        unchecked: 'a',
      },
    ]);
  });

  it('ends a search that is too much', () => {
    const one = search({ totalEntries: 3 });
    expect(enterDirectory(one, 'a', [])).toBeDefined();
    expect(isTooMuch(one)).toBe(false);
    expect(enterDirectory(one, 'a/b', [])).toBeUndefined();
    expect(isTooMuch(one)).toBe(true);
    expect(one.diagnostics).toEqual([]);
  });
});

describe('a search', () => {
  it('is too much with more files and kustomizations than its limit', () => {
    const found = (...counts: readonly [files: number, kustomizations: number]): boolean => {
      const [some = [], others = []] = counts.map((count) =>
        Array.from({ length: count }, (_, index) => `${index}`),
      );
      return isTooMuch({
        ...search({ totalFiles: 3 }),
        files: new Set(some),
        kustomizations: new Map(others.map((name) => [name, name])),
      });
    };
    expect([found(3, 0), found(2, 1), found(0, 3)]).toEqual([false, false, false]);
    expect([found(4, 0), found(2, 2), found(0, 4)]).toEqual([true, true, true]);
  });

  it('counts what the configuration leaves out where that is named', () => {
    const span = { file: { path: 'cdb-lint.yaml', text: '' }, start: 0, end: 0 };
    const find = (totalEntries: number): unknown => {
      const sources = openSources(memoryFileSystem(files), { totalEntries });
      const ignore = [newIgnored('a', span)];
      return findEntryPoints(sources, { paths: ['a'], environments: [], selected: [], ignore });
    };
    expect(find(4)).toMatchObject({
      plainFiles: ['a/b/three.yaml', 'a/one.yaml', 'a/two.yaml'],
      diagnostics: [],
    });
    expect(find(3)).toMatchObject({
      plainFiles: [],
      diagnostics: [{ isOfRun: true, unchecked: 'the rest of the files' }],
    });
  });
});

it('that nothing can be read is an error, and not checked', () => {
  expect(unreadable('a/pipe')).toEqual({
    rule: 'file-unreadable',
    severity: 'error',
    message: 'a/pipe is not a readable file or directory',
    help: namePath,
    span: { file: { path: 'a/pipe', text: '' }, start: 0, end: 0 },
    related: [],
    unchecked: 'a/pipe',
  });
});
