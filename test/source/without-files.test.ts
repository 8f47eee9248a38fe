import { expect, it } from 'vitest';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { withoutFiles } from '../../src/source/without-files.ts';

const files = { 'a.json': '1', 'b.json': '2', 'c/a.json': '3', 'c/b.json': '4', 'd/a.json': '5' };

it.each<[path: string, isThere: boolean]>([
  ['a.json', false],
  ['b.json', true],
  ['c/a.json', true],
  ['c/b.json', false],
  ['d/a.json', true],
])('%s is there: %j', (path, isThere) => {
  const all = memoryFileSystem(files);
  const some = withoutFiles(all, ['a.json', 'c/b.json']);
  expect(some.read(path)).toEqual(isThere ? all.read(path) : 'missing');
  expect(some.kind(path)).toBe(isThere ? 'file' : undefined);
  expect(some.realPath(path)).toBe(isThere ? path : undefined);
});

it.each<[folder: string, names: readonly string[] | undefined]>([
  ['', ['b.json', 'c', 'd']],
  ['c', ['a.json']],
  ['d', ['a.json']],
  ['e', undefined],
])('%j holds %j', (folder, names) => {
  const some = withoutFiles(memoryFileSystem(files), ['a.json', 'c/b.json', 'e/a.json']);
  expect(some.list(folder)?.map(({ name }) => name)).toEqual(names);
});

it('a folder of which nothing is hidden is listed as it is', () => {
  const all = memoryFileSystem(files);
  const entries = all.list('d');
  const some = withoutFiles({ ...all, list: () => entries }, ['a.json']);
  expect(some.list('d')).toBe(entries);
});
