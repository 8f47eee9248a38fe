import { describe, expect, it } from 'vitest';
import { newBuildMemory } from '../../src/build/build-memory.ts';
import { lint } from '../../src/run/judge.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { rememberFiles, withKnownBytes } from '../../src/source/remembered-files.ts';

/** A file system whose files change, which counts what it is asked. */
function changingFiles(start: Readonly<Record<string, string>>): {
  files: Record<string, string>;
  asked: string[];
  open: () => FileSystem;
} {
  const files = { ...start };
  const asked: string[] = [];
  const open = (): FileSystem => {
    const now = memoryFileSystem(files);
    return {
      ...now,
      read: (path) => {
        asked.push(path);
        return now.read(path);
      },
    };
  };
  return { files, asked, open };
}

describe('remembered files', () => {
  it('are asked for once, until something changes', () => {
    const { files, asked, open } = changingFiles({ 'a/x.yaml': 'k: 1\n', 'a/y.yaml': 'k: 2\n' });
    const remembered = rememberFiles(open);
    const first = remembered.read('a/x.yaml');
    remembered.read('a/y.yaml');
    expect(remembered.read('a/x.yaml')).toBe(first);
    expect(asked).toEqual(['a/x.yaml', 'a/y.yaml']);
    files['a/x.yaml'] = 'k: 3\n';
    expect(remembered.refresh(['a/x.yaml'])).toBe(true);
    expect(new TextDecoder().decode(remembered.read('a/x.yaml') as Uint8Array)).toBe('k: 3\n');
    expect(asked).toEqual(['a/x.yaml', 'a/y.yaml', 'a/x.yaml']);
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
});

it('bytes that are known are the same array, no matter who reads them', () => {
  const known = new Map<string, Uint8Array>();
  const read = (files: Record<string, string>) =>
    withKnownBytes(memoryFileSystem(files), known).read('a.yaml');
  const first = read({ 'a.yaml': 'k: 1\n' });
  expect(read({ 'a.yaml': 'k: 1\n' })).toBe(first);
  expect(read({ 'a.yaml': 'k: 2\n' })).toEqual(new TextEncoder().encode('k: 2\n'));
  expect(read({})).toBe('missing');
  expect(read({ 'a.yaml': 'k: 1\n' })).not.toBe(first);
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
