import type { Configuration } from './configuration.ts';

/** What the configuration says of how Flux and Argo CD deploy from here. */
export function discoverySettings({
  alternatives,
  argoClusters,
  repositories,
  strictSubstitution,
  kubernetesVersion,
}: Pick<
  Configuration,
  'alternatives' | 'argoClusters' | 'repositories' | 'strictSubstitution' | 'kubernetesVersion'
>): {
  readonly repositories: readonly string[];
  readonly strictSubstitution?: boolean;
  readonly alternatives: readonly string[];
  readonly clustersFile?: string;
  readonly kubernetesVersion?: string;
} {
  const ways = alternatives.flatMap(({ paths }) => paths.map(({ path }) => path));
  return {
    repositories,
    ...(strictSubstitution === undefined ? {} : { strictSubstitution }),
    alternatives: ways,
    ...(argoClusters === undefined ? {} : { clustersFile: argoClusters.path }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
  };
}
