import { kustomizationIn } from '../../object/kustomization-path.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { directoriesAbove, normalisePath } from '../../source/path.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';

/** What a patch is said to change. */
export interface PatchTarget {
  readonly kind?: string;
  readonly group?: string;
  readonly version?: string;
  readonly name?: string;
}

/** A patch of a kustomization, with the target that may stand next to it. */
export interface PatchEntry {
  readonly target: PatchTarget | undefined;
  /** Where that stands, of a patch in a file of its own. */
  readonly node?: OutlineNode;
}

/** The target beside a patch. */
export function targetIn(entry: OutlineNode): PatchTarget | undefined {
  if (childAt(entry, 'target') === undefined) return undefined;
  const [kind, group, version, name] = ['kind', 'group', 'version', 'name'].map((key) =>
    textAt(entry, 'target', key),
  );
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(group === undefined ? {} : { group }),
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { name }),
  };
}

/** A patch in a file of its own, as the kustomization beside it, or the nearest one above, names it. */
export function patchFileIn(files: FileSystem | undefined, path: string): PatchEntry | undefined {
  if (files === undefined) return undefined;
  for (const folder of directoriesAbove(path).reverse()) {
    const kustomization = kustomizationIn(
      folder === '' ? '.' : folder,
      (file) => files.kind(file) === 'file',
    );
    const root = kustomization === undefined ? undefined : readOutline(files, kustomization);
    if (root !== undefined) return entryOf(root, folder, path);
  }
  return undefined;
}

function readOutline(files: FileSystem, path: string): OutlineNode | undefined {
  const bytes = files.read(path);
  return typeof bytes === 'string' ? undefined : outlineOf(linesOf(new TextDecoder().decode(bytes))).root;
}

function entryOf(root: OutlineNode, folder: string, path: string): PatchEntry | undefined {
  const entries = ['patches', 'patchesJson6902'].flatMap((field) => {
    const list = childAt(root, field);
    return list === undefined ? [] : itemsOf(list);
  });
  const entry = entries.find((one) => {
    const named = textAt(one, 'path');
    return named !== undefined && normalisePath(folder === '' ? named : `${folder}/${named}`) === path;
  });
  if (entry !== undefined) {
    const node = childAt(entry, 'target');
    return { target: targetIn(entry), ...(node === undefined ? {} : { node }) };
  }
  const merged = childAt(root, 'patchesStrategicMerge');
  const isMerged =
    merged !== undefined &&
    itemsOf(merged).some(({ value }) => normalisePath(folder === '' ? value : `${folder}/${value}`) === path);
  return isMerged ? { target: undefined } : undefined;
}
