import type { Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import { quotaAmount } from '../../workload/capacity/quota-amount.ts';
import {
  type QuotaUse,
  quotaName,
  quotaUses,
  usageOf,
  workloadNeedsOf,
} from '../../workload/capacity/resource-sums.ts';
import type { Effect } from '../effect.ts';
import { fullName } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import { besides, causeAt, happens, type Together } from './happening.ts';

/** ResourceQuotas that from now on allow less than is taken, be it that they are lower or that more is taken. */
export function quotaEffects(together: Together): Effect[] {
  const { cluster, effects, on } = together;
  if (effects.length === 0) return [];
  const [before, after] = [wholeOf(cluster.base), wholeOf(cluster.head)];
  const full = new Set(quotaUses(before).filter(isExceeded).map(useKey));
  return quotaUses(after).flatMap((use) => {
    if (!isExceeded(use) || full.has(useKey(use))) return [];
    const path = ['spec', 'hard', use.resource];
    if (happens(on(use.quota)))
      return besides(
        on(use.quota),
        { ...exceeded(use), fields: [path] },
        causeAt(use.quota, path, cluster, together.edits),
      );
    const taker = takersOf(use, together).find((one) => happens(on(one)));
    return taker === undefined ? [] : besides(on(taker), exceeded(use));
  });
}

function isExceeded({ used, hard }: QuotaUse): boolean {
  return used.steady > hard;
}

function useKey({ quota, resource }: QuotaUse): string {
  return JSON.stringify([inventoryKey(quota), resource]);
}

function exceeded({
  quota,
  resource,
  hard,
  used,
}: QuotaUse): Pick<Effect, 'reason' | 'severity' | 'headline' | 'safe'> {
  const [taken, allowed] = [quotaAmount(resource, used.steady), quotaAmount(resource, hard)];
  return {
    reason: 'quota-too-small',
    severity: 'breaks',
    headline: `ResourceQuota ${fullName(quota)} is exceeded: ${taken} of ${allowed} ${resource}`,
    safe: [{ text: `allow at least ${taken} of ${resource}` }],
  };
}

/** The workloads that take more than before, else all whose number is counted. */
function takersOf({ namespace, resource }: QuotaUse, { cluster }: Together): Resource[] {
  const name = quotaName(resource);
  const before = new Map(
    workloadNeedsOf(wholeOf(cluster.base)).map((one) => [
      inventoryKey(one.template.resource),
      usageOf(one, 'steady'),
    ]),
  );
  return workloadNeedsOf(wholeOf(cluster.head))
    .filter(({ template }) => template.namespace === namespace)
    .filter((one) => {
      const old = before.get(inventoryKey(one.template.resource))?.get(name) ?? 0n;
      return (usageOf(one, 'steady').get(name) ?? 0n) > old;
    })
    .map(({ template }) => template.resource);
}
