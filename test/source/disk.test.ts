import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskFileSystem } from '../../src/source/disk.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const outside = mkdtempSync(join(tmpdir(), 'outside-'));
const root = join(outside, 'repository');
let files: FileSystem;

beforeAll(() => {
  writeFileSync(join(outside, 'secret.yaml'), 'a: secret\n');
  mkdirSync(join(root, 'dir/deep'), { recursive: true });
  writeFileSync(join(root, 'a.yaml'), 'a: 1\n');
  writeFileSync(join(root, 'dir/b.yaml'), 'b: 2\n');
  const links = {
    passwd: '/etc/passwd',
    environ: '/proc/self/environ',
    parent: '..',
    up: '../secret.yaml',
    etc: '/etc/',
    'dir/deep/far': '../../../secret.yaml',
    'dir/deep/near': '../../a.yaml',
    folder: 'dir',
    'folder-slash': 'dir/',
    twice: 'folder/b.yaml',
    absolute: join(root, 'dir'),
    loop: 'pool',
    pool: 'loop',
    self: 'self/x',
    dangling: 'nothing',
    sibling: `${root}-two/x`,
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name));
  execFileSync('mkfifo', [join(root, 'fifo')]);
  symlinkSync('/dev/zero', join(root, 'zero'));
  symlinkSync('fifo', join(root, 'to-fifo'));
  writeFileSync(join(root, 'huge.yaml'), '');
  truncateSync(join(root, 'huge.yaml'), 100 * 1024 * 1024);
  files = diskFileSystem(root);
});

afterAll(() => {
  chmodSync(root, 0o755);
  rmSync(outside, { recursive: true, force: true });
});

test.each([
  ['a.yaml', 'a: 1\n'],
  ['./dir/../a.yaml', 'a: 1\n'],
  ['dir/deep/near', 'a: 1\n'],
  ['folder/b.yaml', 'b: 2\n'],
  ['folder-slash/b.yaml', 'b: 2\n'],
  ['folder//b.yaml', 'b: 2\n'],
  ['absolute/b.yaml', 'b: 2\n'],
  ['twice', 'b: 2\n'],
])('reads %s', (path, text) => {
  const bytes = files.read(path);
  expect(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)).toBe(text);
  expect(files.kind(path)).toBe('file');
});

test.each([
  ['../secret.yaml', 'outside'],
  ['dir/../../secret.yaml', 'outside'],
  ['/etc/passwd', 'outside'],
  ['a.yaml\0', 'outside'],
  ['..\\secret.yaml', 'outside'],
  ['C:\\x', 'outside'],
  ['passwd', 'outside'],
  ['environ', 'outside'],
  ['up', 'outside'],
  ['etc/passwd', 'outside'],
  ['etc/', 'outside'],
  ['parent/secret.yaml', 'outside'],
  ['parent/repository/a.yaml', 'outside'],
  ['dir/deep/far', 'outside'],
  ['sibling', 'outside'],
  ['zero', 'outside'],
  ['loop', 'unreadable'],
  ['self', 'unreadable'],
  ['dangling', 'missing'],
  ['nothing/at/all', 'missing'],
  ['fifo', 'not-a-file'],
  ['to-fifo', 'not-a-file'],
  ['dir', 'not-a-file'],
  ['folder', 'not-a-file'],
  ['', 'not-a-file'],
  ['huge.yaml', 'too-large'],
])('does not read %j: %s', (path, failure) => {
  expect(files.read(path)).toBe(failure);
});

test('lists a directory through links inside the root only', () => {
  expect(files.list('folder')?.map((entry) => `${entry.name} ${entry.kind}`)).toEqual([
    'b.yaml file',
    'deep directory',
  ]);
  expect(files.list('etc')).toBeUndefined();
  expect(files.list('parent')).toBeUndefined();
  expect(files.list('a.yaml')).toBeUndefined();
  const kinds = new Map(files.list('.')?.map((entry) => [entry.name, entry.kind]));
  expect([kinds.get('folder'), kinds.get('twice'), kinds.get('passwd'), kinds.get('fifo')]).toEqual([
    'directory',
    'file',
    'other',
    'other',
  ]);
});

test('a file that is not read is a finding, and the others are read', () => {
  const sources = openSources(files);
  const findings = ['up', 'fifo', 'huge.yaml', 'dangling'].map(
    (path) => sources.load(path, 'kustomize').diagnostics[0],
  );
  expect(findings.map((finding) => finding?.rule)).toEqual([
    'unreadable-file',
    'unreadable-file',
    'too-large',
    'unreadable-file',
  ]);
  for (const finding of findings)
    expect(finding).toMatchObject({ help: expect.any(String), unchecked: expect.any(String) });
  expect(sources.load('a.yaml', 'kustomize').documents).toHaveLength(1);
});

test('memory and disk agree', () => {
  const memory = memoryFileSystem({ 'a.yaml': 'a: 1\n', 'dir/b.yaml': 'b: 2\n', 'dir/deep/c': '' });
  expect(memory.list('dir')).toEqual(files.list('dir')?.filter((entry) => entry.kind !== 'other'));
  for (const path of ['dir', '../x', 'nothing', '/etc/passwd'])
    expect(memory.read(path)).toBe(files.read(path));
  for (const path of ['a.yaml', 'dir', 'nothing', '..']) expect(memory.kind(path)).toBe(files.kind(path));
});
