import { describe, expect, it } from 'vitest';
import { followLinks, type Look, rememberFolders } from '../../src/source/follow-links.ts';

/** Follows a path among files and links; `/r` is the root. */
function follow(links: Readonly<Record<string, string>>, path: string, rootPath = '/r'): unknown {
  return followLinks(looking(links), rootPath)([], path);
}

/** What stands at each path: a link, else a file or folder; nothing at `gone`. */
function looking(links: Readonly<Record<string, string>>, asked: string[] = []): Look {
  return (parts) => {
    asked.push(parts.join('/'));
    if (parts.at(-1) === 'gone') return 'missing';
    const target = links[parts.join('/')];
    return target === undefined ? 'no-link' : { target };
  };
}

describe('a path', () => {
  it.each([
    ['a/b', ['a', 'b']],
    ['a//b/', ['a', 'b']],
    ['./a/./b', ['a', 'b']],
    ['a/../b', ['b']],
    ['', []],
    ['a/..', []],
    ['..', 'outside'],
    ['a/../..', 'outside'],
    ['a/../../a', 'outside'],
    ['gone', 'missing'],
    ['gone/b', 'missing'],
  ])('%j without links is %j', (path, expected) => {
    expect(follow({}, path)).toEqual(expected);
  });

  it('counts from where it starts', () => {
    const start = ['x', 'y'];
    expect(followLinks(looking({}), '/r')(start, '../a')).toEqual(['x', 'a']);
    expect(followLinks(looking({ 'x/y/l': 'b' }), '/r')(start, 'l')).toEqual(['x', 'y', 'b']);
    expect(start).toEqual(['x', 'y']);
  });
});

describe('a link', () => {
  it.each<[string, string, unknown]>([
    ['b', 'l', ['b']],
    ['b/c', 'l/d', ['b', 'c', 'd']],
    ['../b', 'a/l', ['b']],
    ['../../b', 'a/l', 'outside'],
    ['..', 'l', 'outside'],
    ['/r/b/c', 'a/l/d', ['b', 'c', 'd']],
    ['/r/', 'a/l', []],
    ['/r', 'a/l', 'outside'],
    ['/rb', 'a/l', 'outside'],
    ['/etc/passwd', 'l', 'outside'],
    ['//r/b', 'l', 'outside'],
    ['C:\\b', 'l', 'outside'],
    ['c:b', 'l', 'outside'],
    ['bc:d', 'l', ['bc:d']],
    ['1:b', 'l', ['1:b']],
    ['gone', 'l', 'missing'],
    ['', 'a/l', ['a']],
  ])('to %j at %s leads to %j', (target, path, expected) => {
    const place = path.replace(/\/d$/u, '');
    expect(follow({ [place]: target }, path)).toEqual(expected);
  });

  it('that is absolute leads on from the root, be it that of the system', () => {
    expect(follow({ 'a/l': '/b/c' }, 'a/l', '/')).toEqual(['b', 'c']);
    expect(follow({ l: 'c:b' }, 'l', '/')).toBe('outside');
  });

  it('leads through forty others, and not through more', () => {
    const chain = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, `l${index + 1}`]));
    expect(follow(chain(40), 'l0')).toEqual(['l40']);
    expect(follow(chain(41), 'l0')).toBe('unreadable');
    expect(follow({ l: 'l' }, 'l')).toBe('unreadable');
    expect(follow({ l: 'l/l' }, 'l')).toBe('unreadable');
  });
});

describe('folders', () => {
  it('are followed once for all that is in them', () => {
    const asked: string[] = [];
    const found = rememberFolders(followLinks(looking({ a: 'b' }, asked), '/r'));
    expect([found('a/x'), found('a/y'), found('zed'), found('gone/y'), found('gone/z')]).toEqual([
      ['b', 'x'],
      ['b', 'y'],
      ['zed'],
      'missing',
      'missing',
    ]);
    expect(asked).toEqual(['a', 'b', 'b/x', 'b/y', 'zed', 'gone']);
  });

  it('are looked at once for the folders in them', () => {
    const asked: string[] = [];
    const found = rememberFolders(followLinks(looking({}, asked), '/r'));
    const names = Array.from({ length: 10 }, (_, index) => `a/b/c${index}/x`);
    expect(names.map(found)).toEqual(names.map((name) => name.split('/')));
    expect(asked.length).toBe(2 + 2 * names.length);
  });
});
