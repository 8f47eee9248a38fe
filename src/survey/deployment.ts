import type { Builder } from '../build/build.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import type { Resource } from '../object/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { type DiscoverOptions, discover } from '../reconcile/discover.ts';
import type { Sources } from '../source/load.ts';

/** What a survey of the repository found to judge. */
export interface Survey {
  readonly roots: readonly { readonly root: string; readonly environment?: unknown }[];
  readonly plainFiles: readonly string[];
  readonly kustomizedFiles: readonly string[];
  readonly kustomizations: readonly string[];
}

/** Everything that reaches one cluster, as one build. */
export interface ClusterBuild extends Build {
  /** Whether variables stand in it whose values are not in the repository. */
  readonly hasPlaceholders: boolean;
  readonly entryPoint: { readonly name: string; readonly root: string; readonly environment?: never };
  /** What Flux applies, which it does server-side. */
  readonly byFlux: ReadonlySet<Resource>;
  /** The alternative by which the cluster is reached. */
  readonly alternative?: string;
}

export interface Deployment {
  readonly clusters: readonly Cluster[];
  readonly scopes: readonly ClusterBuild[];
  readonly reached: ReadonlySet<string>;
  /** The directories that Flux applies. */
  readonly fluxPaths: ReadonlySet<string>;
  readonly builds: number;
  readonly notRendered: readonly string[];
  readonly unresolvedVariables: readonly string[];
}

/** What Flux and Argo CD deploy. */
export function deploymentOf(
  sources: Sources,
  survey: Survey,
  builder: Builder,
  options: DiscoverOptions = {},
): Deployment {
  const discovery = discover(sources, repositoryOf(survey), builder, options);
  const { clusters, reached, coverage } = discovery;
  return {
    clusters,
    scopes: clusters.map(clusterBuild),
    reached,
    fluxPaths: new Set(clusters.flatMap(pathsOfFlux)),
    builds: coverage.entryPoints,
    notRendered: coverage.notRendered,
    unresolvedVariables: coverage.unresolvedVariables,
  };
}

/** The survey as discovery takes it. */
export function repositoryOf(survey: Survey): Parameters<typeof discover>[1] {
  // Environments are those that the configuration names, not all that a person may apply.
  const areNamed = survey.roots.some(({ environment }) => environment !== undefined);
  return {
    files: [...survey.plainFiles, ...survey.kustomizedFiles],
    kustomizations: survey.kustomizations,
    ...(areNamed ? {} : { roots: survey.roots.map(({ root }) => root) }),
  };
}

function clusterBuild(cluster: Cluster): ClusterBuild {
  const { name, root, alternative, reconciliations } = cluster;
  const builds = reconciliations.map(({ build }) => build);
  const owned = [...cluster.inventory.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  return {
    root,
    resources: owned.map(({ resource }) => resource),
    byFlux: new Set(owned.filter(({ owner }) => owner.by === 'flux').map(({ resource }) => resource)),
    diagnostics: buildDiagnostics(cluster),
    inputs: [...new Set(builds.flatMap(({ inputs }) => inputs))].sort(),
    effects: builds.flatMap(({ effects }) => effects),
    complete: builds.every(({ complete }) => complete),
    hasPlaceholders: reconciliations.some(({ unresolved }) => unresolved.length > 0),
    entryPoint: { name, root },
    ...(alternative === undefined ? {} : { alternative }),
  };
}

function pathsOfFlux({ reconciliations }: Cluster): string[] {
  return reconciliations.flatMap(({ by, path }) => (by === 'flux' && path !== undefined ? [path] : []));
}

function buildDiagnostics({ root, reconciliations }: Cluster): Diagnostic[] {
  const all = reconciliations.flatMap(({ build }) => build.diagnostics);
  return [...new Set(all)].map((diagnostic) => ({ ...diagnostic, entryPoint: root }));
}
