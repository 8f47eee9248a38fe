import { type Builder, openBuilder } from '../build/build.ts';
import { type Configuration, defaultConfiguration } from '../configuration/configuration.ts';
import type { Fetched } from '../fetched/fetched.ts';
import { sentBuild } from '../object/list-items.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import { followDeployment } from './deployment.ts';
import { type EntryPoints, findEntryPoints } from './entry-points.ts';
import { fetchedBases, fetchedFor } from './fetched-bases.ts';

/** What is found below a path and which clusters it is deployed to, whatever environments the configuration names. */
export function surveyClusters(
  sources: Sources,
  path: string,
  configuration: Configuration = defaultConfiguration,
): { readonly found: EntryPoints; readonly clusters: readonly Cluster[]; readonly fetched: Fetched } {
  const { ignore, file } = configuration;
  const fetched = fetchedFor(sources, configuration);
  const found = findEntryPoints(sources, {
    paths: [path],
    environments: [],
    selected: [],
    ignore,
    fetchedFolder: fetched.folder,
    ...(file === undefined ? {} : { configurationFile: file }),
  });
  const bases = fetchedBases(sources, found.kustomizations.map(directoryOf), fetched, configuration.remotes);
  const opened = openBuilder(sources);
  const builder: Builder = { build: (root, more) => sentBuild(opened.build(root, { ...bases, ...more })) };
  const { clusters } = followDeployment(sources, { found, fetched }, builder, configuration);
  return { found, clusters, fetched };
}
