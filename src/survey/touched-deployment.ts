import type { Builder } from '../build/build.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { readsObjects } from '../reconcile/controller-kinds.ts';
import { mentionsEntryPoint } from '../reconcile/mentions.ts';
import { emptyBuild, type Reconciliation } from '../reconcile/reconciliation.ts';
import type { Sources } from '../source/load.ts';
import { normalisePath } from '../source/path.ts';
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

/** Whether something in a cluster reads one of the files, or lacks it. */
export function concernsCluster({ reconciliations }: Cluster, files: readonly string[]): boolean {
  return reconciliations.some(({ build }) => concerns(build, files));
}

/** Whether objects that builds bring may say what else is applied. */
function dependsOnBuilds({ reconciliations }: Cluster): boolean {
  return reconciliations.some(({ declaration }) => declaration !== undefined && readsObjects(declaration));
}

function declaresMore(sources: Sources, reach: Reach): boolean {
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
