import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { objectKey } from './object-key.ts';

/** Tells what is found in what some of those that deploy to a cluster bring, and nobody else does. */
export function broughtBy(
  others: ReadonlySet<Reconciliation>,
  clusters: readonly Cluster[],
): (diagnostic: Diagnostic) => boolean {
  if (others.size === 0) return () => false;
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const ofOwn = spansIn(owners.filter((one) => !others.has(one)));
  const spans = new Set([...spansIn([...others])].filter((span) => !ofOwn.has(span)));
  const objects = objectsBroughtBy(others, clusters);
  return (one) => spans.has(one.span) || objects.has(keyOfObject(one) ?? '');
}

function spansIn(owners: readonly Reconciliation[]): ReadonlySet<Span> {
  return new Set(owners.flatMap(({ build }) => build.diagnostics.map(({ span }) => span)));
}

/** The keys of the objects that these alone bring, and of those that declare them. */
export function objectsBroughtBy(
  others: ReadonlySet<Reconciliation>,
  clusters: readonly Cluster[],
): ReadonlySet<string> {
  return new Set(
    clusters.flatMap(({ root, reconciliations, inventory }) => [
      ...[...inventory.values()].flatMap(([first, ...more]) =>
        first !== undefined && [first, ...more].every(({ owner }) => others.has(owner))
          ? [keyOf(root, first.resource)]
          : [],
      ),
      ...reconciliations.flatMap((one) =>
        others.has(one) && one.declaration !== undefined ? [keyOf(root, one.declaration)] : [],
      ),
    ]),
  );
}

/** What `objectsBroughtBy` knows the object of a finding by. */
export function keyOfObject({ object, entryPoint = '' }: Diagnostic): string | undefined {
  return object === undefined ? undefined : `${entryPoint} ${objectKey(object, undefined)}`;
}

function keyOf(root: string, { object }: Resource): string {
  return `${root} ${objectKey(objectReference(object), undefined)}`;
}
