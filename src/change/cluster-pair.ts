import { grouped } from '../diagnostic/grouped.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { objectPlace } from '../object/object-place.ts';
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
  const entered = enteredElsewhere(before, after);
  const earlierKeys = new Set(entered.values());
  const keys = [...new Set([...after.keys(), ...before.keys()])].filter((key) => !earlierKeys.has(key));
  const pairs = keys
    .map((key) => ({
      key,
      old: before.get(key) ?? enteredNow(key, entered, before, after),
      now: after.get(key),
    }))
    .filter(({ old, now }) => now !== undefined || !isTakenIn(old, head))
    .filter(({ old, now }) => old !== undefined || !isTakenIn(now, base))
    .map(({ key, old, now }) => pairCluster(key, withoutTakenIn(old, head), withoutTakenIn(now, base)));
  return [...grouped(pairs, ({ name }) => name).values()].flatMap(tellApart);
}

type Sides = ReadonlyMap<string, ClusterSide>;

/** A cluster as the base has it, whose owners are known by the entry that the head has. */
function enteredNow(
  key: string,
  entered: ReadonlyMap<string, string>,
  before: Sides,
  after: Sides,
): ClusterSide | undefined {
  const old = before.get(entered.get(key) ?? '');
  const cluster = after.get(key)?.owners[0]?.id.cluster;
  if (old === undefined || cluster === undefined) return old;
  const owners = new Map(old.owners.map((one) => [one, { ...one, id: { ...one.id, cluster } }]));
  const renamed = (held: readonly Held[]): Held[] =>
    held.map((one) => ({ ...one, owner: owners.get(one.owner) ?? one.owner }));
  return {
    ...old,
    owners: [...owners.values()],
    inventory: new Map([...old.inventory].map(([object, held]) => [object, renamed(held)])),
  };
}

/** Clusters of the head that begin at another directory than in the base, by their keys: each entry is a part of what the other one applies. */
function enteredElsewhere(before: Sides, after: Sides): ReadonlyMap<string, string> {
  const gone = [...before].filter(([key]) => !after.has(key));
  const found = [...after].flatMap(([key, now]) => {
    if (before.has(key)) return [];
    const old = gone.find(([, one]) => applies(one, beginningOf(now)) && applies(now, beginningOf(one)));
    return old === undefined ? [] : [[key, old[0]] as const];
  });
  return new Map(found);
}

/** The kustomization that people apply, of which all else comes. */
function entryOf(side: ClusterSide): string | undefined {
  const [owner] = side.owners;
  if (owner?.by !== 'kustomize' || owner.declaration !== undefined) return undefined;
  return owner.build.inputs.find((path) => directoryOf(path) === owner.path && isKustomizationPath(path));
}

/** The kustomization of the directory that a cluster begins at, whoever applies it, or a manifest in it where there is none. */
function beginningOf({ owners, root }: ClusterSide): string | undefined {
  const inputs = owners.find(({ path }) => path === root)?.build.inputs ?? [];
  const own = inputs.filter((path) => directoryOf(path) === root);
  return own.find(isKustomizationPath) ?? own[0];
}

function applies({ owners }: ClusterSide, file: string | undefined): boolean {
  return file !== undefined && owners.some(({ build }) => build.inputs.includes(file));
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
  const own = [...side.inventory].map(
    ([key, held]) => [key, held.filter((one) => !read.has(fileOf(one)))] as const,
  );
  return { ...side, inventory: new Map(own.filter(([, held]) => held.length > 0)) };
}

export function fileOf({ resource }: Held): string {
  return objectPlace(resource)?.file ?? '';
}

/** Whether a directory that people would apply is a part of something else in the other revision: then nobody applies it by itself. */
function isTakenIn(side: ClusterSide | undefined, { tree }: Side): boolean {
  const kustomization = side && entryOf(side);
  if (kustomization === undefined) return false;
  const isRead = (path: string): boolean =>
    tree.units.some(({ build }) => build.inputs.includes(path)) ||
    tree.clusters.some(({ reconciliations }) =>
      reconciliations.some(({ build }) => build.inputs.includes(path)),
    );
  return isRead(kustomization);
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
    objects: [...keys].flatMap((one) =>
      pairObjects(one, before.inventory.get(one) ?? [], after.inventory.get(one) ?? []),
    ),
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

/** Pairs an object with what it was; files of no kustomization with one object are those of clusters that nobody tells apart. */
function pairObjects(key: string, base: readonly Held[], head: readonly Held[]): readonly ObjectPair[] {
  const isByHand = [...base, ...head].every(({ owner }) => owner.by === 'manifests');
  if (!isByHand || (base.length < 2 && head.length < 2)) return [pairObject(key, base, head)];
  const [before, after] = [grouped(base, fileOf), grouped(head, fileOf)];
  const stayed = [...before.keys()].filter((file) => after.has(file));
  const [left, come] = [before, after].map((files) =>
    [...files].flatMap(([file, held]) => (stayed.includes(file) ? [] : held)),
  ) as [Held[], Held[]];
  const moved = Array.from({ length: Math.max(left.length, come.length) }, (_, index) =>
    pairObject(key, left.slice(index, index + 1), come.slice(index, index + 1)),
  );
  return [...stayed.map((file) => pairObject(key, before.get(file) ?? [], after.get(file) ?? [])), ...moved];
}

/** Of several owners the one that has the object in both revisions. */
function pairObject(key: string, base: readonly Held[], head: readonly Held[]): ObjectPair {
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
