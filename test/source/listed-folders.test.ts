import { type lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { diskFileSystem } from '../../src/source/disk.ts';

const looked: string[] = [];

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const look = (path: string): ReturnType<typeof lstatSync> => {
    looked.push(path);
    return fs.lstatSync(path);
  };
  return { ...fs, lstatSync: look };
});

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'listed-'));
  root = join(folder, 'repository');
  mkdirSync(join(root, 'apps'), { recursive: true });
  writeFileSync(join(root, 'apps/a.yaml'), 'inside');
  symlinkSync('a.yaml', join(root, 'apps/link.yaml'));
  writeFileSync(join(folder, 'secret'), 'outside');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('the disk is not asked for each name in a folder that was listed, but for links', () => {
  const files = diskFileSystem(root);
  files.list('');
  files.list('apps');
  looked.length = 0;
  expect(files.kind('apps')).toBe('directory');
  expect(files.kind('apps/a.yaml')).toBe('file');
  expect(files.kind('apps/kustomization.yaml')).toBeUndefined();
  expect(files.read('apps/kustomization.yml')).toBe('missing');
  expect(files.realPath('apps/a.yaml')).toBe('apps/a.yaml');
  expect(looked).toEqual([]);
  expect(files.kind('apps/link.yaml')).toBe('file');
  expect(files.realPath('apps/link.yaml')).toBe('apps/a.yaml');
  expect(looked).toContain(join(root, 'apps/link.yaml'));
});

it('a name that is too long is asked for, since the disk says more of it than that it is missing', () => {
  const files = diskFileSystem(root);
  files.list('');
  expect(files.read('x'.repeat(300))).toBe('unreadable');
  expect(files.read('x'.repeat(200))).toBe('missing');
});

it('a link that takes the place of a listed file is not followed', () => {
  const files = diskFileSystem(root);
  files.list('apps');
  rmSync(join(root, 'apps/a.yaml'));
  symlinkSync(join(folder, 'secret'), join(root, 'apps/a.yaml'));
  expect(files.read('apps/a.yaml')).toBe('not-a-file');
});
