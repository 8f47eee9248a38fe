import type { Amounts } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf } from '../../object/resource.ts';
import { quotaAmount } from '../../workload/capacity/quota-amount.ts';
import {
  type Load,
  loads,
  type QuotaUse,
  quotaUses,
  usageOf,
  workloadNeedsOf,
} from '../../workload/capacity/resource-sums.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

const when: Readonly<Record<Load, string>> = {
  steady: '',
  rollout: ' while all of them roll out',
  peak: ' with every autoscaler at its maximum',
};

export const quotaExceeded: BuildRule = {
  id: 'quota-exceeded',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'capacity'],
  *judge(build) {
    for (const use of quotaUses(build)) {
      const load = loads.find((one) => use.used[one] > use.hard);
      if (load === undefined || isRefusedAnyway(build, use)) continue;
      const { quota, resource, hard, used } = use;
      const shown = (amount: bigint): string => quotaAmount(resource, amount);
      yield {
        at: [quota, 'spec', 'hard', resource],
        message: `ResourceQuota ${nameOf(quota.object)} allows ${shown(hard)} of ${resource}, but ${takersOf(use)} ${shown(used[load])}${when[load]}`,
        help: `raise it to at least ${shown(used[load])}, or ${isObjectCount(resource) ? 'remove objects' : `use less${mostOf(build, use, load)}`}`,
        // A rollout that does not fit waits, an autoscaler stops where the quota ends.
        ...(load === 'steady' ? {} : { severity: 'warning' }),
      };
    }
  },
};

function takersOf({ namespace, resource }: QuotaUse): string {
  if (isObjectCount(resource))
    return `${namespace === '' ? 'the manifests' : `those of namespace ${namespace}`} have`;
  return `${namespace === '' ? 'its workloads' : `the workloads of namespace ${namespace}`} use`;
}

/** Whether a quota counts objects, whatever they need. */
function isObjectCount(resource: string): boolean {
  return !/^(?:requests|limits)\.|^(?:count\/)?(?:pods|persistentvolumeclaims)$|^(?:cpu|memory|ephemeral-storage)$|storage$/u.test(
    resource,
  );
}

/** Whether a pod requests more than its own limit: the API server refuses it, and its sum is no guide. */
function isRefusedAnyway(build: Build, { namespace, resource }: QuotaUse): boolean {
  const name = resource.replace(/^(?:requests|limits)\./u, '');
  return knownFor(build, ['refused', namespace, name], () => isRequestAboveLimit(build, namespace, name));
}

function isRequestAboveLimit(build: Build, namespace: string, name: string): boolean {
  return workloadNeedsOf(build).some(({ template, pod }) => {
    const limit = pod.limits.get(name);
    return template.namespace === namespace && limit !== undefined && amountOf(pod.requests, name) > limit;
  });
}

function mostOf(build: Build, { namespace, resource }: QuotaUse, load: Load): string {
  return knownFor(build, ['most', namespace, resource, load], () => mostIn(build, namespace, resource, load));
}

// Hundreds of quotas may count the same of the same namespace.
const answers = knownOnce((_: Build) => new Map<string, unknown>());

function knownFor<Answer>(build: Build, question: readonly string[], find: () => Answer): Answer {
  const known = answers(build);
  const key = JSON.stringify(question);
  if (!known.has(key)) known.set(key, find());
  return known.get(key) as Answer;
}

function mostIn(build: Build, namespace: string, resource: string, load: Load): string {
  const name = /^(?:cpu|memory|ephemeral-storage)$/u.test(resource) ? `requests.${resource}` : resource;
  const [most] = workloadNeedsOf(build)
    .filter(({ template }) => template.namespace === namespace)
    .map((needs) => ({ needs, amount: amountOf(usageOf(needs, load), name) }))
    .toSorted((a, b) => (a.amount < b.amount ? 1 : -1));
  if (most === undefined || most.amount === 0n) return '';
  return `: ${describe(most.needs.template.resource)} uses ${quotaAmount(resource, most.amount)}`;
}

function amountOf(amounts: Amounts, name: string): bigint {
  return amounts.get(name) ?? 0n;
}
