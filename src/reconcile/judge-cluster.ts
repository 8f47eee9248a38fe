import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Cluster } from './cluster.ts';
import { judgeUnsubstituted } from './flux/unsubstituted.ts';
import { judgeHealth } from './health.ts';
import { judgeOrder } from './order.ts';
import { judgeOwnership } from './ownership.ts';

/** What is wrong between the reconciliations of one cluster. */
export function judgeClusterGraph(cluster: Cluster): Diagnostic[] {
  return [
    ...judgeOrder(cluster),
    ...judgeHealth(cluster),
    ...judgeOwnership(cluster),
    ...judgeUnsubstituted(cluster),
  ];
}
