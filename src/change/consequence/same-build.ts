import type { Build } from '../../object/build.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { equalValues } from '../../source/value.ts';

/** Whether an owner applies the same in both revisions, as far as both are known. */
export function buildsTheSame({ build: old }: Reconciliation, { build: now }: Reconciliation): boolean {
  return old.complete && now.complete && rendersTheSame(old, now);
}

/** Whether two builds hold the same objects in the same order. */
export function rendersTheSame({ resources: old }: Build, { resources: now }: Build): boolean {
  return (
    old === now ||
    (old.length === now.length && old.every((one, index) => equalValues(one.object, now[index]?.object)))
  );
}
