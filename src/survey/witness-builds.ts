import { openBuilder } from '../build/build.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { defaultFolder } from '../fetched/fetched.ts';
import type { Build } from '../object/build.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import { findEntryPoints } from './entry-points.ts';
import { fetchedBases, fetchedFor } from './fetched-bases.ts';

/**
 * Builds of every root of the repository beside those that were judged, by what they are: what a change to a shared base must leave as
 * it is.
 */
export function witnessBuilds(
  fileSystem: FileSystem,
  configuration: Pick<Configuration, 'remotes' | 'charts' | 'file'>,
  judged: Iterable<Build>,
): ReadonlyMap<string, Build> {
  const sources = openSources(fileSystem);
  const { roots, kustomizations } = findEntryPoints(sources, {
    paths: [''],
    environments: [],
    selected: [],
    fetchedFolder: configuration.charts?.path ?? defaultFolder,
  });
  // What Flux or Argo CD builds is rendered as they render it.
  const inputs = new Set<string>();
  const known = new Set<string>();
  for (const build of judged) {
    for (const input of build.inputs) inputs.add(input);
    known.add(build.root);
  }
  for (const file of kustomizations) if (inputs.has(file)) known.add(directoryOf(file));
  const fetched = fetchedFor(sources, configuration);
  const bases = fetchedBases(sources, kustomizations.map(directoryOf), fetched, configuration.remotes);
  const builder = openBuilder(sources);
  const others = roots.filter(({ root }) => !known.has(root));
  return new Map(others.map(({ root }) => [JSON.stringify(['witness', root]), builder.build(root, bases)]));
}
