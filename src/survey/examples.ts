import { objectPlace } from '../object/object-place.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Delivery } from './delivery.ts';
import type { EntryPoints } from './entry-points.ts';

const ofExamples = /(?:^|\/)(?:docs?|examples?|samples?)\//iu;

const ofLeftovers = /(?:^|\/)(?:drafts?|e2e|experiments?|legacy|scratch|snippets|tests|wip)\//u;

/** Whether a file stands among what a repository shows its readers. */
export function isExample(file: string): boolean {
  return ofExamples.test(file);
}

/**
 * Of whoever deploys something those that stand among examples, tests or leftovers, in a repository that holds more than these, and
 * that no command applies.
 */
export function examplesAmong(
  clusters: readonly Cluster[],
  { plainFiles, kustomizedFiles, kustomizations }: EntryPoints,
  delivery: Delivery,
): Reconciliation[] {
  if ([plainFiles, kustomizedFiles, kustomizations].every((files) => files.every(isAside))) return [];
  return clusters
    .flatMap(({ reconciliations }) => reconciliations)
    .filter(({ declaration }) => {
      const file = declaration === undefined ? undefined : objectPlace(declaration)?.file;
      return file !== undefined && isAside(file) && delivery.isAssumed(file);
    });
}

function isAside(file: string): boolean {
  return isExample(file) || ofLeftovers.test(file);
}
