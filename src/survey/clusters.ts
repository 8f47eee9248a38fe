import { type Builder, openBuilder } from '../build/build.ts';
import { type Configuration, defaultConfiguration } from '../configuration/configuration.ts';
import { sentBuild } from '../object/list-items.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Sources } from '../source/load.ts';
import { followDeployment } from './deployment.ts';
import { type EntryPoints, findEntryPoints } from './entry-points.ts';

/** What is found below a path and which clusters it is deployed to, whatever environments the configuration names. */
export function surveyClusters(
  sources: Sources,
  path: string,
  configuration: Configuration = defaultConfiguration,
): { readonly found: EntryPoints; readonly clusters: readonly Cluster[] } {
  const { ignore, remotes, file } = configuration;
  const found = findEntryPoints(sources, {
    paths: [path],
    environments: [],
    selected: [],
    ignore,
    ...(file === undefined ? {} : { configurationFile: file }),
  });
  const opened = openBuilder(sources);
  const builder: Builder = { build: (root, more) => sentBuild(opened.build(root, { remotes, ...more })) };
  return { found, clusters: followDeployment(sources, found, builder, configuration).clusters };
}
