import { describe, expect, it } from 'vitest';
import { newBuildMemory } from '../../src/build/build-memory.ts';
import { lint } from '../../src/run/judge.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { rememberFiles, withKnownBytes } from '../../src/source/remembered-files.ts';

/** A file system whose files change, and which links lead through, that notes what it is asked. */
function changingFiles(
  start: Readonly<Record<string, string>>,
  links: Record<string, string> = {},
): { files: Record<string, string>; asked: string[]; open: () => FileSystem } {
  const files = { ...start };
  const asked: string[] = [];
  const followed = (path: string): string => {
    const link = Object.keys(links).find((one) => path === one || path.startsWith(`${one}/`));
    return link === undefined ? path : `${links[link]}${path.slice(link.length)}`;
  };
  const open = (): FileSystem => {
    const now = memoryFileSystem(files);
    const noted =
      <T>(name: string, ask: (path: string) => T) =>
      (path: string): T => {
        asked.push(`${name} ${path}`);
        return ask(followed(path));
      };
    return {
      read: noted('read', now.read),
      list: noted('list', now.list),
      kind: noted('kind', now.kind),
      realPath: noted('real', now.realPath),
    };
  };
  return { files, asked, open };
}

const textOf = (bytes: Uint8Array | string): string =>
  typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);

