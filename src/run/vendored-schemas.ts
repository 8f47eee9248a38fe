import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { readPlainManifests } from '../object/plain-manifests.ts';
import type { Sources } from '../source/load.ts';
import type { Mapping } from '../source/value.ts';
import { findManifests } from '../survey/entry-points.ts';

/** The objects in the directories that the configuration names for schemas. */
export function readSchemas(
  sources: Sources,
  directories: readonly string[],
): { readonly objects: readonly Mapping[]; readonly diagnostics: readonly Diagnostic[] } {
  if (directories.length === 0) return { objects: [], diagnostics: [] };
  const found = findManifests(sources, directories);
  const { resources, diagnostics } = readPlainManifests(sources, found.files);
  return {
    objects: resources.map(({ object }) => object),
    diagnostics: [...found.diagnostics, ...diagnostics],
  };
}
