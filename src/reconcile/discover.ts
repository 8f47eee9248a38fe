import type { Builder } from '../build/build.ts';
import type { Resource } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove } from '../source/path.ts';
import { loadRestrictorOf, settingsIn } from './argocd/settings.ts';
import { type Cluster, newCluster } from './cluster.ts';
import type { ClusterGroup } from './cluster-group.ts';
import { entryKindOf, pathOf } from './controller-kinds.ts';
import { type Declared, declaredObjects } from './declared-objects.ts';
import type { BuiltFreely, DiscoverOptions, Repository } from './discover-options.ts';
import { contextOf, isOfFlux, type Run } from './discovery-run.ts';
import { isSelfManaged } from './entry-order.ts';
import { chartsNotRendered, renderedReleases } from './flux/helm-release.ts';
import { readKustomizations } from './kustomization-uses.ts';
import { listsAmong, looseAmong, unfinishedAmong } from './loose-entries.ts';
import type { Reconciliation } from './reconciliation.ts';
import { releaseCharts } from './release-charts.ts';
import { byDirectory, startAtFiles, startAtRoots } from './start-entries.ts';
import { startLasting } from './start-entry.ts';

export interface Discovery {
  readonly clusters: readonly Cluster[];
  /** Files that a cluster applies. */
  readonly reached: ReadonlySet<string>;
  /** Who deploys something of which nothing shows that anybody applies it, beside what applies itself. */
  readonly loose: ReadonlySet<Reconciliation>;
  /** Who builds without the load restrictor. Of a repository with objects of Flux that applies directories, from here or as another one says. */
  readonly builtFreely: BuiltFreely;
  readonly coverage: {
    readonly entryPoints: number;
    /** What a controller would render that is not rendered here, and why. */
    readonly notRendered: readonly string[];
    readonly unresolvedVariables: readonly string[];
  };
}

/** Finds what Flux and Argo CD deploy from this repository, and builds it as they do. */
export function discover(
  sources: Sources,
  repository: Repository,
  builder: Builder,
  options: DiscoverOptions = {},
): Discovery {
  const declared = declaredObjects(sources, repository.files);
  const resources = declared.map(({ resource }) => resource);
  const builtFreely = buildersWithoutRestrictor(resources, options);
  const entries = declared.filter(({ resource }) => entryKindOf(resource)?.isWhole(resource.object) ?? false);
  const run: Run = {
    context: contextOf(sources, builder, resources, {
      ...options,
      files: [...repository.files, ...repository.kustomizations],
      builtFreely,
    }),
    declared: resources,
    repositories: options.repositories ?? [],
    groups: {
      byKey: new Map(),
      byRoot: new Map(),
      byPath: new Map(),
      alternatives: options.alternatives ?? [],
    },
    entryFiles: new Set(entries.map(({ file }) => file)),
    reached: new Set(),
    leftOut: [],
    begun: [],
    missingCharts: new Map(),
    asking: new Map(),
    ...(options.earlier === undefined ? {} : { earlier: options.earlier }),
    deployed: 0,
  };
  if (entries.length > 0) {
    const kustomizations = readKustomizations(sources, repository.kustomizations);
    const paths = entries.flatMap((entry) => {
      const path = pathOf(entry.resource);
      return path === undefined || path === '' ? [] : [{ entry, path }];
    });
    const applies = ({ resource }: Declared, file: string): boolean => {
      const path = pathOf(resource);
      // One of a chart alone has no directory of its own.
      return path !== undefined && path !== '' && directoriesAbove(file).includes(path);
    };
    // Another entry point applies the directory it stands in, and not the other way round as well; or a kustomization above could list it.
    const isListable = (entry: Declared): boolean => {
      const above = new Set(directoriesAbove(entry.file));
      return (
        [...above].some((one) => kustomizations.has(one)) ||
        paths.some(
          ({ entry: other, path }) => other !== entry && above.has(path) && !applies(entry, other.file),
        )
      );
    };
    const certain = new Set(
      entries.filter((entry) => isSelfManaged(entry, kustomizations) || !isListable(entry)),
    );
    const lists = { uses: kustomizations, files: byDirectory(repository.kustomizations) };
    startAtFiles(run, entries, lists, certain);
    startAtRoots(run, repository, entries, lists);
    // What a kustomization above could list is known to be left out once that one was met.
    startAtFiles(run, entries, lists, new Set(entries.filter((entry) => !certain.has(entry))));
  }
  startLasting(run, options.lasting ?? []);
  for (const group of [...run.groups.byKey.values()]) releaseCharts(run, group, options);
  const clusters = nameClusters([...run.groups.byKey.values()], resources);
  return {
    clusters,
    reached: run.reached,
    loose: new Set([...looseAmong(run.begun), ...unfinishedAmong(run.begun), ...listsAmong(clusters)]),
    builtFreely,
    coverage: coverageOf(clusters, run),
  };
}

/** Where a change is judged, its base has to show the same. */
function buildersWithoutRestrictor(
  declared: readonly Resource[],
  { isBuiltFreely = false, earlier }: DiscoverOptions,
): BuiltFreely {
  const before = earlier?.builtFreely ?? { byArgo: true, byFlux: true };
  return {
    byArgo: before.byArgo && (isBuiltFreely || loadRestrictorOf(settingsIn(declared)) === 'none'),
    byFlux: before.byFlux && declared.some(isOfFlux),
  };
}

function coverageOf(
  clusters: readonly Cluster[],
  { leftOut, missingCharts }: Pick<Run, 'leftOut' | 'missingCharts'>,
): Discovery['coverage'] {
  const all = clusters.flatMap(({ reconciliations }) => reconciliations);
  const rendered = renderedReleases(all);
  const notRendered = all.flatMap((one) => [
    ...one.notRendered,
    ...chartsNotRendered(
      one.build.resources.filter((resource) => !rendered.has(resource)),
      missingCharts,
    ),
  ]);
  return {
    entryPoints: all.length,
    notRendered: [
      ...new Set(notRendered),
      ...leftOut.map(
        (root) => `${root}: no kustomization lists it as it lists those next to it, so nothing deploys it`,
      ),
    ],
    unresolvedVariables: [...new Set(all.flatMap((one) => one.unresolved))],
  };
}

/** Names each cluster after the directory it was found in, as briefly as tells them apart. */
function nameClusters(groups: readonly ClusterGroup[], declared: readonly Resource[]): Cluster[] {
  const lastOf = (key: string): string => key.split('/').findLast((part) => part !== 'flux-system') ?? key;
  const counts = new Map<string, number>();
  for (const { id } of groups) counts.set(lastOf(id.root), (counts.get(lastOf(id.root)) ?? 0) + 1);
  return groups.map(({ id, reconciliations, remote }) => {
    const brief = lastOf(id.root) || 'cluster';
    const name = (counts.get(brief) ?? 0) > 1 ? id.root : brief;
    return newCluster({ id, name, reconciliations, remote, declared });
  });
}
