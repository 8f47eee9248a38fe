import { knownOnce } from '../../object/known-once.ts';
import { type Cluster, inventoryKey } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { spendEffort } from '../../source/effort.ts';
import { isBelow } from '../../source/path.ts';

/** An owner whose directory another one applies whole. */
export interface CoveredPath {
  readonly outer: Reconciliation;
  readonly inner: Reconciliation;
}

/**
 * The owners of one cluster whose directory lies within that of another one, which applies every object of theirs as well; each once, with
 * the nearest of those around it.
 */
export const coveredPaths: (cluster: Cluster) => readonly CoveredPath[] = knownOnce((cluster: Cluster) => {
  const ownersOf = new Map<string, Set<Reconciliation>>();
  for (const [key, owned] of cluster.inventory)
    if (owned.length > 1) ownersOf.set(key, new Set(owned.map(({ owner }) => owner)));
  if (ownersOf.size === 0) return [];
  const places = new Map(cluster.reconciliations.map((one, place) => [one, place]));
  return cluster.reconciliations.flatMap((inner) => {
    const outer = nearestOuter(inner, ownersOf, places);
    return outer === undefined ? [] : [{ outer, inner }];
  });
});

type Owners = ReadonlyMap<string, ReadonlySet<Reconciliation>>;
type Places = ReadonlyMap<Reconciliation, number>;

/** Whoever applies all of it applies the object that has the fewest owners. */
function nearestOuter(inner: Reconciliation, ownersOf: Owners, places: Places): Reconciliation | undefined {
  const owners = inner.build.resources.map((resource) => ownersOf.get(inventoryKey(resource)));
  let fewest: ReadonlySet<Reconciliation> | undefined;
  for (const some of owners) {
    if (some === undefined) return undefined;
    if (some.size < (fewest?.size ?? Number.POSITIVE_INFINITY)) fewest = some;
  }
  spendEffort(owners.length + (fewest?.size ?? 0) * 2);
  return [...(fewest ?? [])]
    .filter((outer) => isAround(outer, inner, places))
    .sort((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))
    .find((outer) => owners.every((some) => some?.has(outer)));
}

/** Of two with one path the later one is around the earlier one, unless that applies more. */
function isAround(outer: Reconciliation, inner: Reconciliation, places: Places): boolean {
  if (outer === inner || outer.path === undefined || inner.path === undefined) return false;
  if (outer.path !== inner.path) return isBelow(inner.path, outer.path);
  return (
    (places.get(outer) ?? 0) > (places.get(inner) ?? 0) ||
    outer.build.resources.length > inner.build.resources.length
  );
}

/** Whether the paths of two owners are told to lie within each other, directly or within one around both. */
export const isOneMistake: (cluster: Cluster) => (a: Reconciliation, b: Reconciliation) => boolean =
  knownOnce((cluster: Cluster) => {
    const outermost = new Map<Reconciliation, Reconciliation>();
    const covered = new Map(coveredPaths(cluster).map(({ inner, outer }) => [inner, outer]));
    for (const inner of covered.keys()) {
      const chain = new Set<Reconciliation>();
      let top: Reconciliation | undefined = inner;
      let last = inner;
      while (top !== undefined && !chain.has(top)) {
        chain.add(top);
        last = outermost.get(top) ?? top;
        top = outermost.has(top) ? undefined : covered.get(top);
      }
      for (const one of chain) outermost.set(one, last);
    }
    return (a, b) =>
      a.path !== undefined &&
      b.path !== undefined &&
      outermost.has(a) &&
      outermost.get(a) === outermost.get(b) &&
      (isBelow(a.path, b.path) || isBelow(b.path, a.path));
  });
