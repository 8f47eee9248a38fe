import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  type lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { diskFileSystem } from '../../src/source/disk.ts';

/** What happens right after a path was looked at. */
let swap: ((path: string) => void) | undefined;

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const looked = (path: string): ReturnType<typeof lstatSync> => {
    const stat = fs.lstatSync(path);
    swap?.(path);
    return stat;
  };
  return { ...fs, lstatSync: looked };
});

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapped-'));
  root = join(folder, 'repository');
  mkdirSync(root);
  writeFileSync(join(folder, 'secret'), 'outside');
  writeFileSync(join(root, 'a'), 'inside');
});
afterEach(() => {
  swap = undefined;
  rmSync(folder, { recursive: true });
});

/** Reads a file, in whose place something else stands once it has been looked at, which happens once. */
function readSwapped(put: (file: string) => void, fileBytes?: number): Uint8Array | string {
  const files = diskFileSystem(root, fileBytes);
  const file = join(root, 'a');
  let looks = 0;
  swap = (path) => {
    if (path !== file) return;
    looks += 1;
    put(file);
  };
  const read = files.read('a');
  expect(looks).toBe(1);
  return read;
}

it('a link that takes the place of a file is not followed', () => {
  const put = (file: string): void => {
    rmSync(file);
    symlinkSync('../secret', file);
  };
  expect(readSwapped(put)).toBe('unreadable');
});

it('a pipe that takes the place of a file is not waited for', () => {
  const put = (file: string): void => {
    rmSync(file);
    execFileSync('mkfifo', [file]);
  };
  expect(readSwapped(put)).toBe('not-a-file');
});

it('a file that grows is read as large as it has become, or too large', () => {
  const put = (file: string): void => appendFileSync(file, '!'.repeat(10_000));
  const bytes = readSwapped(put);
  expect(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)).toBe(
    `inside${'!'.repeat(10_000)}`,
  );
  expect(readSwapped(put, 12_000)).toBe('too-large');
});

it('a file that goes is unreadable, or missing', () => {
  expect(readSwapped((file) => rmSync(file))).toBe('unreadable');
  swap = undefined;
  expect(diskFileSystem(root).read('a')).toBe('missing');
});
