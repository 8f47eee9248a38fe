import { describe, expect, it } from 'vitest';
import type { FileSystem } from '../../src/source/file-system.ts';
import { defaultLimits } from '../../src/source/limits.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { withFile, withFiles } from '../../src/source/overlay.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const below = memoryFileSystem({ 'a.yaml': 'a', 'x/b.yaml': 'b' });
/** `link.yaml` leads to `a.yaml`, and `out.yaml` to nothing here. */
const linked: FileSystem = {
  ...below,
  read: (path) => below.read(path === 'link.yaml' ? 'a.yaml' : path),
  realPath: (path) =>
    path === 'link.yaml' ? 'a.yaml' : path === 'out.yaml' ? undefined : below.realPath(path),
};

function text(fileSystem: FileSystem, path: string): string {
  const bytes = fileSystem.read(path);
  return typeof bytes === 'string' ? `(${bytes})` : new TextDecoder().decode(bytes);
}

describe('files that hold something else', () => {
  const over = withFiles(linked, new Map([['a.yaml', encode('new')]]));
  it.each([
    ['a.yaml', 'new'],
    ['link.yaml', 'new'],
    ['x/b.yaml', 'b'],
    ['out.yaml', '(missing)'],
    ['gone.yaml', '(missing)'],
  ])('are read so, by each path that leads to them, and no others: %s', (path, shown) => {
    expect(text(over, path)).toBe(shown);
  });

  it('are files where they are put, and lie where those below lie', () => {
    expect([over.kind('a.yaml'), over.kind('x'), over.kind('gone')]).toEqual([
      'file',
      'directory',
      undefined,
    ]);
    expect([over.realPath('link.yaml'), over.realPath('out.yaml')]).toEqual(['a.yaml', undefined]);
    expect(over.list('x')).toEqual(below.list('x'));
  });

  it('may be a link themselves', () => {
    expect(text(withFiles(linked, new Map([['link.yaml', encode('l')]])), 'link.yaml')).toBe('l');
  });

  it('are those below where there are none', () => {
    const realPath = (): string => {
      throw new Error('links are not asked for');
    };
    const same = withFiles({ ...linked, realPath }, new Map());
    expect([text(same, 'a.yaml'), same.kind('a.yaml')]).toEqual(['a', 'file']);
  });
});

describe('a file that stands nowhere on the disk', () => {
  const path = 'standard input';
  it('is there', () => {
    const over = withFile({ ...linked, realPath: () => undefined }, path, encode('in'));
    expect([text(over, path), over.kind(path), over.realPath(path), over.realPath('gone')]).toEqual([
      'in',
      'file',
      path,
      undefined,
    ]);
  });

  it.each([
    [0, 'read'],
    [1, '(too-large)'],
  ])('may be as large as any other: %i bytes more', (more, is) => {
    const bytes = new Uint8Array(defaultLimits.fileBytes + more);
    const read = withFile(below, path, bytes).read(path);
    expect(typeof read === 'string' ? `(${read})` : 'read').toBe(is);
  });
});
