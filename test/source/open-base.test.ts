import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFileSystem } from '../../src/source/disk.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type Base, type BaseProblem, openBase } from '../../src/source/open-base.ts';
import { type GitRepository, openRepository, runGit, withRepository } from '../support/git-repository.ts';
import { withFolder } from '../support/run-cli.ts';

function text(files: FileSystem, path: string): string {
  const bytes = files.read(path);
  return typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
}

function opened(base: Base | BaseProblem): Base {
  if ('problem' in base) throw new Error(base.problem);
  return base;
}

function problemOf(base: Base | BaseProblem): string {
  return 'problem' in base ? `${base.problem}; ${base.help}` : `none: ${base.name}`;
}

const nothing = memoryFileSystem({});

function filesAt({ folder }: GitRepository, revision: string): FileSystem {
  return opened(openBase(folder, revision)).files(nothing);
}

describe('the files of a revision', () => {
  it('are those of its tree, whatever the working tree has', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a/x.yaml': 'a: 1\n', 'b.txt': 'b\n' });
      repository.commit('two', { 'a/x.yaml': 'a: 2\n', 'a/y.yaml': 'new\n', 'b.txt': undefined });
      const files = filesAt(repository, 'HEAD^');
      expect(text(files, 'a/x.yaml')).toBe('a: 1\n');
      expect(text(files, 'b.txt')).toBe('b\n');
      expect(text(files, 'a/y.yaml')).toBe('missing');
      expect(text(files, 'a')).toBe('not-a-file');
      expect(text(files, '../repository/b.txt')).toBe('outside');
      expect(files.list('')).toEqual([
        { name: 'a', kind: 'directory' },
        { name: 'b.txt', kind: 'file' },
      ]);
      expect(files.list('a')).toEqual([{ name: 'x.yaml', kind: 'file' }]);
      expect(files.list('b.txt')).toBeUndefined();
      expect(files.kind('')).toBe('directory');
      expect(files.realPath('./a/x.yaml')).toBe('a/x.yaml');
    }));

  it('are the very arrays of the head where the content is the same', () =>
    withRepository((repository) => {
      repository.commit('one', { 'same.yaml': 'a: 1\n', 'other.yaml': 'b: 1\n' });
      repository.commit('two', { 'other.yaml': 'b: 2\n' });
      const head = memoryFileSystem({ 'same.yaml': 'a: 1\n', 'other.yaml': 'b: 2\n' });
      const kept = new Map<string, ReturnType<FileSystem['read']>>();
      const remembering: FileSystem = {
        ...head,
        read: (path) => kept.get(path) ?? kept.set(path, head.read(path)).get(path) ?? 'missing',
      };
      const files = opened(openBase(repository.folder, 'HEAD^')).files(remembering);
      expect(files.read('same.yaml')).toBe(remembering.read('same.yaml'));
      expect(text(files, 'other.yaml')).toBe('b: 1\n');
    }));

  it('are read where a working tree has other ends of lines', () =>
    withRepository((repository) => {
      const names = Array.from({ length: 40 }, (_, index) => `m${String(index).padStart(2, '0')}.yaml`);
      const all = (end: string) =>
        Object.fromEntries(names.map((name) => [name, `kind: ConfigMap${end}name: ${name}${end}`]));
      repository.commit('one', all('\n'));
      const files = opened(openBase(repository.folder, 'HEAD')).files(memoryFileSystem(all('\r\n')));
      expect(names.map((name) => text(files, name))).toEqual(
        names.map((name) => `kind: ConfigMap\nname: ${name}\n`),
      );
    }));

  it('survive odd names', () =>
    withRepository((repository) => {
      const odd = ['new\nline.yaml', '"quoted".yaml', 'tab\t.yaml', 'ünï.yaml', '-n.yaml', ':100644 x.yaml'];
      repository.commit('one', Object.fromEntries(odd.map((name) => [name, `${JSON.stringify(name)}\n`])));
      repository.commit('two', Object.fromEntries(odd.map((name) => [name, 'other\n'])));
      const files = filesAt(repository, 'HEAD^');
      expect(files.list('')?.map(({ name }) => name)).toEqual(odd.toSorted());
      expect(odd.map((name) => text(files, name))).toEqual(odd.map((name) => `${JSON.stringify(name)}\n`));
    }));

  it('may have names that are no text, which are there and cannot be read', () =>
    withRepository((repository) => {
      writeFileSync(Buffer.concat([Buffer.from(`${repository.folder}/a`), Buffer.of(0xff)]), 'x');
      repository.commit('one');
      const files = filesAt(repository, 'HEAD');
      expect(files.list('')).toEqual([{ name: 'a\uFFFD', kind: 'file' }]);
      expect(text(files, 'a\uFFFD')).toBe('unreadable');
    }));

  it('are those of a part of the repository where its root is one', () =>
    withRepository((repository) => {
      repository.commit('one', { 'k8s/a.yaml': 'a: 1\n', 'outside.yaml': 'o\n' });
      repository.commit('two', { 'k8s/a.yaml': 'a: 2\n' });
      symlinkSync('../outside.yaml', join(repository.folder, 'k8s/link.yaml'));
      repository.commit('three');
      const files = opened(openBase(join(repository.folder, 'k8s'), 'HEAD')).files(nothing);
      expect(text(files, 'a.yaml')).toBe('a: 2\n');
      expect(text(files, 'link.yaml')).toBe('outside');
      const before = opened(openBase(join(repository.folder, 'k8s'), 'HEAD~2')).files(nothing);
      expect(text(before, 'a.yaml')).toBe('a: 1\n');
      expect(before.list('')).toEqual([{ name: 'a.yaml', kind: 'file' }]);
    }));

  it('are not changed by replacements of objects', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': 'true\n' });
      const real = repository.git('rev-parse', 'HEAD:a.yaml');
      const other = runGit(repository.folder, ['hash-object', '-w', '--stdin'], 'false\n');
      repository.git('replace', real, other);
      expect(text(filesAt(repository, 'HEAD'), 'a.yaml')).toBe('true\n');
    }));

  it('never make Git run what the configuration of the repository names', () =>
    withRepository((repository) => {
      const trap = join(repository.folder, 'trap');
      const command = `touch ${trap}; cat`;
      repository.commit('one', { '.gitattributes': '* filter=evil diff=evil\n', 'a.yaml': 'a: 1\n' });
      repository.commit('two', { 'a.yaml': 'a: 2\n' });
      for (const key of ['filter.evil.smudge', 'filter.evil.clean', 'diff.evil.textconv', 'diff.external'])
        repository.git('config', key, command);
      repository.git('config', 'core.fsmonitor', command);
      repository.git('config', 'core.pager', command);
      const files = filesAt(repository, 'HEAD^');
      expect(text(files, 'a.yaml')).toBe('a: 1\n');
      expect(diskFileSystem(repository.folder).kind('trap')).toBeUndefined();
    }));
});

