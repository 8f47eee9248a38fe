import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile, createFolder } from '../../src/source/create-file.ts';
import { layOutLinks } from '../support/outgoing-links.ts';

let outside: string;
let root: string;

beforeEach(() => {
  ({ outside, root } = layOutLinks());
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

describe('what is there already', () => {
  const linkedFile = (folder: string): string => {
    const file = join(folder, 'a.json');
    writeFileSync(file, 'one');
    linkSync(file, join(folder, 'other-name'));
    return file;
  };

  it('is replaced by another file in the repository, and written in place outside', () => {
    const inside = linkedFile(root);
    expect(createFile(root, inside, 'two')).toBeUndefined();
    expect([readFileSync(inside, 'utf8'), readFileSync(join(root, 'other-name'), 'utf8')]).toEqual([
      'two',
      'one',
    ]);
    const away = linkedFile(outside);
    expect(createFile(root, away, 'two')).toBeUndefined();
    expect([readFileSync(away, 'utf8'), readFileSync(join(outside, 'other-name'), 'utf8')]).toEqual([
      'two',
      'two',
    ]);
  });

  it('is not replaced where it is no file', () => {
    mkdirSync(join(root, 'folder'));
    expect(createFile(root, join(root, 'folder'), 'x')).toBe('it is not a regular file');
    expect(lstatSync(join(root, 'folder')).isDirectory()).toBe(true);
  });

  it('at the name that a file has while it is written ends that, and is gone for the next', () => {
    const file = join(root, 'a.json');
    const temporary = join(root, `.a.json.${process.pid}.tmp`);
    symlinkSync('../bashrc', temporary);
    expect(createFile(root, file, 'x')).toMatch(/exist/u);
    expect([readFileSync(join(outside, 'bashrc'), 'utf8'), existsSync(file)]).toEqual(['untouched', false]);
    expect(lstatSync(temporary, { throwIfNoEntry: false })).toBeUndefined();
    expect(createFile(root, file, 'x')).toBeUndefined();
  });
});

it('a file in a folder that is not there is not written, and says why', () => {
  const words = createFile(root, join(root, 'nowhere/a.json'), 'x');
  expect(words).toMatch(/no such file|does not exist|not found/iu);
  expect(words).toContain(', open ');
});

it.each(['x.git/a', '.github/a', '.gitignore', 'git~x', '.gitx/a'])(
  'a name like that of Git is another: %s',
  (path) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    expect(createFile(root, join(root, path), 'x')).toBeUndefined();
  },
);

it.each(['.git./a', '.git /a', 'git~12/a', '.git. ./a'])(
  'a name that file systems take for that of Git is none to write: %s',
  (path) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    expect(createFile(root, join(root, path), 'x')).toMatch(/^Git keeps its settings/u);
  },
);

it('what belongs to another repository is its own', () => {
  mkdirSync(join(outside, '.git'));
  expect(createFile(root, join(outside, '.git/a'), 'x')).toBeUndefined();
});
