import { kustomizationIn } from '../../object/kustomization-path.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { normalisePath } from '../../source/path.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, itemsOf, unquoted } from '../yaml/outline-node.ts';

/** More of them nobody reads while somebody types. */
const mostFiles = 300;

/** The files of a folder as Flux applies it: what its kustomization names, or all manifests where there is none. */
export function filesBelow(files: FileSystem, folder: string): string[] {
  const seen = new Set<string>();
  visit(files, folder, seen);
  return [...seen].filter((path) => /\.ya?ml$/u.test(path) && files.kind(path) === 'file');
}

function visit(files: FileSystem, path: string, seen: Set<string>): void {
  if (seen.has(path) || seen.size >= mostFiles) return;
  seen.add(path);
  if (files.kind(path) === 'file') return;
  const isFile = (one: string): boolean => files.kind(one) === 'file';
  const kustomization = kustomizationIn(path === '' ? '.' : path, isFile);
  const below =
    kustomization === undefined
      ? (files.list(path === '' ? '.' : path) ?? []).map(({ name }) => name)
      : namedIn(files, kustomization);
  if (kustomization !== undefined) seen.add(kustomization);
  for (const name of below) {
    const inside = normalisePath(path === '' ? name : `${path}/${name}`);
    if (inside !== undefined) visit(files, inside, seen);
  }
}

function namedIn(files: FileSystem, kustomization: string): string[] {
  const bytes = files.read(kustomization);
  if (typeof bytes === 'string') return [];
  const { root } = outlineOf(linesOf(new TextDecoder().decode(bytes)));
  return ['resources', 'bases', 'components'].flatMap((field) => {
    const list = childAt(root, field);
    return list === undefined ? [] : itemsOf(list).map(({ value }) => unquoted(value));
  });
}