describe('links in a revision', () => {
  it('lead through the tree alone', () =>
    withRepository((repository) => {
      const { folder } = repository;
      const links = {
        'to-file.yaml': 'real/a.yaml',
        'to-folder': 'real',
        'chain.yaml': 'to-folder/a.yaml',
        'up.yaml': 'real/../real/./a.yaml',
        'out.yaml': '../secret.yaml',
        'absolute.yaml': '/etc/passwd',
        'inside.yaml': `${folder}/real/a.yaml`,
        'git.yaml': '.git/config',
        'self.yaml': 'self.yaml',
        'circle-a': 'circle-b',
        'circle-b': 'circle-a',
        'dangling.yaml': 'nowhere.yaml',
      };
      writeFileSync(join(folder, '../secret.yaml'), 'secret\n');
      for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
      repository.commit('one', { 'real/a.yaml': 'a: 1\n' });
      const disk = diskFileSystem(folder);
      const files = filesAt(repository, 'HEAD');
      for (const path of Object.keys(links).filter((one) => one !== 'git.yaml')) {
        expect([path, files.kind(path)]).toEqual([path, disk.kind(path)]);
        expect([path, files.realPath(path)]).toEqual([path, disk.realPath(path)]);
        expect([path, text(files, path)]).toEqual([path, text(disk, path)]);
      }
      expect(files.list('')).toEqual(
        disk
          .list('')
          ?.filter(({ name }) => name !== '.git')
          .map((one) => (one.name === 'git.yaml' ? { ...one, kind: 'other' } : one)),
      );
      expect(text(files, 'chain.yaml')).toBe('a: 1\n');
      expect(text(files, 'out.yaml')).toBe('outside');
      expect(text(files, 'absolute.yaml')).toBe('outside');
      expect(text(files, 'self.yaml')).toBe('unreadable');
      expect(text(files, 'git.yaml')).toBe('missing');
    }));

  it('that are no path lead nowhere', () =>
    withRepository((repository) => {
      const { folder } = repository;
      const long = runGit(folder, ['hash-object', '-w', '--stdin'], 'a/'.repeat(5000));
      repository.git('update-index', '--add', '--cacheinfo', `120000,${long},long.yaml`);
      repository.git('commit', '--quiet', '--message', 'one');
      expect(filesAt(repository, 'HEAD').kind('long.yaml')).toBeUndefined();
    }));
});

