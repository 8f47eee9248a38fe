import type { Tree } from '../survey/tree.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { Knowledge } from './knowledge.ts';
import type { Run } from './run.ts';

/** What rules may look at beside the build that they judge. */
export function surroundingsOf(
  { found, allClusters }: Tree,
  kubernetesVersion: string,
  { everyFile }: Knowledge,
  { sources, configuration }: Run,
): Surroundings {
  const { environments, provided, privateRegistries, sourceHosts, fluxVersion } = configuration;
  return {
    sources,
    kubernetesVersion,
    ...(fluxVersion === undefined ? {} : { fluxVersion }),
    environments,
    provided,
    privateRegistries,
    sourceHosts,
    clusters: allClusters,
    ...(everyFile ? { files: found.kustomizedFiles, documents: found.documents } : {}),
  };
}
