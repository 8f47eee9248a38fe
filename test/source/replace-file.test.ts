import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from '../../src/source/replace-file.ts';

let outside: string;
let root: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'replaced-'));
  root = join(outside, 'repository');
  mkdirSync(join(root, 'dir'), { recursive: true });
  for (const file of ['a.yaml', 'repository/a.yaml', 'repository/dir/a.yaml'])
    writeFileSync(join(outside, file), 'one');
  symlinkSync('dir', join(root, 'link'));
  symlinkSync('..', join(root, 'up'));
  symlinkSync('a.yaml', join(root, 'to-file'));
});
afterEach(() => rmSync(outside, { recursive: true }));

function replace(path: string, before = 'one', from = root): string | undefined {
  return replaceFile({ root: from, path, before: Buffer.from(before), after: Buffer.from('two') });
}

it.each(['a.yaml', 'dir/a.yaml', './dir/../a.yaml'])('a file gets what it was told to: %s', (path) => {
  chmodSync(join(root, path), 0o755);
  linkSync(join(root, path), join(root, 'other-name'));
  expect(replace(path)).toBeUndefined();
  expect(readFileSync(join(root, path), 'utf8')).toBe('two');
  expect(lstatSync(join(root, path)).mode & 0o777).toBe(0o755);
  // Of the file that was there nobody reads half.
  expect(readFileSync(join(root, 'other-name'), 'utf8')).toBe('one');
  expect(readdirSync(join(root, path, '..')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

it('the root may be reached through a link', () => {
  symlinkSync('repository', join(outside, 'work'));
  expect(replace('a.yaml', 'one', join(outside, 'work'))).toBeUndefined();
  expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('two');
});

it.each([
  ['../a.yaml', 'it is not in the repository'],
  ['', 'it is not in the repository'],
  ['dir/..', 'it is not in the repository'],
  ['link/a.yaml', 'it is reached through a symbolic link'],
  ['up/a.yaml', 'it is reached through a symbolic link'],
  ['to-file', 'it is not a regular file'],
  ['dir', 'it is not a regular file'],
])('a file is not replaced through %j: %s', (path, why) => {
  expect(replace(path)).toBe(why);
  for (const file of ['a.yaml', 'repository/a.yaml', 'repository/dir/a.yaml'])
    expect(readFileSync(join(outside, file), 'utf8')).toBe('one');
});

it('nor where it holds something else, or is not there', () => {
  expect(replace('a.yaml', 'another')).toBe('it was changed in the meantime');
  expect(replace('a.yaml', 'on')).toBe('it was changed in the meantime');
  expect(replace('gone.yaml')).toMatch(/no such file|not found|does not exist/iu);
  expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('one');
});

// Where no other file can be made.
it.runIf(process.platform === 'linux')('nor where no file can be made beside it, which is said', () => {
  expect(replace('comm', readFileSync('/proc/self/comm', 'utf8'), '/proc/self')).toContain(', open ');
});

it('nor by way of a link that has the name of the new file', () => {
  const temporary = join(root, `.a.yaml.${process.pid}.tmp`);
  symlinkSync('../stolen', temporary);
  expect(replace('a.yaml')).toMatch(/exist/u);
  expect([readFileSync(join(root, 'a.yaml'), 'utf8'), existsSync(join(outside, 'stolen'))]).toEqual([
    'one',
    false,
  ]);
  expect(lstatSync(temporary, { throwIfNoEntry: false })).toBeUndefined();
  expect(replace('a.yaml')).toBeUndefined();
});
