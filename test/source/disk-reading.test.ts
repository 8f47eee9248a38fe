import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFileSystem } from '../../src/source/disk.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'disk-'));
  mkdirSync(join(root, 'dir'));
});
afterEach(() => rmSync(root, { recursive: true }));

function textOf(bytes: Uint8Array | string): string {
  return typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
}

describe('a file is read up to its limit', () => {
  it.each([
    [9, 'too-large'],
    [10, '0123456789'],
    [11, '0123456789'],
  ])('of %d bytes: %s', (bytes, text) => {
    writeFileSync(join(root, 'a'), '0123456789');
    expect(textOf(diskFileSystem(root, bytes).read('a'))).toBe(text);
  });

  it('and one that no memory holds is too large, too', () => {
    writeFileSync(join(root, 'a'), '');
    truncateSync(join(root, 'a'), 2 ** 42);
    expect(diskFileSystem(root).read('a')).toBe('too-large');
  });

  it('and an empty one is empty', () => {
    writeFileSync(join(root, 'a'), '');
    expect(textOf(diskFileSystem(root, 0).read('a'))).toBe('');
  });

  // Whose size is said to be 0.
  it.runIf(process.platform === 'linux')('whatever its size is said to be', () => {
    const mounts = readFileSync('/proc/self/mountinfo');
    expect(mounts.length).toBeGreaterThan(100);
    const read = (bytes: number) => diskFileSystem('/proc/self', bytes).read('mountinfo');
    expect(textOf(read(1e6))).toBe(mounts.toString());
    expect(textOf(read(mounts.length))).toBe(mounts.toString());
    expect(read(mounts.length - 1)).toBe('too-large');
    expect(read(0)).toBe('too-large');
  });

  it.runIf(existsSync('/proc/crypto'))('also where it is long', () => {
    const text = readFileSync('/proc/crypto', 'utf8');
    expect(text.length).toBeGreaterThan(2048);
    expect(textOf(diskFileSystem('/proc').read('crypto'))).toBe(text);
  });

  it.runIf(process.platform === 'linux')('and closed, also where it is not read', () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    writeFileSync(join(root, 'a'), '0123456789');
    const before = open();
    for (let time = 0; time < 20; time += 1)
      expect([
        diskFileSystem(root, 5).read('a'),
        textOf(diskFileSystem(root).read('a')),
        diskFileSystem('/proc/self').read('mem'),
      ]).toEqual(['too-large', '0123456789', 'unreadable']);
    expect(open() - before).toBeLessThan(10);
  });
});

it('what cannot be looked at is there for nobody, and said not to be readable', () => {
  const files = diskFileSystem(root);
  const name = 'x'.repeat(300);
  expect([files.read(name), files.list(name), files.kind(name), files.realPath?.(name)]).toEqual([
    'unreadable',
    undefined,
    undefined,
    undefined,
  ]);
  expect(files.read('dir/x/y')).toBe('missing');
  writeFileSync(join(root, 'file'), '');
  expect(files.read('file/x')).toBe('missing');
});

it('a socket is no file', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(root, 'socket'), resolve));
  try {
    const files = diskFileSystem(root);
    expect([files.read('socket'), files.kind('socket'), files.kind('dir')]).toEqual([
      'not-a-file',
      'other',
      'directory',
    ]);
    expect(files.list('')).toContainEqual({ name: 'socket', kind: 'other' });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

// The disk lists them by their bytes.
it('what a folder holds is listed by its names as texts', () => {
  for (const name of ['\uffee', '\u{10000}', 'b', 'a']) writeFileSync(join(root, 'dir', name), '');
  expect(
    diskFileSystem(root)
      .list('dir')
      ?.map(({ name }) => name),
  ).toEqual(['a', 'b', '\u{10000}', '\uffee']);
});

it.runIf(process.platform === 'linux')('a backslash in a link is a letter like any other', () => {
  writeFileSync(join(root, 'dir\\a'), 'own');
  writeFileSync(join(root, 'dir/a'), 'other');
  symlinkSync('dir\\a', join(root, 'link'));
  expect(textOf(diskFileSystem(root).read('link'))).toBe('own');
});

it('a path is the one that it leads to', () => {
  writeFileSync(join(root, 'dir/a'), 'x');
  symlinkSync('dir', join(root, 'link'));
  const files = diskFileSystem(root);
  expect(['link/a', 'dir/a', '', '../x', 'none'].map((path) => files.realPath?.(path))).toEqual([
    'dir/a',
    'dir/a',
    '',
    undefined,
    undefined,
  ]);
});
