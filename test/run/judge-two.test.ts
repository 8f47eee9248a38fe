import { describe, expect, it } from 'vitest';
import { namespaceOf } from '../../src/object/resource.ts';
import type { Report } from '../../src/report/report.ts';
import { judge } from '../../src/run/judge.ts';
import { judgeTwo } from '../../src/run/judge-two.ts';
import type { FileSystem } from '../../src/source/file-system.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { callsOf, countIn } from '../support/call-counts.ts';
import { entryPointFiles } from '../support/entry-point-files.ts';
import { platformFiles } from '../support/platform-files.ts';

type Files = Readonly<Record<string, string>>;

/** A file system that hands out the arrays of another one where the content is the same, as `openBase` does. */
function sharing(files: Files): { files(head: FileSystem): FileSystem } {
  const own = memoryFileSystem(files);
  const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
  return {
    files: (head) => ({
      ...own,
      read(path) {
        const [bytes, other] = [own.read(path), head.read(path)];
        return typeof bytes !== 'string' && typeof other !== 'string' && same(bytes, other) ? other : bytes;
      },
    }),
  };
}

function two(base: Files, head: Files, paths: readonly string[] = ['']): ReturnType<typeof judgeTwo> {
  return judgeTwo({ fileSystem: memoryFileSystem(head), paths }, sharing(base));
}

/** All of a report but how much of it was read anew. */
function said({
  coverage: { filesRead, filesParsed, documents, bytes, ...coverage },
  ...report
}: Report): unknown {
  return { ...report, coverage };
}

const many = entryPointFiles(8);
const leaf = 'overlays/7/kustomization.yaml';
const changes: Readonly<Record<string, Files>> = {
  'a leaf': { ...many, [leaf]: `${many[leaf]}labels: [{pairs: {team: seven}}]\n` },
  'a base': { ...many, 'base/objects.yaml': (many['base/objects.yaml'] ?? '').replace('web:1.0', 'web:1.1') },
  'an entry point': {
    ...many,
    'clusters/team-3.yaml': (many['clusters/team-3.yaml'] ?? '').replace('prune: true', 'prune: false'),
  },
  'the configuration': { ...many, 'cdb-lint.yaml': 'rules: {reference-missing: {severity: note}}\n' },
  'a CRD': {
    ...many,
    'crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n',
  },
  nothing: many,
};

describe('two revisions in one run', () => {
  it.each(Object.entries(changes))('say of each what a run over it alone says: %s', (_, head) => {
    const { base: first, head: second } = two(many, head);
    expect(said(first.report)).toEqual(
      said(judge({ fileSystem: memoryFileSystem(many), paths: [''] }).report),
    );
    expect(said(second.report)).toEqual(
      said(judge({ fileSystem: memoryFileSystem(head), paths: [''] }).report),
    );
  });

  it('say of our own platform what a run over it alone says', () => {
    const files = platformFiles();
    const path = 'k8s/overlays/prod/kustomization.yaml';
    const head = { ...files, [path]: `${files[path]}\n# later\nnamePrefix: p-\n` };
    const { base: first, head: second } = two(files, head);
    expect(said(first.report)).toEqual(
      said(judge({ fileSystem: memoryFileSystem(files), paths: [''] }).report),
    );
    expect(said(second.report)).toEqual(
      said(judge({ fileSystem: memoryFileSystem(head), paths: [''] }).report),
    );
  });

  it('parse, build and admit again only what the change reaches', () => {
    const whole = countIn(() => two(many, many));
    const changed = countIn(() => two(many, changes['a leaf'] ?? {}));
    const more = (name: string): number => callsOf(name, changed.calls) - callsOf(name, whole.calls);
    expect(callsOf('parseDocuments', whole.calls)).toBeGreaterThan(Object.keys(many).length / 2);
    // The kustomization.
    expect(more('parseDocuments')).toBe(1);
    const { base } = whole.result;
    const { length: objects } =
      base.tree.clusters[0]?.reconciliations.find(({ path }) => path === 'overlays/7')?.build.resources ?? [];
    expect(objects).toBeGreaterThan(5);
    expect(more('admitObject')).toBe(objects);
  });

  it('take objects of the same for the same', () => {
    const { base, head } = two(many, changes['a leaf'] ?? {});
    const before = new Set(base.tree.units.flatMap(({ build }) => build.resources));
    const others = head.tree.units.flatMap(({ build }) => build.resources).filter((one) => !before.has(one));
    expect(others.length).toBeGreaterThan(5);
    expect(new Set(others.map(({ object }) => namespaceOf(object)))).toEqual(new Set(['team-7']));
  });

  it('take a path that only one has for nothing in the other, and complain of one that neither has', () => {
    const head = { ...many, 'new/config-map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' };
    const added = two(many, head, ['new']);
    expect(added.base.report.unchecked).toEqual([]);
    expect(added.head.tree.units.flatMap(({ build }) => build.resources)).toHaveLength(1);
    expect(two(head, many, ['new']).head.report.unchecked).toEqual([]);
    expect(two(many, many, ['nowhere']).head.report.unchecked.length).toBeGreaterThan(0);
  });
});
