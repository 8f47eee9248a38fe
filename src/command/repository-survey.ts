import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import { lastPartOf } from '../source/path.ts';
import { surveyClusters } from '../survey/clusters.ts';
import type { EntryPoint } from '../survey/entry-points.ts';
import { environmentOfPath } from '../workload/environment/environment-name.ts';

/** What a repository holds, as far as a first configuration depends on it. */
export interface RepositorySurvey {
  readonly kustomizations: number;
  readonly roots: readonly string[];
  readonly plainFiles: number;
  /** What Flux and Argo CD deploy to: names of clusters, and how many entry points each has. */
  readonly clusters: readonly { readonly name: string; readonly reconciliations: number }[];
  /** Roots whose directories are named as environments are by custom, by that name. */
  readonly environments: ReadonlyMap<string, string>;
  readonly continuousIntegration: 'github' | 'gitlab';
}

const mostEnvironments = 12;

/** Looks at what lies below a directory. */
export function surveyRepository(fileSystem: FileSystem, path: string): RepositorySurvey {
  const sources = openSources(fileSystem);
  const { found, clusters } = surveyClusters(sources, path);
  return {
    kustomizations: found.kustomizations.length,
    roots: found.roots.map(({ root }) => root),
    plainFiles: found.plainFiles.length,
    clusters: clusters.map(({ name, reconciliations }) => ({
      name,
      reconciliations: reconciliations.length,
    })),
    // What a controller deploys is found by following it, and named environments would say otherwise.
    environments: clusters.length > 0 ? new Map() : environmentsAmong(found.roots),
    continuousIntegration: fileSystem.kind('.gitlab-ci.yml') === 'file' ? 'gitlab' : 'github',
  };
}

/** All roots by the name of their environment, or nothing where one has no such name or shares it. */
function environmentsAmong(roots: readonly EntryPoint[]): ReadonlyMap<string, string> {
  const environments = new Map<string, string>();
  for (const { root } of roots) {
    const name = environmentOfPath(root) === undefined ? undefined : lastPartOf(root);
    if (name === undefined || name === '' || environments.has(name)) return new Map();
    environments.set(name, root);
  }
  return roots.length < 2 || roots.length > mostEnvironments ? new Map() : environments;
}
