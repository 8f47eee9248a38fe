import { describe, expect, it } from 'vitest';
import { ChartError, ChartNotFetched } from '../../src/chart/chart.ts';
import { readChartDirectory } from '../../src/chart/read-directory.ts';
import type { Entry, FileSystem, ReadFailure } from '../../src/source/file-system.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function read(
  files: Files,
  odd: Partial<FileSystem> = {},
  root = 'c',
): readonly (readonly [name: string, path: string, text: string])[] {
  const fileSystem = { ...memoryFileSystem(files, 200_000_000), ...odd };
  return readChartDirectory({ fileSystem, bytes: (path) => fileSystem.read(path) }, root).map(
    ({ name, path, bytes }) => [name, path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)],
  );
}

function thrown(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('the files of a chart directory', () => {
  it('are those at and below it, by their names in it', () => {
    const files = { 'c/Chart.yaml': 'name: c', 'c/a/b/d.yaml': 'x', 'other/e.yaml': '' };
    expect(read(files)).toEqual([
      ['Chart.yaml', 'c/Chart.yaml', 'name: c'],
      ['a/b/d.yaml', 'c/a/b/d.yaml', 'x'],
    ]);
    expect(read({ 'Chart.yaml': 'name: c' }, {}, '')).toEqual([['Chart.yaml', 'Chart.yaml', 'name: c']]);
    expect(read({})).toEqual([]);
  });

  it('are without what .helmignore leaves out, files and directories', () => {
    const files = {
      'c/.helmignore': 'a/\n*.md\n',
      'c/a/b.yaml': '',
      'c/d.md': '',
      'c/b/a': '',
      'c/e.yaml': '',
    };
    expect(read(files).map(([name]) => name)).toEqual(['.helmignore', 'b/a', 'e.yaml']);
  });

  it('are without a byte order mark, and with what only begins like one', () => {
    const mark = [0xef, 0xbb, 0xbf];
    const bytes = (...all: readonly number[]): Uint8Array => Uint8Array.from(all);
    const read1 = (content: Uint8Array): Uint8Array | undefined => {
      const fileSystem = memoryFileSystem({ 'c/a': content });
      return readChartDirectory({ fileSystem, bytes: (path) => fileSystem.read(path) }, 'c')[0]?.bytes;
    };
    expect(read1(bytes(...mark, 0x61))).toEqual(bytes(0x61));
    expect(read1(bytes(...mark))).toEqual(bytes());
    for (const other of [bytes(0xef, 0xbb, 0x61), bytes(0xef, 0x61, 0xbf), bytes(0x61, 0xbb, 0xbf), bytes()])
      expect(read1(other)).toEqual(other);
  });

  it.each<[failure: ReadFailure, message: string, isNotFetched: boolean]>([
    ['not-fetched', 'the content of c/a.yaml is not in this clone', true],
    ['outside', 'a file of the chart cannot be read: outside', false],
    ['too-large', 'a file of the chart cannot be read: too-large', false],
    ['not-a-file', 'a file of the chart cannot be read: not-a-file', false],
  ])('cannot be read where one is %s', (failure, message, isNotFetched) => {
    const files = { 'c/a.yaml': 'x' };
    const plain = memoryFileSystem(files);
    const odd = { read: (path: string) => (path === 'c/a.yaml' ? failure : plain.read(path)) };
    const error = thrown(() => read(files, odd));
    expect(error).toBeInstanceOf(ChartError);
    expect(error instanceof ChartNotFetched).toBe(isNotFetched);
    expect(error).toMatchObject({ message, file: 'c/a.yaml' });
  });

  it('are not read where one that is left out cannot be read', () => {
    const files = { 'c/.helmignore': 'a.yaml\n', 'c/a.yaml': 'x', 'c/b.yaml': 'y' };
    const plain = memoryFileSystem(files);
    const odd = { read: (path: string) => (path === 'c/a.yaml' ? 'unreadable' : plain.read(path)) } as const;
    expect(read(files, odd).map(([name]) => name)).toEqual(['.helmignore', 'b.yaml']);
  });
});

describe('a chart directory', () => {
  it('is read to a depth of 40 directories', () => {
    const deep = (levels: number): Files => ({ [`c/${'d/'.repeat(levels)}a`]: 'x' });
    expect(read(deep(40))).toHaveLength(1);
    expect(thrown(() => read(deep(41)))).toMatchObject({
      message: 'the chart is nested too deeply',
      file: `c${'/d'.repeat(41)}`,
    });
  });

  it('ends in an error where a link leads above it, as Helm follows links', () => {
    const files = { 'c/a': 'x' };
    const plain = memoryFileSystem(files);
    const entries: readonly Entry[] = [{ name: 'loop', kind: 'directory' }];
    const odd: Partial<FileSystem> = {
      list: (path) => (path.endsWith('loop') || path === 'c/' ? entries : plain.list(path)),
      kind: (path) => (path.endsWith('loop') ? 'directory' : plain.kind(path)),
    };
    expect(thrown(() => read(files, odd))).toMatchObject({ message: 'the chart is nested too deeply' });
  });

  it('has up to 20,000 files', () => {
    const many = (count: number): Files =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`c/${index}`, '']));
    expect(read(many(20_000))).toHaveLength(20_000);
    const error = thrown(() => read(many(20_001)));
    expect(error).toBeInstanceOf(ChartError);
    expect(error).toMatchObject({ message: 'the chart exceeds the size limit', file: 'c' });
  });

  it('has up to 100 MiB, all files together', () => {
    const half = new Uint8Array(50 * 1024 * 1024);
    const list = (more: Files): unknown => {
      const fileSystem = memoryFileSystem({ 'c/a': half, 'c/b': half, ...more }, 200_000_000);
      return thrown(
        () => readChartDirectory({ fileSystem, bytes: (path) => fileSystem.read(path) }, 'c').length,
      );
    };
    expect(list({})).toBe(2);
    expect(list({ 'c/c': 'x' })).toMatchObject({ message: 'the chart exceeds the size limit' });
  });
});
