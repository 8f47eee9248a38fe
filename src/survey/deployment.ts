import type { Builder } from '../build/build.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { discoverySettings } from '../configuration/discovery-settings.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Fetched } from '../fetched/fetched.ts';
import type { Resource } from '../object/resource.ts';
import type { Cluster, Owned } from '../reconcile/cluster.ts';
import { discover } from '../reconcile/discover.ts';
import type { BuiltFreely, Earlier, LastingDeclaration } from '../reconcile/discover-options.ts';
import { patchedKinds } from '../reconcile/flux/patched-kinds.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Sources } from '../source/load.ts';
import { isBuiltFreely } from './built-freely.ts';
import type { EntryPoints } from './entry-points.ts';
import type { Unit } from './unit.ts';

/** What Flux and Argo CD deploy. */
export interface Deployment {
  readonly clusters: readonly Cluster[];
  /** One for each cluster: everything that reaches it, as one build. */
  readonly units: readonly Unit[];
  /** Files and kustomizations that something deployed reads. */
  readonly reached: ReadonlySet<string>;
  /** Of whoever deploys something those that nobody is seen to apply. */
  readonly loose: ReadonlySet<Reconciliation>;
  /** The directories that Flux applies. */
  readonly fluxPaths: ReadonlySet<string>;
  /** Who builds without the load restrictor. */
  readonly builtFreely: BuiltFreely;
  /** The kinds that Flux patches in what it applies. */
  readonly patchedKinds: ReadonlySet<string>;
  readonly notRendered: readonly string[];
  readonly unresolvedVariables: readonly string[];
}

interface Followed {
  readonly found: EntryPoints;
  readonly fetched: Fetched;
  /** What clusters have and no file declares. */
  readonly lasting?: readonly LastingDeclaration[] | undefined;
  /** What clusters have of the base. */
  readonly earlier?: Earlier | undefined;
}

/** Follows what Flux and Argo CD deploy from their entry points on. */
export function followDeployment(
  sources: Sources,
  { found, fetched, lasting = [], earlier }: Followed,
  builder: Builder,
  configuration: Configuration,
): Deployment {
  const settings = {
    ...discoverySettings(configuration),
    fetched,
    lasting,
    isBuiltFreely: isBuiltFreely(sources, found),
    ...(earlier === undefined ? {} : { earlier }),
  };
  const discovery = discover(sources, repositoryOf(found), builder, settings);
  const { clusters, reached, loose, builtFreely, coverage } = discovery;
  return {
    clusters,
    loose,
    builtFreely,
    units: clusters.map(unitOf),
    reached,
    fluxPaths: new Set(clusters.flatMap(pathsOfFlux)),
    patchedKinds: patchedKinds(declarationsOf(clusters)),
    notRendered: coverage.notRendered,
    unresolvedVariables: coverage.unresolvedVariables,
  };
}

/** Each once: all clusters have one list of what files declare. */
function declarationsOf(clusters: readonly Cluster[]): ReadonlySet<Resource> {
  const lists = new Set(clusters.map(({ declared }) => declared));
  const followed = clusters.flatMap(({ reconciliations }) =>
    reconciliations.flatMap(({ declaration }) => declaration ?? []),
  );
  return new Set([...[...lists].flat(), ...followed]);
}

/** What was found, as discovery takes it. */
export function repositoryOf({
  roots,
  plainFiles,
  kustomizedFiles,
  kustomizations,
}: EntryPoints): Parameters<typeof discover>[1] {
  // Environments are those that the configuration names, not all that a person may apply.
  const areNamed = roots.some(({ environment }) => environment !== undefined);
  return {
    files: [...plainFiles, ...kustomizedFiles],
    kustomizations,
    ...(areNamed ? {} : { roots: roots.map(({ root }) => root) }),
  };
}

function unitOf(cluster: Cluster): Unit {
  const { name, root, alternative, reconciliations } = cluster;
  const builds = reconciliations.map(({ build }) => build);
  const owned = [...cluster.inventory.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  return {
    id: { role: 'cluster', root, ...(alternative === undefined ? {} : { alternative }) },
    title: name,
    build: {
      root,
      resources: owned.map(({ resource }) => resource),
      diagnostics: buildDiagnostics(cluster),
      inputs: [...new Set(builds.flatMap(({ inputs }) => inputs))].sort(),
      effects: builds.flatMap(({ effects }) => effects),
      dropped: builds.flatMap(({ dropped = [] }) => dropped),
      data: builds.flatMap(({ data = [] }) => data),
      complete: builds.every(({ complete }) => complete),
    },
    appliedFrom: new Map(
      owned.flatMap(({ resource, owner }) =>
        owner.path === undefined ? [] : [[resource, owner.path] as const],
      ),
    ),
    // A release goes on as it was installed, which Helm before its version 4 did client-side.
    byFlux: new Set(
      owned
        .filter(({ owner }) => owner.by === 'flux' && owner.kind !== 'HelmRelease')
        .map(({ resource }) => resource),
    ),
    ...wholeAmong(owned),
    // What no controller applies from here may be applied from elsewhere, by an artifact or a plugin, with variables.
    hasPlaceholders: reconciliations.some(
      ({ unresolved, by }) => unresolved.length > 0 || by === 'kustomize',
    ),
  };
}

/** Where a build failed, what comes from the others. */
function wholeAmong(owned: readonly Owned[]): Pick<Unit, 'whole'> {
  return {
    whole: new Set(owned.filter(({ owner }) => owner.build.complete).map(({ resource }) => resource)),
  };
}

function pathsOfFlux({ reconciliations }: Cluster): string[] {
  return reconciliations.flatMap(({ by, path }) => (by === 'flux' && path !== undefined ? [path] : []));
}

function buildDiagnostics({ root, reconciliations }: Cluster): Diagnostic[] {
  const all = reconciliations.flatMap(({ build }) => build.diagnostics);
  return [...new Set(all)].map((diagnostic) => ({ ...diagnostic, entryPoint: root }));
}
