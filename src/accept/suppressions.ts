import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import { entryPointOf } from '../survey/unit.ts';
import { ignoreAnnotations } from './ignore-annotations.ts';
import { type IgnoreComments, ignoreComments } from './ignore-comments.ts';

/** What comments of the files that builds read, and annotations of the objects that they render, accept. */
export function readSuppressions(
  sources: Sources,
  { units, found: { plainFiles, kustomizedFiles } }: Pick<Tree, 'units' | 'found'>,
): IgnoreComments {
  const plain = new Set(plainFiles);
  const inputs = new Set(units.flatMap(({ build }) => build.inputs).filter((path) => !plain.has(path)));
  const folders = new Set([...inputs].map(directoryOf));
  const beside = kustomizedFiles.filter((path) => !inputs.has(path) && folders.has(directoryOf(path)));
  const found = [
    // What stands beside files that were read may say why it is not read itself.
    ignoreComments(sources, [...inputs, ...beside], 'kustomize'),
    ignoreComments(sources, plainFiles, 'api-server'),
    ...units.map((unit) => ignoreAnnotations(unit.build.resources, entryPointOf(unit))),
  ];
  return {
    suppressions: found.flatMap(({ suppressions }) => suppressions),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}
