import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import {
  quotaName,
  quotaUses,
  usageOf,
  type WorkloadNeeds,
  workloadNeedsOf,
} from '../../workload/capacity/resource-sums.ts';
import type { ClusterPair } from '../cluster-pair.ts';
import { wholeOf } from '../whole.ts';

/** A ResourceQuota that has room for fewer new pods than a rolling update would start beside the old ones. */
export interface SurgeRoom {
  readonly quota: string;
  readonly resource: string;
  readonly pods: number;
}

/** The quota with the least room for new pods beside all of the old ones; undefined where there is room for the surge. */
export function tightestQuota(
  head: Resource,
  surge: number,
  { base, head: owners }: ClusterPair,
): SurgeRoom | undefined {
  const [next, old] = [needsOf(head, owners), needsOf(head, base)];
  if (next === undefined || old === undefined || surge === 0) return undefined;
  const [headNow, baseNow] = [usageOf(next, 'steady'), usageOf(old, 'steady')];
  const perPod = usageOf({ ...next, replicas: onePod, claimsPerPod: 0, claims: new Map() }, 'steady');
  const rooms = quotaUses(wholeOf(owners)).flatMap(({ quota, namespace, resource, hard, used }) => {
    const name = quotaName(resource);
    const need = perPod.get(name) ?? 0n;
    if (namespace !== next.template.namespace || need === 0n) return [];
    const others = used.steady - (headNow.get(name) ?? 0n) + (baseNow.get(name) ?? 0n);
    const room = hard > others ? Number((hard - others) / need) : 0;
    return room < surge ? [{ quota: nameOf(quota.object), resource, pods: room }] : [];
  });
  return rooms.sort((a, b) => a.pods - b.pods)[0];
}

const onePod = { steady: 1, surge: 0, maximum: 1, surgeAtMaximum: 0, isPerNode: false };

function needsOf(workload: Resource, owners: ClusterPair['head']): WorkloadNeeds | undefined {
  return needsByKey(wholeOf(owners)).get(inventoryKey(workload));
}

const needsByKey = knownOnce(
  (build: Build) =>
    new Map(workloadNeedsOf(build).map((needs) => [inventoryKey(needs.template.resource), needs])),
);
