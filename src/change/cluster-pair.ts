import { grouped } from '../object/grouped.ts';
import { locateField } from '../object/provenance.ts';
import { trackedObject } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';
import { directoryOf } from '../source/path.ts';
import type { ClusterRef, Held } from './effect.ts';
import { type ClusterSide, clusterSides, type JudgedIn, type Side } from './side.ts';

/** One object of a cluster in both revisions, as far as it is there. */
export interface ObjectPair {
  readonly key: string;
  readonly base?: Held;
  readonly head?: Held;
}

/** One cluster in both revisions. */
export interface ClusterPair extends ClusterRef {
  /** The directory that stands for it. */
  readonly root: string;
  readonly base: Owners;
  readonly head: Owners;
  readonly objects: readonly ObjectPair[];
  /** What the head is judged in, or the base where that is all there is. */
  readonly judgedIn?: JudgedIn;
}

/** The owners of a cluster in one revision. */
export interface Owners {
  readonly all: readonly Reconciliation[];
  readonly byKey: ReadonlyMap<string, Reconciliation>;
  /** Owners that are declared here and apply to another cluster. */
  readonly remote: readonly Reconciliation[];
  /** Everything that they apply, by the object's key; more than one where owners fight. */
  readonly inventory: ReadonlyMap<string, readonly Held[]>;
}

/** Puts together what both revisions bring to each cluster. */
export function pairClusters(base: Side, head: Side): ClusterPair[] {
  const [before, after] = [clusterSides(base), clusterSides(head)];
  const keys = [...new Set([...after.keys(), ...before.keys()])];
  const pairs = keys
    .filter((key) => after.has(key) || !isTakenIn(before.get(key), head))
    .filter((key) => before.has(key) || !isTakenIn(after.get(key), base))
    .map((key) =>
      pairCluster(key, withoutTakenIn(before.get(key), head), withoutTakenIn(after.get(key), base)),
    );
  return [...grouped(pairs, ({ name }) => name).values()].flatMap(tellApart);
}

/** Clusters of one name, an environment and what Flux calls so, say where they stand. */
function tellApart(pairs: readonly ClusterPair[]): readonly ClusterPair[] {
  if (pairs.length === 1) return pairs;
  return pairs.map((pair) => ({ ...pair, name: `${pair.name} (${pair.root || '.'})` }));
}

/** Manifests of no kustomization, less those of files that a build of the other revision reads: nobody applies them by themselves. */
function withoutTakenIn(side: ClusterSide | undefined, { tree }: Side): ClusterSide | undefined {
  if (side?.owners[0]?.by !== 'manifests') return side;
  const builds = [
    ...tree.units.filter(({ id }) => id.role !== 'plain').map(({ build }) => build),
    ...tree.clusters.flatMap(({ reconciliations }) => reconciliations.map(({ build }) => build)),
  ];
  const read = new Set(builds.flatMap(({ inputs }) => inputs));
  const isOwn = ({ resource }: Held): boolean =>
    !read.has(locateField(trackedObject(resource), []).span?.file.path ?? '');
  return { ...side, inventory: new Map([...side.inventory].filter(([, held]) => held.every(isOwn))) };
}

/** Whether a directory that people would apply is a part of something else in the other revision: then nobody applies it by itself. */
function isTakenIn(side: ClusterSide | undefined, { tree }: Side): boolean {
  const [owner] = side?.owners ?? [];
  if (owner?.by !== 'kustomize' || owner.declaration !== undefined) return false;
  const isRead = (path: string): boolean =>
    tree.units.some(({ build }) => build.inputs.includes(path)) ||
    tree.clusters.some(({ reconciliations }) =>
      reconciliations.some(({ build }) => build.inputs.includes(path)),
    );
  const kustomization = owner.build.inputs.find((path) => directoryOf(path) === owner.path);
  return kustomization !== undefined && isRead(kustomization);
}

function pairCluster(key: string, base: ClusterSide | undefined, head: ClusterSide | undefined): ClusterPair {
  const [before, after] = [ownersOf(base), ownersOf(head)];
  const keys = new Set([...after.inventory.keys(), ...before.inventory.keys()]);
  const judgedIn = head?.judgedIn ?? base?.judgedIn;
  return {
    key,
    name: head?.name ?? base?.name ?? '',
    root: head?.root ?? base?.root ?? '',
    base: before,
    head: after,
    objects: [...keys].map((one) => pairObject(one, before.inventory.get(one), after.inventory.get(one))),
    ...(judgedIn === undefined ? {} : { judgedIn }),
  };
}

function ownersOf(side: ClusterSide | undefined): Owners {
  const all = side?.owners ?? [];
  return {
    all,
    byKey: new Map(all.map((owner) => [ownerKey(owner.id), owner])),
    remote: side?.remote ?? [],
    inventory: side?.inventory ?? new Map(),
  };
}

/** Of several owners the one that has the object in both revisions. */
function pairObject(key: string, base: readonly Held[] = [], head: readonly Held[] = []): ObjectPair {
  const kept = base.find(({ owner }) => head.some((one) => isSameOwner(one.owner, owner)));
  const before = kept ?? base[0];
  const after = head.find(({ owner }) => kept !== undefined && isSameOwner(owner, kept.owner)) ?? head[0];
  return {
    key,
    ...(before === undefined ? {} : { base: before }),
    ...(after === undefined ? {} : { head: after }),
  };
}

export function isSameOwner(one: Reconciliation, other: Reconciliation): boolean {
  return one === other || ownerKey(one.id) === ownerKey(other.id);
}

/** Whether an owner applies the object that declares another. */
export function declares(owner: Reconciliation, { declaration }: Reconciliation): boolean {
  if (declaration === undefined) return false;
  const key = inventoryKey(declaration);
  return owner.build.resources.some((one) => one === declaration || inventoryKey(one) === key);
}

/** The owner of a revision that is the same as one of the other revision. */
export function counterpart(owner: Reconciliation, { byKey }: Owners): Reconciliation | undefined {
  return byKey.get(ownerKey(owner.id));
}