describe('remembered files', () => {
  it('are asked for once, until something changes', () => {
    const { files, asked, open } = changingFiles({ 'a/x.yaml': 'k: 1\n', 'a/y.yaml': 'k: 2\n' });
    const remembered = rememberFiles(open);
    const first = remembered.read('a/x.yaml');
    remembered.read('a/y.yaml');
    expect(remembered.read('a/x.yaml')).toBe(first);
    expect(asked).toEqual(['read a/x.yaml', 'read a/y.yaml']);
    files['a/x.yaml'] = 'k: 3\n';
    expect(remembered.refresh(['a/x.yaml'])).toBe(true);
    expect(textOf(remembered.read('a/x.yaml'))).toBe('k: 3\n');
    expect(asked.filter((one) => !one.startsWith('real '))).toEqual([
      'read a/x.yaml',
      'read a/y.yaml',
      'read a/x.yaml',
    ]);
  });

  it('keep what is the same, each answer by itself', () => {
    const { files, open } = changingFiles({ 'a/x.yaml': 'k: 1\n' });
    const remembered = rememberFiles(open);
    const ask = () => [
      textOf(remembered.read('a')),
      remembered.list('a')?.length,
      remembered.kind('a'),
      remembered.realPath('a'),
    ];
    const bytes = remembered.read('a/x.yaml');
    const list = remembered.list('a');
    expect(ask()).toEqual(['not-a-file', 1, 'directory', 'a']);
    expect(remembered.refresh(['a'])).toBe(false);
    expect(ask()).toEqual(['not-a-file', 1, 'directory', 'a']);
    expect(remembered.read('a/x.yaml')).toBe(bytes);
    expect(remembered.list('a')).toBe(list);
    delete files['a/x.yaml'];
    expect(remembered.refresh(['a'])).toBe(true);
    expect(ask()).toEqual(['missing', undefined, undefined, undefined]);
    expect(remembered.refresh(['a'])).toBe(false);
    files['a'] = 'k: 2\n';
    expect(remembered.refresh(['a'])).toBe(true);
    expect(ask()).toEqual(['k: 2\n', undefined, 'file', 'a']);
  });

  it.each<[string, (files: FileSystem) => unknown]>([
    ['bytes', (files) => files.read('a')],
    ['lists', (files) => files.list('a')],
    ['kinds', (files) => files.kind('a')],
    ['real paths', (files) => files.realPath('a')],
  ])('say that only their %s changed', (_, ask) => {
    const { files, open } = changingFiles({ 'b.yaml': 'k: 1\n' });
    const remembered = rememberFiles(open);
    const before = ask(remembered);
    files['a/x.yaml'] = 'k: 1\n';
    expect(remembered.refresh(['a'])).toBe(true);
    expect(ask(remembered)).not.toEqual(before);
    expect(ask(remembered)).toEqual(ask(open()));
  });

  it('say that nothing changed where a file was written as it was, or was never seen', () => {
    const { files, open } = changingFiles({ 'a/x.yaml': 'k: 1\n' });
    const remembered = rememberFiles(open);
    const first = remembered.read('a/x.yaml');
    expect(remembered.refresh(['a/x.yaml'])).toBe(false);
    expect(remembered.read('a/x.yaml')).toBe(first);
    files['out/report.json'] = '{}';
    expect(remembered.refresh(['out/report.json'])).toBe(false);
  });

  it('see what comes and goes in a file as long as the word for its absence', () => {
    const { files, open } = changingFiles({});
    const remembered = rememberFiles(open);
    expect(remembered.read('a')).toBe('missing');
    files['a'] = 'missing';
    expect(remembered.refresh(['a'])).toBe(true);
    expect(textOf(remembered.read('a'))).toBe('missing');
    expect(remembered.read('a')).not.toBe('missing');
    delete files['a'];
    expect(remembered.refresh(['a'])).toBe(true);
    expect(remembered.read('a')).toBe('missing');
  });

  it('see what is new in a folder that was listed, and what is gone', () => {
    const { files, open } = changingFiles({ 'a/x.yaml': 'k: 1\n' });
    const remembered = rememberFiles(open);
    expect(remembered.list('a')?.map(({ name }) => name)).toEqual(['x.yaml']);
    expect(remembered.kind('a/y.yaml')).toBeUndefined();
    files['a/y.yaml'] = 'k: 2\n';
    expect(remembered.refresh(['a/y.yaml'])).toBe(true);
    expect(remembered.list('a')?.map(({ name }) => name)).toEqual(['x.yaml', 'y.yaml']);
    expect(remembered.kind('a/y.yaml')).toBe('file');
    delete files['a/x.yaml'];
    expect(remembered.refresh(['a/x.yaml'])).toBe(true);
    expect(remembered.list('a')?.map(({ name }) => name)).toEqual(['y.yaml']);
    expect(remembered.folders()).toEqual(['a']);
  });

  it.each([[['a']], [['a/b']], [['c', 'a']], [['']]])(
    'see what changed below a folder that changed: %j',
    (paths) => {
      const { files, open } = changingFiles({ 'a/b/x.yaml': 'k: 1\n', 'ab/x.yaml': 'k: 1\n' });
      const remembered = rememberFiles(open);
      remembered.read('a/b/x.yaml');
      files['a/b/x.yaml'] = 'k: 2\n';
      expect(remembered.refresh(['ab', 'a/b/x.yam'])).toBe(false);
      expect(remembered.refresh(paths)).toBe(true);
    },
  );

  it.each(['z/x.yaml', 'a/x.yaml', 'z', 'a'])('see through links what changed: %s', (changed) => {
    const { files, open } = changingFiles({ 'z/x.yaml': 'k: 1\n' }, { a: 'z' });
    const remembered = rememberFiles(open);
    remembered.read('a/x.yaml');
    remembered.kind('a/y.yaml');
    remembered.kind('a/b/y.yaml');
    expect(remembered.refresh([changed])).toBe(false);
    files['z/x.yaml'] = 'k: 2\n';
    expect(remembered.refresh([changed])).toBe(true);
    expect(textOf(remembered.read('a/x.yaml'))).toBe('k: 2\n');
  });

  it.each(['y.yaml', 'b/c/y.yaml'])('see through links what is new: %s', (name) => {
    const { files, open } = changingFiles({ 'z/x.yaml': 'k: 1\n' }, { a: 'z' });
    const remembered = rememberFiles(open);
    expect(remembered.kind(`a/${name}`)).toBeUndefined();
    files[`z/${name}`] = 'k: 1\n';
    expect(remembered.refresh([`z/${name}`])).toBe(true);
    expect(remembered.kind(`a/${name}`)).toBe('file');
  });

  it('see where a link leads now', () => {
    const links: Record<string, string> = { a: 'y' };
    const { open } = changingFiles({ 'y/x.yaml': 'k: 1\n', 'z/x.yaml': 'k: 2\n' }, links);
    const remembered = rememberFiles(open);
    expect(textOf(remembered.read('a/x.yaml'))).toBe('k: 1\n');
    links['a'] = 'z';
    expect(remembered.refresh(['a'])).toBe(true);
    expect(textOf(remembered.read('a/x.yaml'))).toBe('k: 2\n');
  });

  it('have changes that matter in folders that were listed, and around what was read', () => {
    const files = {
      'a/x.yaml': 'k: 1\n',
      'b/x.yaml': 'k: 1\n',
      'c/x.yaml': '',
      'z/x.yaml': '',
      'x.yaml': '',
    };
    const { open } = changingFiles(files, { l: 'z' });
    const remembered = rememberFiles(open);
    expect(remembered.folders()).toEqual([]);
    remembered.list('a');
    remembered.list('missing');
    remembered.list('c/x.yaml');
    remembered.read('a/x.yaml');
    remembered.read('b/x.yaml');
    remembered.read('c/y.yaml');
    remembered.read('l/x.yaml');
    expect(remembered.folders()).toEqual(['a', 'b', 'z']);
    remembered.list('.');
    remembered.read('x.yaml');
    expect(remembered.folders()).toEqual(['a', '', 'b', 'z']);
  });

  it('have no changes that matter where nothing is any more', () => {
    const { open } = changingFiles({ 'a/x.yaml': 'k: 1\n' });
    const gone = rememberFiles(() => ({ ...open(), realPath: () => undefined }));
    gone.list('');
    gone.kind('a');
    expect(gone.folders()).toEqual([]);
    expect(gone.refresh(['b.yaml'])).toBe(false);
  });
});

