import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import { directoriesAbove } from '../../source/path.ts';
import { pathOf } from '../controller-kinds.ts';
import { sourceKey } from './flux-source.ts';

/** Sources whose artifact somebody pushes: of a directory, and not of a whole repository. */
export const pushedKinds: ReadonlySet<string> = new Set(['OCIRepository', 'Bucket']);

/**
 * The directories of this repository that pushed artifacts are made of, by source: the only directory below which all paths of the
 * Kustomizations of a source lie, as of `flux push artifact --path=./k8s`. One short path alone says nothing.
 */
export function artifactRoots(
  kustomizations: readonly Resource[],
  files: readonly string[],
): ReadonlyMap<string, string> {
  const paths = pathsBySource(kustomizations);
  if (paths.size === 0) return new Map();
  const directories = new Set(files.flatMap(directoriesAbove));
  return new Map(
    [...paths].flatMap(([source, own]) => {
      const root = commonRoot([...own], directories);
      return root === undefined ? [] : [[source, root] as const];
    }),
  );
}

function pathsBySource(kustomizations: readonly Resource[]): Map<string, Set<string>> {
  const paths = new Map<string, Set<string>>();
  for (const one of kustomizations) {
    const kind = textAt(one.object, 'spec', 'sourceRef', 'kind') ?? '';
    const name = textAt(one.object, 'spec', 'sourceRef', 'name') ?? '';
    const path = pathOf(one) ?? '';
    if (!pushedKinds.has(kind) || path === '') continue;
    const key = sourceKey({ kind, name });
    paths.set(key, (paths.get(key) ?? new Set()).add(path));
  }
  return paths;
}

function commonRoot(paths: readonly string[], directories: ReadonlySet<string>): string | undefined {
  const [first = ''] = paths;
  const isTelling = paths.length > 1 || first.includes('/');
  if (!isTelling || paths.some((path) => directories.has(path))) return undefined;
  const roots = [...directories]
    .filter((directory) => directory.endsWith(`/${first}`))
    .map((directory) => directory.slice(0, -first.length - 1))
    .filter((root) => paths.every((path) => directories.has(`${root}/${path}`)));
  return roots.length === 1 ? roots[0] : undefined;
}
