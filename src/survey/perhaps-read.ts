import { textAt } from '../object/object-field.ts';
import type { Resource } from '../object/resource.ts';
import { isEntryPoint, pathOf } from '../reconcile/controller-kinds.ts';
import { declaredObjects } from '../reconcile/declared-objects.ts';
import { sourceKey } from '../reconcile/flux/flux-source.ts';
import { readKustomizations } from '../reconcile/kustomization-uses.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Sources } from '../source/load.ts';
import { isBelowAny } from '../source/path.ts';
import type { EntryPoints } from './entry-points.ts';
import type { Unit } from './unit.ts';

type Owner = Pick<Reconciliation, 'path' | 'build' | 'source'>;

/**
 * The directories whose builds failed, or that cannot be followed to their end, and what is read by something that is not rendered. A build
 * that only lacks something, such as a remote base, says itself what it reads.
 */
function brokenDirectories(units: readonly Unit[], owners: readonly Owner[]): string[] {
  const isBroken = ({ build }: Pick<Unit, 'build'>): boolean =>
    !build.complete && build.resources.length === 0;
  const own = units.filter(({ id }) => id.role !== 'cluster');
  return [
    ...own.filter(isBroken).map(({ build }) => build.root),
    // What has no path is no directory, least of all the whole repository.
    ...owners.filter(isBroken).flatMap(({ path, build }) => path ?? (build.root === '' ? [] : build.root)),
    ...[...own, ...owners].flatMap(({ build }) => build.unrendered ?? []),
  ];
}

/**
 * Tells the files that broken builds would read, as far as what they name leads: entries of kustomizations, directories that hold
 * none, and the paths of the entry points among them.
 */
export function perhapsReadBy(
  units: readonly Unit[],
  owners: readonly Owner[],
  sources: Sources,
  { kustomizations, kustomizedFiles, plainFiles }: EntryPoints,
): (path: string) => boolean {
  const directories = brokenDirectories(units, owners);
  if (directories.length === 0) return () => false;
  const uses = readKustomizations(sources, kustomizations);
  const files = [...kustomizedFiles, ...plainFiles];
  const seen = new Set(directories);
  const whole = new Set<string>();
  const leadsHere = pathsHere(owners);
  const leadsFrom = (path: string): string[] => {
    const named = uses.get(path);
    if (named !== undefined) return [...named];
    if (sources.fileSystem.kind(path) === 'directory') {
      whole.add(path);
      return files.filter((file) => isBelowAny(file, new Set([path])));
    }
    return declaredObjects(sources, files.includes(path) ? [path] : []).flatMap(({ resource }) =>
      isEntryPoint(resource) ? leadsHere(resource) : [],
    );
  };
  for (const path of seen) for (const next of leadsFrom(path)) seen.add(next);
  return (path) => seen.has(path) || isBelowAny(path, whole);
}

/**
 * The path of an entry point, unless other owners show that its source is another repository. The root of a source that nobody shows to
 * be this repository is not the root of this one: `path: ./` next to `url: oci://ghcr.io/fluxcd/flux-manifests`.
 */
function pathsHere(owners: readonly Owner[]): (declaration: Resource) => string[] {
  const places = new Map(
    owners.flatMap(({ source }) =>
      source === undefined ? [] : [[sourceKey(source), source.place] as const],
    ),
  );
  return (declaration) => {
    const path = pathOf(declaration);
    const [kind = '', name = ''] = ['kind', 'name'].map((key) =>
      textAt(declaration.object, 'spec', 'sourceRef', key),
    );
    const place = places.get(sourceKey({ kind, name }));
    if (path === undefined || place === 'elsewhere' || (path === '' && place !== 'here')) return [];
    return [path];
  };
}