describe('what a revision has elsewhere', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 5\n`;

  it('is not taken for content: a pointer of Git LFS', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': pointer });
      const sources = openSources(filesAt(repository, 'HEAD'));
      expect(sources.bytes('a.yaml')).toBe('not-fetched');
      expect(sources.load('a.yaml', 'kustomize').diagnostics).toMatchObject([
        { rule: 'unreadable-file', unchecked: expect.stringContaining('a.yaml') },
      ]);
    }));

  it('is a folder of which nothing is known: a submodule, where the head has files of it', () =>
    withRepository((repository) => {
      const other = openRepository(join(repository.folder, '../other'));
      other.commit('one', { 'kustomization.yaml': 'resources: []\n' });
      repository.git('submodule', '--quiet', 'add', other.folder, 'sub');
      repository.commit('one', { 'a.yaml': 'a: 1\n' });
      const base = opened(openBase(repository.folder, 'HEAD'));
      const files = base.files(diskFileSystem(repository.folder));
      expect(files.kind('sub')).toBe('directory');
      expect(files.list('sub')).toBeUndefined();
      expect(text(files, 'sub/kustomization.yaml')).toBe('not-fetched');
      const without = base.files(memoryFileSystem({ 'a.yaml': 'a: 1\n' }));
      expect(without.kind('sub')).toBeUndefined();
    }));

  it('is not fetched: what a partial clone leaves out', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': 'a: 1\n' });
      repository.commit('two', { 'a.yaml': 'a: 2\n' });
      repository.git('config', 'uploadpack.allowFilter', 'true');
      const clone = join(repository.folder, '../clone');
      runGit(repository.folder, [
        'clone',
        '--quiet',
        '--filter=blob:none',
        `file://${repository.folder}`,
        clone,
      ]);
      const files = opened(openBase(clone, 'HEAD^')).files(diskFileSystem(clone));
      expect(text(files, 'a.yaml')).toBe('not-fetched');
    }));

  it('is too large for a file', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': new Uint8Array(17 * 1024 * 1024), 'b.yaml': 'b: 1\n' });
      const files = filesAt(repository, 'HEAD');
      expect(text(files, 'a.yaml')).toBe('too-large');
      expect(text(files, 'b.yaml')).toBe('b: 1\n');
    }));

  it('is read as far as it fits into memory together, and the rest when it is asked for', () =>
    withRepository((repository) => {
      const many = Array.from({ length: 6 }, (_, index) => `${index}.yaml`);
      const content = (path: string): Buffer => Buffer.alloc(15 * 1024 * 1024, path);
      repository.commit('one', Object.fromEntries(many.map((path) => [path, content(path)])));
      repository.commit('two', Object.fromEntries(many.map((path) => [path, undefined])));
      const files = filesAt(repository, 'HEAD^');
      const isRight = (path: string): boolean => content(path).equals(files.read(path) as Uint8Array);
      expect(many.filter(isRight)).toEqual(many);
    }));
});

