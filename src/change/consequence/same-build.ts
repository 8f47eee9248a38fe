import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { equalValues } from '../../source/value.ts';

/** Whether an owner applies the same in both revisions, as far as both are known. */
export function buildsTheSame({ build: old }: Reconciliation, { build: now }: Reconciliation): boolean {
  return (
    old.complete &&
    now.complete &&
    old.resources.length === now.resources.length &&
    old.resources.every((one, index) => equalValues(one.object, now.resources[index]?.object))
  );
}
