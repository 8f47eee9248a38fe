import { addTo, grouped } from '../diagnostic/grouped.ts';
import { knownOnce } from '../object/known-once.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';

/** What each kustomization names, by its directory: files and directories, patches as well. */
export type KustomizationUses = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads what kustomizations name, without building them. */
export function readKustomizations(sources: Sources, files: readonly string[]): KustomizationUses {
  return new Map(
    files.map((file) => {
      const directory = directoryOf(file);
      const value = sources.load(file, 'kustomization').documents[0]?.value ?? null;
      return [directory, new Set(pathsIn(value, directory, 0))];
    }),
  );
}

/** The kustomizations that name each path, by their directories. */
export const usersOf = knownOnce((uses: KustomizationUses): ReadonlyMap<string, readonly string[]> => {
  const users = new Map<string, string[]>();
  for (const [directory, paths] of uses) for (const path of paths) addTo(users, path, directory);
  return users;
});

/** The directories of kustomizations in each directory. */
const siblingsIn = knownOnce((uses: KustomizationUses) => grouped(uses.keys(), directoryOf));

/** The directories of kustomizations that no other one names. */
export function unusedDirectories(uses: KustomizationUses): string[] {
  const used = new Set([...uses].flatMap(([own, paths]) => [...paths].filter((path) => path !== own)));
  return [...uses.keys()].filter((directory) => !used.has(directory));
}

/** Whether the kustomization of a directory leads to one of the files. */
export function usesAny(uses: KustomizationUses, directory: string, files: ReadonlySet<string>): boolean {
  const queue = [directory];
  const seen = new Set(queue);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const path of uses.get(next) ?? []) {
      if (files.has(path)) return true;
      if (seen.has(path)) continue;
      seen.add(path);
      queue.push(path);
    }
  }
  return false;
}

/**
 * Whether most directories beside one are named from outside, by a kustomization above or elsewhere, and it is not: as where a person
 * took it off a list. Of clusters side by side none is named, or only by the others.
 */
export function isLeftOut(uses: KustomizationUses, directory: string): boolean {
  const parent = directoryOf(directory);
  const beside = (siblingsIn(uses).get(parent) ?? []).filter((one) => one !== directory);
  const isOutside = (one: string): boolean => one === parent || !isBelow(one, parent);
  const named = beside.filter((one) => usersOf(uses).get(one)?.some(isOutside) === true);
  return named.length > 1 && named.length * 2 > beside.length;
}

/** What a person took off the lists of a kustomization and left there as a comment: `# - apps/web.yaml`. */
export function commentedOut(text: string, directory: string): string[] {
  return [...text.matchAll(/^[ \t]*#[ \t#]*-[ \t]+["']?([\w./-]+)/gmu)].flatMap(([, entry = '']) =>
    pathsIn(entry, directory, 0),
  );
}

/** The paths that texts in a value may be, below a directory. */
export function pathsIn(value: Value, directory: string, depth = 0): string[] {
  if (typeof value === 'string') {
    if (value.includes('\n') || value.startsWith('/')) return [];
    const path = normalisePath(directory === '' ? value : `${directory}/${value}`);
    return path === undefined ? [] : [path];
  }
  if (depth > 10) return [];
  if (isSequence(value)) return value.flatMap((item) => pathsIn(item, directory, depth + 1));
  return isMapping(value) ? Object.values(value).flatMap((item) => pathsIn(item, directory, depth + 1)) : [];
}
