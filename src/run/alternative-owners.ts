import type { Diagnostic } from '../diagnostic/diagnostic.ts';
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
  const pairs = new Set<string>();
  for (const { root, reconciliations } of clusters) {
    const brought = new Set(reconciliations.flatMap(entriesOf));
    const isBegun = ({ declaration }: Reconciliation): boolean => {
      const place = declaration === undefined ? undefined : objectPlace(declaration);
      if (declaration === undefined || place === undefined) return false;
      return !brought.has(keyOf(declaration)) && delivery.isAssumed(directoryOf(place.file));
    };
    const begun = reconciliations
      .filter(isBegun)
      .map((owner) => ({ owner, entries: new Set(entriesOf(owner)) }));
    for (const one of begun)
      for (const other of begun)
        if (one !== other && sharesMost(one.entries, other.entries))
          pairs.add(pairOf(root, describeReconciliation(one.owner), describeReconciliation(other.owner)));
  }
  return ({ rule, message, entryPoint = '' }) => {
    const [, one, other] =
      rule === 'object-owned-twice' ? (/^(.+?) and (.+?) both apply /u.exec(message) ?? []) : [];
    return one !== undefined && other !== undefined && pairs.has(pairOf(entryPoint, one, other));
  };
}

function pairOf(root: string, one: string, other: string): string {
  return JSON.stringify([root, one, other]);
}

/** Whether of two or more entries of one most are entries of the other. */
function sharesMost(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const shared = [...some].filter((one) => others.has(one)).length;
  return shared > 1 && shared * 2 > Math.min(some.size, others.size);
}

function entriesOf({ build }: Reconciliation): string[] {
  return build.resources.filter(isEntryPoint).map(keyOf);
}

function keyOf({ object }: Resource): string {
  return objectKey(objectReference(object), undefined);
}
