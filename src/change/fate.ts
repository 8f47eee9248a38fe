import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';
import { type ClusterPair, isSameOwner } from './cluster-pair.ts';
import type { Held } from './effect.ts';
import { givesFinalizer, isKnownToLack, policyOf } from './owner.ts';
import { protectionOf } from './protection.ts';

/**
 * What becomes of an owner of the base: it is still there, its controller deletes it, nobody does so and it goes on, it applies to
 * another cluster, or nobody knows because a build that would say so failed. What keeps it may be one that gives up over an error.
 */
export type Fate =
  | { readonly is: 'stays'; readonly head: Reconciliation }
  | { readonly is: 'deleted'; readonly by: Reconciliation; readonly cascades: boolean }
  | { readonly is: 'kept'; readonly over?: Reconciliation }
  | { readonly is: 'redirected' }
  | { readonly is: 'unknown' };

/** Finds out what becomes of owners, each once. */
export function fatesIn(clusters: readonly ClusterPair[]): (owner: Reconciliation) => Fate {
  const known = new Map<string, Fate>();
  const fateOf = (owner: Reconciliation): Fate => {
    const key = ownerKey(owner.id);
    const fate = known.get(key);
    if (fate !== undefined) return fate;
    // Owners that hold each other keep each other.
    known.set(key, { is: 'kept' });
    const found = findFate(owner, clusters, fateOf);
    known.set(key, found);
    return found;
  };
  return fateOf;
}

function findFate(
  owner: Reconciliation,
  clusters: readonly ClusterPair[],
  fateOf: (owner: Reconciliation) => Fate,
): Fate {
  const head = clusters.flatMap((one) => one.head.byKey.get(ownerKey(owner.id)) ?? [])[0];
  if (head !== undefined) return { is: 'stays', head };
  // Its chart, or what it is given, is not here in this revision.
  if (isDeclaredRelease(owner, clusters)) return { is: 'unknown' };
  const declaredIn = homeOf(owner, clusters);
  if (declaredIn === undefined) return { is: 'kept' };
  const { all, remote } = declaredIn.head;
  if ([...all, ...remote].some((one) => hasSameName(one, owner))) return { is: 'redirected' };
  const holder = holderOf(owner, declaredIn);
  if (holder === undefined) return { is: 'kept' };
  return fateOfHeld(owner, holder, fateOf(holder.owner));
}

/** The cluster that an owner of the base is declared in. */
function homeOf(owner: Reconciliation, clusters: readonly ClusterPair[]): ClusterPair | undefined {
  const home = clusters.find(({ base }) => base.all.includes(owner) && !isRemoteIn(base, owner));
  return clusters.find(({ base }) => isRemoteIn(base, owner)) ?? home;
}

/** An owner that goes on, and what its cluster keeps as the base has it. */
export interface Lasting {
  readonly owner: Reconciliation;
  /** The objects of owners that nobody deletes and whose directories are gone. */
  readonly kept: readonly Resource[];
}

/**
 * Owners that no file of the head declares and that nobody deletes: their clusters go on applying what the head has at their paths, and
 * deleting what it has there no more.
 */
export function lastingOwners(
  clusters: readonly ClusterPair[],
  isDirectory: (path: string) => boolean,
): readonly Lasting[] {
  const fateOf = fatesIn(clusters);
  const isKept = (owner: Reconciliation): boolean => fateOf(owner).is === 'kept';
  // Without its directory a controller applies and deletes nothing.
  const isIdle = ({ path }: Reconciliation): boolean => path !== undefined && !isDirectory(path);
  const goesOn = (owner: Reconciliation): boolean => isKept(owner) && !isIdle(owner);
  const isHeld = (owner: Reconciliation): boolean => {
    const home = homeOf(owner, clusters);
    const holder = home === undefined ? undefined : holderOf(owner, home);
    if (holder === undefined || !goesOn(holder.owner) || !policyOf(holder.owner).prunes) return false;
    return protectionOf(holder.resource, holder.owner) === undefined;
  };
  return clusters.flatMap(({ base }) => {
    const kept = base.all.filter((owner) => isIdle(owner) && isKept(owner));
    const objects = kept.flatMap(({ build }) => build.resources);
    return base.all
      .filter((owner) => owner.declaration !== undefined && goesOn(owner) && !isHeld(owner))
      .map((owner) => ({ owner, kept: objects }));
  });
}

function isDeclaredRelease({ kind, declaration }: Reconciliation, clusters: readonly ClusterPair[]): boolean {
  if (kind !== 'HelmRelease' || declaration === undefined) return false;
  return clusters.some(({ head }) => head.inventory.has(inventoryKey(declaration)));
}

function isRemoteIn({ remote }: ClusterPair['base'], owner: Reconciliation): boolean {
  return remote.includes(owner);
}

function hasSameName(one: Reconciliation, other: Reconciliation): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}

/** Who applies the object that declares an owner; undefined for what nobody applies, or what applies itself. */
function holderOf(owner: Reconciliation, { base }: ClusterPair): Held | undefined {
  if (owner.declaration === undefined) return undefined;
  const holders = base.inventory.get(inventoryKey(owner.declaration)) ?? [];
  return holders.find((one) => !isSameOwner(one.owner, owner));
}

function fateOfHeld(owner: Reconciliation, holder: Held, fate: Fate): Fate {
  if (fate.is === 'unknown' || fate.is === 'kept') return fate;
  if (fate.is === 'redirected') return { is: 'kept' };
  const isProtected = protectionOf(holder.resource, holder.owner) !== undefined;
  if (fate.is === 'stays') {
    if (fate.head.isRefused === true) return { is: 'kept', over: fate.head };
    if (!isKnownToLack(fate.head, holder.owner)) return { is: 'unknown' };
    if (isProtected || fate.head.suspend || !policyOf(holder.owner).prunes) return { is: 'kept' };
  } else if (!fate.cascades || isProtected) return { is: 'kept' };
  return { is: 'deleted', by: holder.owner, cascades: cascadesUnder(owner, holder.owner) };
}

function cascadesUnder(owner: Reconciliation, holder: Reconciliation): boolean {
  if (policyOf(owner).cascades) return true;
  const isGenerated = holder.kind === 'ApplicationSet' && holder.declaration !== undefined;
  return isGenerated && givesFinalizer(holder.declaration);
}
