import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { addTo } from '../diagnostic/grouped.ts';
import { objectPlace } from '../object/object-place.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import { isEntryPoint } from '../reconcile/controller-kinds.ts';
import { describeReconciliation, type Reconciliation } from '../reconcile/reconciliation.ts';
import { directoryOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import { objectKey } from './object-key.ts';

/**
 * Tells what two entry points apply that nothing brings, and that share most of what they deploy: they are ways to set up one cluster, unless
 * somebody is seen to apply the directory of both.
 */
export function isOfAlternativesIn({
  clusters,
  delivery,
}: Pick<Tree, 'clusters' | 'delivery'>): (diagnostic: Diagnostic) => boolean {
  let begun: ReadonlyMap<string, readonly Entries[]> | undefined;
  const known = new Map<string, boolean>();
  const areAlternatives = (root: string, one: string, other: string): boolean => {
    begun ??= begunIn(clusters, delivery);
    const [ones = [], others = []] = [one, other].map((name) => begun?.get(ownerKey(root, name)));
    return ones.some((some) => others.some((more) => some !== more && sharesMost(some, more)));
  };
  return ({ rule, message, entryPoint: root = '' }) => {
    const [, one, other] =
      rule === 'object-owned-twice' ? (/^(.+?) and (.+?) both apply /u.exec(message) ?? []) : [];
    if (one === undefined || other === undefined) return false;
    const pair = JSON.stringify([root, one, other]);
    const found = known.get(pair) ?? areAlternatives(root, one, other);
    known.set(pair, found);
    return found;
  };
}

type Entries = ReadonlySet<string>;

/** What those bring that nothing brings themselves and nobody is seen to apply, by the root of their cluster and their words in messages. */
function begunIn(
  clusters: Tree['clusters'],
  delivery: Tree['delivery'],
): ReadonlyMap<string, readonly Entries[]> {
  const begun = new Map<string, Entries[]>();
  for (const { root, reconciliations } of clusters) {
    const brought = new Set(reconciliations.flatMap(entriesOf));
    for (const owner of reconciliations) {
      const { declaration } = owner;
      const place = declaration === undefined ? undefined : objectPlace(declaration);
      if (declaration === undefined || place === undefined || brought.has(keyOf(declaration))) continue;
      if (delivery.isAssumed(directoryOf(place.file)))
        addTo(begun, ownerKey(root, describeReconciliation(owner)), new Set(entriesOf(owner)));
    }
  }
  return begun;
}

function ownerKey(root: string, name: string): string {
  return JSON.stringify([root, name]);
}

/** Whether of two or more entries of one most are entries of the other. */
function sharesMost(some: Entries, others: Entries): boolean {
  const shared = [...some].filter((one) => others.has(one)).length;
  return shared > 1 && shared * 2 > Math.min(some.size, others.size);
}

function entriesOf({ build }: Reconciliation): string[] {
  return build.resources.filter(isEntryPoint).map(keyOf);
}

function keyOf({ object }: Resource): string {
  return objectKey(objectReference(object), undefined);
}