describe('a tree that no checkout could have', () => {
  const entry = (name: string, id: string, mode = '100644'): Buffer =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);

  function treeOf({ folder, git }: GitRepository, ...entries: readonly Buffer[]): string {
    writeFileSync(join(folder, '../tree'), Buffer.concat(entries));
    return git('hash-object', '--literally', '-w', '-t', 'tree', '../tree');
  }

  function expectRefused({ folder }: GitRepository, tree: string): void {
    const commit = runGit(folder, ['commit-tree', tree], 'hostile');
    expect(problemOf(openBase(folder, commit))).toContain('cannot be listed');
  }

  it.each([
    ['`..`', (blob: string) => [entry('..', blob)]],
    ['`.`', (blob: string) => [entry('.', blob)]],
    ['a name with a slash before it', (blob: string) => [entry('/etc/passwd', blob)]],
    ['a name that goes up', (blob: string) => [entry('a/../../b.yaml', blob)]],
    ['an empty name', (blob: string) => [entry('', blob)]],
    ['one name twice', (blob: string, other: string) => [entry('a.yaml', blob), entry('a.yaml', other)]],
    [
      'a file and a folder of one name',
      (blob: string, _: string, tree: string) => [entry('a', blob), entry('a', tree, '40000')],
    ],
    ['a path longer than any system takes', (blob: string) => [entry(`${'a'.repeat(5000)}.yaml`, blob)]],
    ['a file that is not there', () => [entry('sub', '0'.repeat(39).concat('1'), '40000')]],
  ])('has %s', (_, entries) =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
      const [one = '', other = ''] = ['a', 'b'].map((name) =>
        repository.git('rev-parse', `HEAD:${name}.yaml`),
      );
      const tree = repository.git('rev-parse', 'HEAD^{tree}');
      expectRefused(repository, treeOf(repository, ...entries(one, other, tree)));
    }),
  );

  it('holds itself ten times at each of six levels', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': 'a: 1\n' });
      let tree = repository.git('rev-parse', 'HEAD^{tree}');
      for (let level = 0; level < 6; level += 1) {
        const name = (index: number): string => `${index}${'x'.repeat(20)}`;
        tree = treeOf(
          repository,
          ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((one) => entry(name(one), tree, '40000')),
        );
      }
      expectRefused(repository, tree);
    }));

  it('is nested deeper than any path may be', () =>
    withRepository((repository) => {
      const path = `${'a/'.repeat(3000)}a.yaml`;
      const stream = `commit refs/heads/deep\ncommitter a <a@b> 0 +0000\ndata 0\nM 100644 inline ${path}\ndata 2\na\n`;
      runGit(repository.folder, ['fast-import', '--quiet'], stream);
      expect(problemOf(openBase(repository.folder, 'deep'))).toContain('cannot be listed');
    }));
});

