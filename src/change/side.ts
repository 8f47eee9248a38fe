import type { CompiledPolicy } from '../admit/policy/policy.ts';
import type { ClusterTarget } from '../configuration/cluster-target.ts';
import { type Cluster, inventoryOf } from '../reconcile/cluster.ts';
import { clusterKey, nothingSaid, type OwnerId, type Reconciliation } from '../reconcile/reconciliation.ts';
import type { CustomKinds } from '../schema/custom-kind.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit, UnitId } from '../survey/unit.ts';

/** What the objects of one cluster are admitted by. */
export interface JudgedIn {
  readonly target: ClusterTarget;
  readonly customKinds: CustomKinds;
  readonly policies: readonly CompiledPolicy[];
}

/** One of the two revisions: what it renders, and what a file of it holds. */
export interface Side {
  readonly revision: 'base' | 'head';
  readonly tree: Tree;
  /** What a unit is judged in. */
  readonly judgedIn: (unit: Unit) => JudgedIn | undefined;
  /** Environments and clusters in the order in which a change reaches them, as the configuration has it. */
  readonly promotion: readonly (readonly string[])[];
  /** The text of a file; undefined where there is none. */
  readonly textOf: (path: string) => string | undefined;
  /** The files at or below a path. */
  readonly filesAt: (path: string) => readonly string[];
}

/** All that one revision brings to one cluster. */
export interface ClusterSide {
  /** Equal in both revisions. */
  readonly key: string;
  /** For words. */
  readonly name: string;
  /** The directory that stands for it. */
  readonly root: string;
  readonly owners: readonly Reconciliation[];
  readonly inventory: Cluster['inventory'];
  /** Owners that are declared here and apply to another cluster. */
  readonly remote: readonly Reconciliation[];
  readonly judgedIn?: JudgedIn;
}

/** The clusters of a revision, and what people apply themselves: each environment and each root is a cluster of its own. */
export function clusterSides({ tree, judgedIn }: Side): ReadonlyMap<string, ClusterSide> {
  const sides = new Map<string, ClusterSide>();
  const units = new Map(tree.units.map((unit) => [unit.id.root, unit]));
  for (const cluster of tree.clusters) {
    const unit = units.get(cluster.root);
    add(sides, ofCluster(cluster, unit === undefined ? undefined : judgedIn(unit)));
  }
  const reached = new Set(
    tree.clusters.flatMap(({ reconciliations }) => reconciliations.flatMap(({ path }) => path ?? [])),
  );
  for (const unit of tree.units)
    if (unit.id.role !== 'cluster' && unit.id.role !== 'beside' && !reached.has(unit.id.root))
      add(sides, byHand(unit, judgedIn(unit)));
  return sides;
}

function add(sides: Map<string, ClusterSide>, side: ClusterSide): void {
  sides.set(side.key, side);
}

function ofCluster(cluster: Cluster, judgedIn: JudgedIn | undefined): ClusterSide {
  const { id, name, root, reconciliations, remote, inventory } = cluster;
  return {
    key: clusterKey(id),
    name,
    root,
    owners: reconciliations,
    inventory,
    remote,
    ...(judgedIn === undefined ? {} : { judgedIn }),
  };
}

function byHand(unit: Unit, judgedIn: JudgedIn | undefined): ClusterSide {
  const { id, title, build } = unit;
  const name = title ?? 'manifests outside any kustomization';
  const isPlain = id.role === 'plain';
  const owner = {
    ...nothingSaid,
    by: isPlain ? ('manifests' as const) : ('kustomize' as const),
    kind: isPlain ? 'manifests' : 'kustomization',
    name: id.root === '' ? '.' : id.root,
    namespace: '',
    path: id.root,
    build,
  };
  const key = keyByHand(id);
  const owners = [
    {
      ...owner,
      id: { kind: owner.kind, namespace: '', name: owner.name, cluster: { root: key } } satisfies OwnerId,
    },
  ];
  return {
    key,
    name,
    root: id.root,
    owners,
    inventory: inventoryOf(owners),
    remote: [],
    ...(judgedIn === undefined ? {} : { judgedIn }),
  };
}

/** A directory is the same target whether the configuration names it an environment or not. */
function keyByHand({ role, root, alternative = '' }: UnitId): string {
  return role === 'plain' ? JSON.stringify(['plain']) : JSON.stringify(['by hand', root, alternative]);
}
