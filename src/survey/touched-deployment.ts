import type { Builder } from '../build/build.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { objectPlace } from '../object/object-place.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { readsObjects } from '../reconcile/controller-kinds.ts';
import { mentionsEntryPoint } from '../reconcile/mentions.ts';
import { emptyBuild, type Reconciliation } from '../reconcile/reconciliation.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, normalisePath } from '../source/path.ts';
import { itemsAt, valueAt } from '../source/value.ts';
import type { Deployment } from './deployment.ts';
import type { openReach, Reach } from './reach.ts';
import { concerns, mayConcern } from './touched.ts';

interface TouchedOptions {
  readonly touched: readonly string[];
  readonly reachOf: ReturnType<typeof openReach>;
  /** Follows what Flux and Argo CD deploy with a builder. */
  readonly follow: (builder: Builder) => Deployment | undefined;
}

/**
 * What Flux and Argo CD deploy, of which only clusters that read a touched file are built. What may hold further entry points is built
 * in any case; all else of other clusters has nothing but the files that it may read.
 */
export function touchedDeployment(
  sources: Sources,
  builder: Builder,
  { touched, reachOf, follow }: TouchedOptions,
): Deployment | undefined {
  const wanted = new Set<string>();
  for (;;) {
    const sketched = new Set<string>();
    const deployment = follow({
      build(root, options) {
        const reach = wanted.has(root) ? undefined : reachOf(root, options?.edit);
        if (mayConcern(reach, touched) || declaresMore(sources, reach)) return builder.build(root, options);
        sketched.add(root);
        const inputs = [...(reach ?? [])].filter((path) => sources.fileSystem.kind(path) === 'file');
        return { ...emptyBuild(root, true), inputs };
      },
    });
    const needed = (deployment?.clusters ?? [])
      .filter((cluster) => concernsCluster(cluster, touched) || dependsOnBuilds(cluster))
      .flatMap(({ reconciliations, remote }) => [...reconciliations, ...remote].flatMap(rootsOf))
      .filter((root) => sketched.has(root));
    if (needed.length === 0) return deployment;
    for (const root of needed) wanted.add(root);
  }
}

/** Whether something in a cluster reads one of the files, lacks it, or is declared beside it: there it may have been declared before. */
export function concernsCluster(cluster: Cluster, files: readonly string[]): boolean {
  const { reconciliations, remote, declared } = cluster;
  if (reconciliations.some((one) => concerns(one.build, files) || appliesFrom(one, files))) return true;
  const folders = new Set(files.filter((file) => /\.(?:ya?ml|json)$/u.test(file)).map(directoryOf));
  if (folders.size === 0) return false;
  const declarations = [...reconciliations, ...remote].flatMap(({ declaration }) => declaration ?? []);
  return [...declarations, ...declared].some((one) => {
    const place = objectPlace(one);
    return place !== undefined && folders.has(directoryOf(place.file));
  });
}

/** Whether one of the files makes the directory that is applied what it is, or made it. */
function appliesFrom({ path, build }: Reconciliation, files: readonly string[]): boolean {
  return (
    path !== undefined &&
    files.some(
      (file) =>
        (isKustomizationPath(file) && directoryOf(file) === path) || (!build.complete && isBelow(file, path)),
    )
  );
}

/** Whether objects that builds bring may say what else is applied. */
function dependsOnBuilds({ reconciliations }: Cluster): boolean {
  return reconciliations.some(({ declaration }) => declaration !== undefined && readsObjects(declaration));
}

/** Whether what a directory reads may say what else is applied. */
export function declaresMore(sources: Sources, reach: Reach): boolean {
  return [...(reach ?? [])].some(
    (path) => sources.fileSystem.kind(path) === 'file' && mentionsEntryPoint(sources, path),
  );
}

/** The directories that an entry point builds. */
function rootsOf({ path, build, declaration }: Reconciliation): string[] {
  const others = itemsAt(declaration?.object, ['spec', 'sources']).map((source) => valueAt(source, ['path']));
  const written = [path, build.root, ...others].filter((one) => typeof one === 'string');
  return written.flatMap((one) => normalisePath(one) ?? []);
}
