import { isEntryPoint, pathOf } from '../reconcile/controller-kinds.ts';
import { declaredObjects } from '../reconcile/declared-objects.ts';
import { readKustomizations } from '../reconcile/kustomization-uses.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Sources } from '../source/load.ts';
import { isBelowAny } from '../source/path.ts';
import type { EntryPoints } from './entry-points.ts';
import type { Unit } from './unit.ts';

/** The directories whose builds failed, or that cannot be followed to their end. */
export function brokenDirectories(
  units: readonly Unit[],
  owners: readonly Pick<Reconciliation, 'path' | 'build'>[],
): string[] {
  const roots = units.filter(({ id, build }) => id.role !== 'cluster' && !build.complete);
  return [
    ...roots.map(({ build }) => build.root),
    ...owners.flatMap(({ path, build }) => (build.complete ? [] : [path ?? build.root])),
  ];
}

/**
 * Tells the files that broken builds would read, as far as what they name leads: entries of kustomizations, directories that hold
 * none, and the paths of the entry points among them.
 */
export function perhapsReadBy(
  directories: readonly string[],
  sources: Sources,
  { kustomizations, kustomizedFiles, plainFiles }: EntryPoints,
): (path: string) => boolean {
  if (directories.length === 0) return () => false;
  const uses = readKustomizations(sources, kustomizations);
  const files = [...kustomizedFiles, ...plainFiles];
  const seen = new Set(directories);
  const whole = new Set<string>();
  const leadsFrom = (path: string): string[] => {
    const named = uses.get(path);
    if (named !== undefined) return [...named];
    if (sources.fileSystem.kind(path) === 'directory') {
      whole.add(path);
      return files.filter((file) => isBelowAny(file, new Set([path])));
    }
    return declaredObjects(sources, files.includes(path) ? [path] : []).flatMap(({ resource }) =>
      isEntryPoint(resource) ? (pathOf(resource) ?? []) : [],
    );
  };
  for (const path of seen) for (const next of leadsFrom(path)) seen.add(next);
  return (path) => seen.has(path) || isBelowAny(path, whole);
}
