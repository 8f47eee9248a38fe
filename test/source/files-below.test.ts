import { expect, it } from 'vitest';
import { filesBelow } from '../../src/source/files-below.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const paths = [
  'a.yaml',
  'x/b.yaml',
  'x/y/c.yaml',
  'x/z/d.yaml',
  '.git/config',
  'x/node_modules/e.yaml',
  'xx/f.yaml',
];
const fileSystem = memoryFileSystem(Object.fromEntries(paths.map((path) => [path, ''])));

it.each([
  ['', ['a.yaml', 'x/b.yaml', 'xx/f.yaml', 'x/y/c.yaml', 'x/z/d.yaml']],
  ['x', ['x/b.yaml', 'x/y/c.yaml', 'x/z/d.yaml']],
  ['x/b.yaml', ['x/b.yaml']],
  ['gone', []],
])('all files at or below a path are found, without what tools keep there: %j', (root, files) => {
  expect(filesBelow(fileSystem, root, 1000)).toEqual({ files, isWhole: true });
});

it('what is neither a file nor a folder is none', () => {
  const odd = { ...fileSystem, list: () => [{ name: 'a', kind: 'other' as never }] };
  expect(filesBelow(odd, '', 1000)).toEqual({ files: [], isWhole: true });
});

it('no more is looked at than so many files and folders', () => {
  expect(filesBelow(fileSystem, 'x', 6)).toEqual({
    files: ['x/b.yaml', 'x/y/c.yaml', 'x/z/d.yaml'],
    isWhole: true,
  });
  expect(filesBelow(fileSystem, 'x', 5)).toEqual({
    files: ['x/b.yaml', 'x/y/c.yaml', 'x/z/d.yaml'],
    isWhole: false,
  });
  expect(filesBelow(fileSystem, 'x', 3)).toEqual({ files: ['x/b.yaml'], isWhole: false });
  expect(filesBelow(fileSystem, 'x/b.yaml', 0)).toEqual({ files: ['x/b.yaml'], isWhole: true });
});
