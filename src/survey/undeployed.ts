import { undeployedManifests } from '../object/plain-manifests.ts';
import type { Sources } from '../source/load.ts';
import type { EntryPoints } from './entry-points.ts';

export const nothingUndeployed = { places: new Map<string, number>(), definitions: [] };

/** What lies below a kustomization and is part of no build. */
export function leftOver(
  sources: Sources,
  { kustomizedFiles, kustomizations }: EntryPoints,
  inputs: readonly string[],
): ReturnType<typeof undeployedManifests> {
  const read = new Set(inputs);
  const unused = kustomizations
    .filter((file) => !read.has(file))
    .map((file) => file.replace(/\/[^/]+$/u, ''));
  return undeployedManifests(
    sources,
    kustomizedFiles.filter((file) => !read.has(file)),
    unused,
  );
}
