import { describe, expect, it } from 'vitest';
import type { FileSystem, ReadFailure } from '../../src/source/file-system.ts';
import type { TreeEntry } from '../../src/source/git-answers.ts';
import { treeFileSystem } from '../../src/source/tree-files.ts';

/** Files by their content, links by `-> TARGET`, submodules by `submodule`, what cannot be read by `!` and why. */
type Tree = Readonly<Record<string, string>>;

interface Opened {
  readonly fileSystem: FileSystem;
  /** What was asked for: contents by their id, targets by all of theirs. */
  readonly asked: unknown[];
}

function open(tree: Tree): Opened {
  const asked: unknown[] = [];
  const idOf = (path: string): string => `id of ${path}`;
  const bytes = new Map<string, Uint8Array | ReadFailure>();
  const entries = Object.entries(tree).map(([path, content]): TreeEntry => {
    const isLink = content.startsWith('-> ');
    const text = isLink ? content.slice(3) : content;
    bytes.set(
      idOf(path),
      text.startsWith('!') ? (text.slice(1) as ReadFailure) : new TextEncoder().encode(text),
    );
    const kind = isLink ? 'link' : content === 'submodule' ? 'submodule' : 'file';
    return { path, id: idOf(path), kind } as TreeEntry;
  });
  const fileSystem = treeFileSystem(entries, {
    read({ id }) {
      asked.push(id);
      return bytes.get(id) ?? 'missing';
    },
    targets(ids) {
      asked.push(ids);
      return new Map([...bytes].filter(([id]) => ids.includes(id) && !id.endsWith('lost')));
    },
    rootPath: '/r',
  });
  return { fileSystem, asked };
}

function read(tree: Tree, path: string): string {
  const found = open(tree).fileSystem.read(path);
  return typeof found === 'string' ? `!${found}` : new TextDecoder().decode(found);
}

const tree: Tree = {
  'a/b/one.yaml': 'one',
  'a/link.yaml': '-> b/one.yaml',
  'a/loop': '-> loop',
  'a/out': '-> ../../out',
  'a/absolute': '-> /r/two.yaml',
  'a/elsewhere': '-> /etc/passwd',
  'a/gone': '-> c',
  'a/lost': '-> b',
  'a/unread': '-> !not-fetched',
  'a/long': `-> ${'./'.repeat(2046)}.//b`,
  'a/longer': `-> ${'./'.repeat(2048)}b`,
  'a/sub': 'submodule',
  'a/to-sub': '-> sub',
  'a/into-sub': '-> sub/x',
  folder: '-> a/b',
  'two.yaml': 'two',
  'odd\uFFFD.yaml': 'odd',
  'unread.yaml': '!too-large',
};

describe('a path in a tree', () => {
  it.each([
    ['a/b/one.yaml', 'one'],
    ['./a//b/../b/one.yaml', 'one'],
    ['a/link.yaml', 'one'],
    ['folder/one.yaml', 'one'],
    ['a/absolute', 'two'],
    ['a/long/one.yaml', 'one'],
    ['two.yaml', 'two'],
    ['unread.yaml', '!too-large'],
    ['odd\uFFFD.yaml', '!unreadable'],
    ['a/longer/one.yaml', '!unreadable'],
    ['a/loop', '!unreadable'],
    ['a/lost', '!unreadable'],
    ['a/unread', '!not-fetched'],
    ['a/out', '!outside'],
    ['a/elsewhere', '!outside'],
    ['../two.yaml', '!outside'],
    ['/two.yaml', '!outside'],
    ['a\\b', '!outside'],
    ['a/gone', '!missing'],
    ['three.yaml', '!missing'],
    ['two.yaml/x', '!missing'],
    ['a/b/c/d', '!missing'],
    ['a/b', '!not-a-file'],
    ['folder', '!not-a-file'],
    ['', '!not-a-file'],
    ['a/sub', '!not-a-file'],
    ['a/to-sub', '!not-a-file'],
    ['a/sub/x', '!not-fetched'],
    ['a/sub/x/y', '!not-fetched'],
    ['a/to-sub/x', '!not-fetched'],
    ['a/into-sub', '!not-fetched'],
    ['a/subs/x', '!missing'],
  ])('%s is %s', (path, content) => {
    expect(read(tree, path)).toBe(content);
  });

  it.each<[path: string, kind: string | undefined, realPath: string | undefined]>([
    ['', 'directory', ''],
    ['a', 'directory', 'a'],
    ['a/b/', 'directory', 'a/b'],
    ['two.yaml', 'file', 'two.yaml'],
    ['a/link.yaml', 'file', 'a/b/one.yaml'],
    ['folder', 'directory', 'a/b'],
    ['folder/one.yaml', 'file', 'a/b/one.yaml'],
    ['a/sub', 'directory', 'a/sub'],
    ['a/to-sub', 'directory', 'a/sub'],
    ['a/sub/x', undefined, undefined],
    ['a/out', undefined, undefined],
    ['a/loop', undefined, undefined],
    ['a/gone', undefined, undefined],
    ['three', undefined, undefined],
    ['..', undefined, undefined],
  ])('%j is a %s at %j', (path, kind, realPath) => {
    const { fileSystem } = open(tree);
    expect([fileSystem.kind(path), fileSystem.realPath(path)]).toEqual([kind, realPath]);
  });

  it('is nothing but the root in a tree without files', () => {
    const { fileSystem } = open({});
    expect([fileSystem.kind(''), fileSystem.list(''), fileSystem.list('a')]).toEqual([
      'directory',
      [],
      undefined,
    ]);
  });
});

describe('a directory of a tree', () => {
  const list = (path: string): readonly string[] | undefined =>
    open(tree)
      .fileSystem.list(path)
      ?.map(({ name, kind }) => `${name} ${kind}`);

  it('lists what is in it, sorted, and what links lead to', () => {
    expect(list('')).toEqual([
      'a directory',
      'folder directory',
      'odd\uFFFD.yaml file',
      'two.yaml file',
      'unread.yaml file',
    ]);
    expect(list('a')).toEqual([
      'absolute file',
      'b directory',
      'elsewhere other',
      'gone other',
      'into-sub other',
      'link.yaml file',
      'long directory',
      'longer other',
      'loop other',
      'lost other',
      'out other',
      'sub directory',
      'to-sub directory',
      'unread other',
    ]);
  });

  it('is where a link leads to', () => {
    expect([list('folder'), list('a/long')]).toEqual([['one.yaml file'], ['one.yaml file']]);
  });

  it('is unknown in a submodule, and where none is', () => {
    expect(['a/sub', 'a/sub/x', 'a/to-sub', 'two.yaml', 'three', 'a/out', '..'].map(list)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
  });

  it('follows its links from where it is itself', () => {
    const { fileSystem } = open({ 'x/y/l': '-> ../one', 'x/one': '1', one: 'submodule', here: '-> x/y' });
    expect(fileSystem.list('here')).toEqual([{ name: 'l', kind: 'file' }]);
    expect(fileSystem.list('x/y')).toEqual([{ name: 'l', kind: 'file' }]);
  });
});

it('the targets of links are asked for once, and no content but those of files', () => {
  const { fileSystem, asked } = open({ a: '-> b', b: '1', c: '-> b', d: 'submodule' });
  expect(fileSystem.kind('b')).toBe('file');
  expect(asked).toEqual([]);
  fileSystem.read('a');
  fileSystem.read('c');
  expect(asked).toEqual([['id of a', 'id of c'], 'id of b', 'id of b']);
});
