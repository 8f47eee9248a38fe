import { openBuilder } from '../build/build.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Build } from '../object/build.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import { findEntryPoints } from './entry-points.ts';

/** Builds of every root of the repository beside those that were judged: what a change to a shared base must leave as it is. */
export function witnessBuilds(
  fileSystem: FileSystem,
  { remotes }: Pick<Configuration, 'remotes'>,
  judged: readonly Build[],
): Build[] {
  const sources = openSources(fileSystem);
  const { roots, kustomizations } = findEntryPoints(sources, { paths: [''], environments: [], selected: [] });
  // What Flux or Argo CD builds is rendered as they render it.
  const inputs = new Set(judged.flatMap((build) => build.inputs));
  const known = new Set(judged.map(({ root }) => root));
  for (const file of kustomizations) if (inputs.has(file)) known.add(directoryOf(file));
  const builder = openBuilder(sources);
  return roots.filter(({ root }) => !known.has(root)).map(({ root }) => builder.build(root, { remotes }));
}
