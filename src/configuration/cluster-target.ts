import type { AppliedBy, Configuration, Environment } from './configuration.ts';
import { compareVersions, defaultKubernetesVersion } from './kubernetes-versions.ts';

/** For which API servers objects are judged, and how they reach them. */
export interface ClusterTarget {
  /** The oldest first. */
  readonly kubernetesVersions: readonly string[];
  /** Absent where nobody says. */
  readonly appliedBy?: AppliedBy;
}

export interface GivenTarget {
  /** In place of what the configuration says; empty where nothing is given. */
  readonly kubernetesVersions: readonly string[];
  readonly appliedBy?: AppliedBy;
}

/** What the command line says, else the environment, else the top of the configuration, else the default. */
export function clusterTarget(
  configuration: Configuration,
  environment: Environment | undefined,
  given: GivenTarget,
): ClusterTarget {
  const version =
    environment?.kubernetesVersion ?? configuration.kubernetesVersion ?? defaultKubernetesVersion;
  const kubernetesVersions = given.kubernetesVersions.length > 0 ? given.kubernetesVersions : [version];
  const appliedBy = given.appliedBy ?? environment?.appliedBy ?? configuration.appliedBy;
  return {
    kubernetesVersions: [...new Set(kubernetesVersions)].sort(compareVersions),
    ...(appliedBy === undefined ? {} : { appliedBy }),
  };
}