it('bytes that are known are the same array, no matter who reads them', () => {
  const known = new Map<string, Uint8Array>();
  const read = (files: Record<string, string>) =>
    withKnownBytes(memoryFileSystem(files), known).read('a.yaml');
  const first = read({ 'a.yaml': 'k: 1\n' });
  expect(read({ 'a.yaml': 'k: 1\n' })).toBe(first);
  expect(read({ 'a.yaml': 'k: 2\n' })).toEqual(new TextEncoder().encode('k: 2\n'));
  expect(read({})).toBe('missing');
  expect([...known]).toEqual([]);
  expect(read({ 'a.yaml': 'k: 1\n' })).not.toBe(first);
  const missing = read({ 'a.yaml': 'missing' });
  expect(read({})).toBe('missing');
  expect(read({ 'a.yaml': 'missing' })).toEqual(missing);
});

it('a run after a change says what a new run says, and parses only what changed', () => {
  const pod = (image: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;
  const { files, open } = changingFiles({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': pod('web:1.0.0'),
    'prod/kustomization.yaml': 'resources: [../base]\n',
  });
  const remembered = rememberFiles(open);
  const memory = newBuildMemory();
  const judge = (): ReturnType<typeof lint> => lint({ fileSystem: remembered, memory, paths: [''] });
  const images = (): string[] =>
    judge()
      .findings.filter(({ rule }) => rule === 'image-not-pinned')
      .map(({ message }) => message);
  expect(images()).toEqual([]);
  files['base/web.yaml'] = pod('web:latest');
  remembered.refresh(['base/web.yaml']);
  expect(images()).toEqual(
    lint({ fileSystem: open(), paths: [''] })
      .findings.filter(({ rule }) => rule === 'image-not-pinned')
      .map(({ message }) => message),
  );
  expect(images()).toHaveLength(1);
  const load = (path: string): unknown =>
    openSources(remembered, {}, memory.files).load(path, 'kustomize').documents;
  const kept = load('prod/kustomization.yaml');
  const changed = load('base/web.yaml');
  files['base/web.yaml'] = pod('web:2.0.0');
  remembered.refresh(['base/web.yaml']);
  expect(load('prod/kustomization.yaml')).toBe(kept);
  expect(load('base/web.yaml')).not.toBe(changed);
});