describe('which base', () => {
  it('is one of a merge commit by its first parent', () =>
    withRepository((repository) => {
      repository.commit('one', { a: '1' });
      repository.git('switch', '--quiet', '--create', 'change');
      repository.commit('change', { b: '1' });
      repository.git('switch', '--quiet', 'main');
      const before = repository.commit('two', { c: '1' });
      repository.git('merge', '--quiet', '--no-ff', 'change');
      const base = opened(openBase(repository.folder, undefined));
      expect(base.commit).toBe(before);
      expect(base.name).toBe(`${before.slice(0, 7)} HEAD^1`);
    }));

  it('is where HEAD left its upstream otherwise', () =>
    withRepository((repository) => {
      const left = repository.commit('one', { a: '1' });
      const clone = join(repository.folder, '../clone');
      runGit(repository.folder, ['clone', '--quiet', repository.folder, clone]);
      repository.commit('later', { c: '1' });
      const mine = openRepository(clone);
      mine.git('fetch', '--quiet');
      mine.commit('mine', { b: '1' });
      const base = opened(openBase(clone, undefined));
      expect(base.commit).toBe(left);
      expect(base.name).toBe(`${left.slice(0, 7)} origin/main`);
      mine.git('switch', '--quiet', '--no-track', '--create', 'topic');
      expect(opened(openBase(clone, undefined)).commit).toBe(left);
    }));

  it('is said to lack commits in a clone that is too shallow', () =>
    withRepository((repository) => {
      repository.commit('one', { a: '1' });
      repository.git('switch', '--quiet', '--create', 'change');
      repository.commit('change', { b: '1' });
      repository.git('switch', '--quiet', 'main');
      repository.commit('two', { c: '1' });
      repository.git('merge', '--quiet', '--no-ff', 'change');
      const clone = join(repository.folder, '../clone');
      const url = `file://${repository.folder}`;
      runGit(repository.folder, ['clone', '--quiet', '--depth', '1', url, clone]);
      expect(problemOf(openBase(clone, undefined))).toMatch(
        /first parent [0-9a-f]{7} is not here; .*fetch-depth: 2/,
      );
      expect(problemOf(openBase(clone, 'HEAD^1'))).toContain('fetch-depth: 2');
      runGit(clone, ['fetch', '--quiet', '--depth', '2', 'origin', 'main']);
      expect(opened(openBase(clone, undefined)).name).toMatch(/^[0-9a-f]{7} HEAD\^1$/);
    }));

  it.each([
    ['no-such-branch', 'there is no commit no-such-branch'],
    ['--output=x', 'there is no commit --output=x'],
    ['', 'there is no commit'],
    ['./nowhere', './nowhere is not a directory'],
    ['lookalike', 'there is no commit lookalike'],
  ])('is not %j', (given, words) =>
    withRepository((repository) => {
      repository.commit('one', { 'lookalike/a.yaml': 'a: 1\n' });
      expect(problemOf(openBase(repository.folder, given))).toContain(words);
    }),
  );

  it('is a folder where it is written as one', () =>
    withRepository((repository) => {
      repository.commit('one', { 'a.yaml': 'a: 2\n' });
      const before = join(repository.folder, '../before');
      mkdirSync(before);
      writeFileSync(join(before, 'a.yaml'), 'a: 1\n');
      const base = opened(openBase(repository.folder, '../before'));
      expect(base.name).toBe('../before');
      expect(text(base.files(nothing), 'a.yaml')).toBe('a: 1\n');
    }));

  it('is a folder where there is no repository', () =>
    withFolder({ 'old/a.yaml': 'a: 1\n', 'new/a.yaml': 'a: 2\n' }, (folder) => {
      const base = opened(openBase(join(folder, 'new'), 'old', folder));
      expect(text(base.files(nothing), 'a.yaml')).toBe('a: 1\n');
      expect(problemOf(openBase(folder, undefined))).toContain('not a Git repository');
    }));
});

describe('a folder that a change makes a repository of', () => {
  it('tells no history of its own', () =>
    withRepository((repository) => {
      repository.commit('one', { 'k8s/a.yaml': 'a: 1\n' });
      const bare = join(repository.folder, 'k8s');
      repository.git('init', '--quiet', '--bare', 'bare');
      repository.git('push', '--quiet', 'bare', 'HEAD:refs/heads/main');
      for (const part of ['HEAD', 'config', 'objects', 'refs'])
        renameSync(join(repository.folder, 'bare', part), join(bare, part));
      // Nor is a folder the base, because Git fails and the change brings one of that name.
      mkdirSync(join(bare, 'main'));
      expect(problemOf(openBase(bare, 'main'))).toContain('Git cannot read this repository');
      expect(opened(openBase(repository.folder, 'main')).commit).toBe(
        repository.git('rev-parse', 'HEAD').trim(),
      );
    }));
});
