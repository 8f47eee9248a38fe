import type { Sources } from '../source/load.ts';
import { directoriesAbove, isBelow, lastPartOf } from '../source/path.ts';
import { entryKindOf, pathOf } from './controller-kinds.ts';
import type { Declared } from './declared-objects.ts';
import { type KustomizationUses, usersOf, usesAny } from './kustomization-uses.ts';

/** Those first that apply others, so that each is met where it is applied; those last that need variables of others. */
export function inOrder(sources: Sources, entries: readonly Declared[], uses: KustomizationUses): Declared[] {
  const counts = new Map<string, number>();
  for (const { file } of entries)
    for (const directory of directoriesAbove(file)) counts.set(directory, (counts.get(directory) ?? 0) + 1);
  const score = (entry: Declared): number => {
    const path = pathOf(entry.resource);
    if (path === undefined || sources.fileSystem.kind(path) !== 'directory') return 0;
    const below = counts.get(path) ?? 0;
    if (below === 0) return lacksObjects(entry) ? -1 : 0;
    return below + (isSelfManaged(entry, uses) ? entries.length : 0);
  };
  return entries
    .map((entry) => ({ entry, rank: score(entry) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

/**
 * A Kustomization that applies the directory which it stands in, as `flux bootstrap` makes it: no kustomization from there on down to
 * its file leaves it out.
 */
export function isSelfManaged({ file, resource }: Declared, uses: KustomizationUses): boolean {
  const path = pathOf(resource);
  if (path === undefined || !isBelow(file, path) || file === path) return false;
  // `flux bootstrap` applies what it writes, whatever a list says; most others of the root's path mean that of another repository.
  if (lastPartOf(file) === 'gotk-sync.yaml') return true;
  if (path === '') return false;
  // What another kustomization lists is applied with that one.
  if (
    usersOf(uses)
      .get(file)
      ?.some((directory) => !isBelow(directory, path)) === true
  )
    return false;
  // The controller takes what lies below, up to directories that say themselves what they hold.
  const listing = directoriesAbove(file).find((one) => isBelow(one, path) && uses.has(one));
  return listing === undefined || usesAny(uses, listing, new Set([file]));
}

function lacksObjects({ resource }: Declared): boolean {
  return entryKindOf(resource)?.lacksObjects?.(resource, '', () => undefined) ?? false;
}
