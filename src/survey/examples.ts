import { objectPlace } from '../object/object-place.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Delivery } from './delivery.ts';

const ofExamples = /(?:^|\/)(?:docs?|examples?|samples?)\//u;

/** Whether a file stands among what a repository shows its readers. */
export function isExample(file: string): boolean {
  return ofExamples.test(file);
}

/** Of whoever deploys something those that stand among examples, beside others that do not, and that no command applies. */
export function examplesAmong(clusters: readonly Cluster[], delivery: Delivery): Reconciliation[] {
  const placed = clusters
    .flatMap(({ reconciliations }) => reconciliations)
    .flatMap((owner) => {
      const place = owner.declaration === undefined ? undefined : objectPlace(owner.declaration);
      return place === undefined ? [] : [{ owner, file: place.file }];
    });
  const examples = placed.filter(({ file }) => isExample(file));
  if (examples.length === placed.length) return [];
  return examples.flatMap(({ owner, file }) => (delivery.isAssumed(file) ? owner : []));
}
