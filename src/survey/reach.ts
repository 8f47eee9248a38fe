import type { KustomizationEdit } from '../build/build.ts';
import { isProblem } from '../build/problem.ts';
import { kustomizationIn } from '../object/kustomization-path.ts';
import { originOfDocument } from '../object/provenance.ts';
import type { Sources } from '../source/load.ts';
import { ownOf } from '../source/own.ts';
import { normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';

/** The paths that building a directory may read; undefined where only building tells. */
export type Reach = ReadonlySet<string> | undefined;

/** Tells what builds may read from what kustomizations name, without building them. */
export function openReach(
  sources: Sources,
  remotes: Readonly<Record<string, string>>,
): (directory: string, edit?: KustomizationEdit) => Reach {
  const { fileSystem } = sources;
  const isFile = (path: string): boolean => fileSystem.kind(path) === 'file';
  const known = new Map<string, Reach>();

  function namedBy(directory: string): Reach {
    if (!known.has(directory)) {
      const file = kustomizationIn(directory, isFile);
      const document = file === undefined ? undefined : sources.load(file, 'kustomization').documents[0];
      const own = file === undefined ? [] : [file];
      known.set(directory, namedPaths(directory, document?.value ?? null, own));
    }
    return known.get(directory);
  }

  function namedByEdited(directory: string, edit: KustomizationEdit): Reach {
    const file = kustomizationIn(directory, isFile);
    const document = file === undefined ? undefined : sources.load(file, 'kustomization').documents[0];
    if (file !== undefined && !isMapping(document?.value)) return undefined;
    const own =
      document === undefined
        ? undefined
        : {
            value: document.value as Mapping,
            origin: originOfDocument('kustomization', document.positions),
          };
    const edited = edit(own);
    if (isProblem(edited)) return undefined;
    return namedPaths(directory, edited.value, file === undefined ? [] : [file]);
  }

  /** Every text of a kustomization taken for a path: a field that is none leads to nothing. */
  function namedPaths(directory: string, kustomization: Value, own: readonly string[]): Reach {
    // What these name may name further files by itself.
    if (isMapping(kustomization) && pluginFields.some((field) => Object.hasOwn(kustomization, field)))
      return undefined;
    const paths = new Set(own);
    for (const text of textsIn(kustomization, 0)) {
      // `key=path` of a generator's files.
      const path = text.slice(text.indexOf('=') + 1);
      const inside = normalisePath(directory === '' ? path : `${directory}/${path}`);
      if (inside !== undefined) paths.add(inside);
      const remote = ownOf(remotes, text);
      if (remote !== undefined) paths.add(remote);
    }
    return paths;
  }

  return (directory, edit) => {
    const start = fileSystem.realPath(directory) ?? directory;
    const reached = new Set<string>();
    const directories = new Set([start]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const one of directories) {
      const named = one === start && edit !== undefined ? namedByEdited(one, edit) : namedBy(one);
      if (named === undefined) return undefined;
      for (const path of named) {
        reached.add(path);
        if (fileSystem.kind(path) === 'directory') directories.add(fileSystem.realPath(path) ?? path);
      }
    }
    return reached;
  };
}

const pluginFields = ['generators', 'transformers', 'validators'];
const maximumDepth = 64;

function textsIn(value: Value, depth: number): string[] {
  if (typeof value === 'string') return value.includes('\n') ? [] : [value];
  if (depth >= maximumDepth) return [];
  if (isSequence(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  return isMapping(value) ? Object.values(value).flatMap((item) => textsIn(item, depth + 1)) : [];
}
