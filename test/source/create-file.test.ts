import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile, createFolder } from '../../src/source/create-file.ts';

let outside: string;
let root: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  root = join(outside, 'repository');
  mkdirSync(join(root, '.git'), { recursive: true });
  writeFileSync(join(outside, 'bashrc'), 'untouched');
  symlinkSync('../bashrc', join(root, 'out.sarif'));
  symlinkSync('..', join(root, 'up'));
  symlinkSync('../nothing', join(root, 'dangling.json'));
});
afterEach(() => rmSync(outside, { recursive: true }));

const refused = 'it is reached through a symbolic link';

describe('a file of the repository', () => {
  it.each(['out.sarif', 'up/report.json', 'dangling.json'])('is not written through a link: %s', (path) => {
    expect(createFile(root, join(root, path), 'x')).toBe(refused);
    expect(readFileSync(join(outside, 'bashrc'), 'utf8')).toBe('untouched');
    expect([existsSync(join(outside, 'report.json')), existsSync(join(outside, 'nothing'))]).toEqual([
      false,
      false,
    ]);
  });

  // A baseline stands where the configuration of the pull request says.
  it.each(['.git/config', '.git/hooks/post-checkout', '.GIT/info/attributes', 'GIT~1/x'])(
    'is none of the files of Git: %s',
    (path) => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      expect(createFile(root, join(root, path), 'x')).toMatch(/^Git keeps its settings/);
      expect(createFolder(root, join(root, path))).toMatch(/^Git keeps its settings/);
      expect(existsSync(join(root, path))).toBe(false);
    },
  );

  it('is recreated, or put in the place of one that is there', () => {
    expect(createFile(root, join(root, 'a.json'), 'one')).toBeUndefined();
    expect(createFile(root, join(root, 'a.json'), 'two')).toBeUndefined();
    expect(readFileSync(join(root, 'a.json'), 'utf8')).toBe('two');
  });

  it('is made in no folder behind a link', () => {
    expect(createFolder(root, join(root, 'up/made'))).toBe(refused);
    expect(existsSync(join(outside, 'made'))).toBe(false);
    expect(createFolder(root, join(root, 'reports/new'))).toBeUndefined();
  });
});

describe('another name of the checkout', () => {
  beforeEach(() => symlinkSync('repository', join(outside, 'work')));

  it.each(['out.sarif', 'up/report.json', 'dangling.json', '../work/out.sarif'])(
    'leads through no link of it: %s',
    (path) => {
      expect(createFile(root, `${outside}/work/${path}`, 'x')).toBe(refused);
      expect(createFolder(root, join(outside, 'work/up/made'))).toBe(refused);
      expect(readFileSync(join(outside, 'bashrc'), 'utf8')).toBe('untouched');
      expect(existsSync(join(outside, 'nothing'))).toBe(false);
    },
  );

  it('is one for what is written, too, and may be that of the root', () => {
    expect(createFile(root, join(outside, 'work/a.json'), 'one')).toBeUndefined();
    expect(createFile(join(outside, 'work'), join(outside, 'work/a.json'), 'two')).toBeUndefined();
    expect(createFolder(join(outside, 'work'), join(outside, 'work/reports'))).toBeUndefined();
    expect(readFileSync(join(root, 'a.json'), 'utf8')).toBe('two');
  });

  it('what stands before .. is not gone through', () => {
    expect(createFile(root, `${root}/up/../b.json`, 'x')).toBeUndefined();
    expect(existsSync(join(root, 'b.json'))).toBe(true);
  });
});

it('a file outside is written as its caller says', () => {
  expect(createFile(root, join(outside, 'report.json'), 'x')).toBeUndefined();
  expect(lstatSync(join(outside, 'report.json')).isFile()).toBe(true);
});
