import { addTo } from '../diagnostic/grouped.ts';
import { type Amounts, addAmounts, noAmounts } from '../object/amounts.ts';
import type { Build } from '../object/build.ts';
import { spanOfPlace } from '../object/place.ts';
import { formatBytes, formatCpu } from '../object/quantity.ts';
import { nameOf, namespaceOf } from '../object/resource.ts';
import { serviceName } from '../object/service-name.ts';
import type {
  LimitRangeReport,
  Quantities,
  QuotaReport,
  ResourceReport,
  ResourceSum,
} from '../report/resource-report.ts';
import type { Unit } from '../survey/unit.ts';
import { limitRangeUses } from '../workload/capacity/limit-range-uses.ts';
import {
  type Load,
  loads,
  mountedClaims,
  podsUnder,
  quotaUses,
  usageByNamespace,
  usageOf,
  type WorkloadNeeds,
  workloadNeedsOf,
} from '../workload/capacity/resource-sums.ts';
import { describe } from '../workload/pod/pod-template.ts';

/** What each environment takes of its cluster, against its quotas. */
export function resourceReports(units: readonly Unit[]): ResourceReport[] {
  return units.flatMap(({ id, title, build }) => {
    const workloads = workloadNeedsOf(build);
    if (title === undefined || id.role === 'beside' || workloads.length === 0) return [];
    const usages = [...usageByNamespace(build).values()];
    return [
      {
        environment: title,
        entryPoint: id.root,
        loads: forLoads((load) => sumOf(usages.map((usage) => usage[load]).reduce(addAmounts, noAmounts))),
        services: servicesOf(build, workloads),
        quotas: quotasOf(build),
        limitRanges: limitRangesOf(build),
        perNode: namesOf(workloads.filter(({ replicas }) => replicas.isPerNode)),
        unlimited: namesOf(workloads.filter(({ pod }) => pod.unlimited.length > 0)),
      },
    ];
  });
}

function namesOf(workloads: readonly WorkloadNeeds[]): string[] {
  return workloads.map(({ template }) => describe(template.resource));
}

function servicesOf(build: Build, workloads: readonly WorkloadNeeds[]): ResourceReport['services'] {
  const services = new Map<string, WorkloadNeeds[]>();
  for (const one of workloads) {
    const name = serviceName(one.template.resource);
    addTo(services, name, one);
  }
  return [...services].map(([service, own]) => {
    const claims = mountedClaims(
      build,
      own.map(({ template }) => template),
    );
    const { pods: _, ...sum } = sumOf(own.map((one) => usageOf(one, 'steady')).reduce(addAmounts, claims));
    return {
      service,
      pods: forLoads((load) => own.reduce((count, one) => count + podsUnder(one, load), 0)),
      ...sum,
    };
  });
}

function quotasOf(build: Build): QuotaReport[] {
  return quotaUses(build).map(({ quota, namespace, resource, hard, used }) => {
    const exceededBy = loads.find((load) => used[load] > hard);
    const span = spanOfPlace([quota, 'spec', 'hard', resource]);
    return {
      name: nameOf(quota.object),
      namespace,
      resource,
      hard: written(resource, hard),
      used: forLoads((load) => written(resource, used[load])),
      shares: forLoads((load) => shareOf(used[load], hard)),
      ...(exceededBy === undefined ? {} : { exceededBy }),
      ...(span === undefined ? {} : { span }),
    };
  });
}

function shareOf(used: bigint, hard: bigint): number {
  if (used === 0n) return 0;
  return hard === 0n ? 1 : Number(used) / Number(hard);
}

function limitRangesOf(build: Build): LimitRangeReport[] {
  return limitRangeUses(build).map(({ limitRange, path, type, resource, bound, amount, used }) => {
    const span = spanOfPlace([limitRange, ...path]);
    return {
      name: nameOf(limitRange.object),
      namespace: namespaceOf(limitRange.object),
      type,
      resource,
      bound,
      amount: written(resource, amount),
      ...(used === undefined ? {} : { used: written(resource, used) }),
      holds: used === undefined || (bound === 'min' ? used >= amount : used <= amount),
      ...(span === undefined ? {} : { span }),
    };
  });
}

function sumOf(amounts: Amounts): ResourceSum {
  return {
    pods: count(amounts.get('pods')),
    requests: withPrefix(amounts, 'requests.'),
    limits: withPrefix(amounts, 'limits.'),
    storage: formatBytes(amounts.get('requests.storage') ?? 0n),
    claims: count(amounts.get('persistentvolumeclaims')),
  };
}

function withPrefix(amounts: Amounts, prefix: string): Quantities {
  return Object.fromEntries(
    [...amounts].flatMap(([name, amount]) =>
      name.startsWith(prefix) && name !== 'requests.storage'
        ? [[name.slice(prefix.length), written(name, amount)]]
        : [],
    ),
  );
}

function written(resource: string, amount: bigint): string {
  return /(?:memory|storage)$|hugepages-/u.test(resource) ? formatBytes(amount) : formatCpu(amount);
}

function count(amount: bigint | undefined): number {
  return Number((amount ?? 0n) / 1_000_000_000n);
}

function forLoads<T>(of: (load: Load) => T): Readonly<Record<Load, T>> {
  return { steady: of('steady'), rollout: of('rollout'), peak: of('peak') };
}
