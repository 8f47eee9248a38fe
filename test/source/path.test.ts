import { describe, expect, it } from 'vitest';
import {
  directoriesAbove,
  directoryOf,
  isBelow,
  isBelowAny,
  lastPartOf,
  normalisePath,
  pathBelow,
} from '../../src/source/path.ts';

describe('a path within the root', () => {
  it.each<[string, string | undefined]>([
    ['', ''],
    ['.', ''],
    ['a/..', ''],
    ['a/b', 'a/b'],
    ['./a//b/.', 'a/b'],
    ['a/../b', 'b'],
    ['a/b/../../c', 'c'],
    ['...', '...'],
    ['..', undefined],
    ['../a', undefined],
    ['a/../../b', undefined],
    ['/a', undefined],
    ['/', undefined],
    ['a\0b', undefined],
    ['a\\b', undefined],
    ['..\\b', undefined],
  ])('of %j is %j', (path, expected) => {
    expect(normalisePath(path)).toBe(expected);
  });
});

describe('a path is below a directory', () => {
  it.each<[string, string, boolean]>([
    ['a', '', true],
    ['a', '.', true],
    ['a', 'a', true],
    ['a/b', 'a', true],
    ['a/b/c', 'a/b', true],
    ['ab', 'a', false],
    ['b/a', 'a', false],
    ['a', 'a/b', false],
  ])('%j, of %j: %j', (path, directory, expected) => {
    expect(isBelow(path, directory)).toBe(expected);
    expect(isBelowAny(path, new Set(['other', directory]))).toBe(expected);
  });

  it('of none', () => {
    expect(isBelowAny('a', new Set())).toBe(false);
  });
});

it('a path is taken apart and put together', () => {
  expect(['a', 'a/b', 'a/b/c'].map(directoryOf)).toEqual(['', 'a', 'a/b']);
  expect(['a', 'a/b', 'a/b/c', 'a/'].map(lastPartOf)).toEqual(['a', 'b', 'c', '']);
  expect(['a', 'a/b', 'a/b/c'].map(directoriesAbove)).toEqual([[''], ['', 'a'], ['', 'a', 'a/b']]);
  expect([pathBelow('', 'a'), pathBelow('a', 'b'), pathBelow('a/b', 'c')]).toEqual(['a', 'a/b', 'a/b/c']);
});
