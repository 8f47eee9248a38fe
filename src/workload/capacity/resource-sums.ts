import { grouped } from '../../diagnostic/grouped.ts';
import { type Amounts, addAmounts, amountsIn, noAmounts, timesAmounts } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type PodNeeds, podNeeds } from '../pod/pod-needs.ts';
import { type PodTemplate, podTemplatesOf } from '../pod/pod-template.ts';
import { autoscalersOf } from './autoscaler.ts';
import { containerDefaults } from './limit-ranges.ts';
import { objectCounts } from './object-counts.ts';
import { type ReplicaCounts, replicaCounts } from './replica-counts.ts';

/** A workload, what one of its pods needs, and how many there are. */
export interface WorkloadNeeds {
  readonly template: PodTemplate;
  readonly pod: PodNeeds;
  readonly replicas: ReplicaCounts;
  /** Storage of the claims that come with each pod, in nanos by storage class; '' for the default one. */
  readonly claims: Amounts;
  readonly claimsPerPod: number;
}

/** All the time; while every workload rolls out and jobs run; and the same with every autoscaler at its maximum. */
export type Load = 'steady' | 'rollout' | 'peak';
export const loads: readonly Load[] = ['steady', 'rollout', 'peak'];

/** What a namespace takes of a cluster, by the names of a ResourceQuota: `requests.cpu`, `pods`, `requests.storage`, … */
export type Usage = Readonly<Record<Load, Amounts>>;

/** The workloads of a build with what they need. */
export const workloadNeedsOf: (build: Build) => readonly WorkloadNeeds[] = knownOnce((build: Build) => {
  const autoscalers = autoscalersOf(build);
  return podTemplatesOf(build).map((template) => {
    const claims = claimTemplatesOf(template);
    return {
      template,
      pod: podNeeds(template, containerDefaults(build, template.namespace)),
      replicas: replicaCounts(template.resource, autoscalers),
      claims: claims.map(claimStorage).reduce(addAmounts, noAmounts),
      claimsPerPod: claims.length,
    };
  });
});

/** What the claims of a build take that stand for themselves, and are mounted by pods of these workloads. */
export function mountedClaims(build: Build, templates: readonly PodTemplate[]): Amounts {
  const names = new Set(
    templates.flatMap(({ namespace, spec }) =>
      itemsIn(spec['volumes']).map(
        (volume) => `${namespace}/${valueText(valueAt(volume, ['persistentVolumeClaim', 'claimName']))}`,
      ),
    ),
  );
  const claims = claimsByName(build);
  return [...names]
    .flatMap((name) => claims.get(name) ?? [])
    .map(({ object }) => storageUsage(claimStorage(object), 1))
    .reduce(addAmounts, noAmounts);
}

/** What each namespace of a build takes. */
export const usageByNamespace: (build: Build) => ReadonlyMap<string, Usage> = knownOnce((build: Build) => {
  const usages = new Map<string, Usage>();
  const add = (namespace: string, load: Load, amounts: Amounts): void => {
    const known = usages.get(namespace) ?? { steady: noAmounts, rollout: noAmounts, peak: noAmounts };
    usages.set(namespace, { ...known, [load]: addAmounts(known[load], amounts) });
  };
  for (const needs of workloadNeedsOf(build))
    for (const load of loads) add(needs.template.namespace, load, usageOf(needs, load));
  for (const { object } of claimsOf(build))
    for (const load of loads) add(namespaceOf(object), load, storageUsage(claimStorage(object), 1));
  return usages;
});

/** What a workload takes under a load, by the names of a ResourceQuota. */
export function usageOf(needs: WorkloadNeeds, load: Load): Amounts {
  const pods = podsUnder(needs, load);
  const { requests, limits } = needs.pod;
  // A claim of a stateful set stays when its pods go; a pod that is only surge brings none.
  const claiming = load === 'peak' ? needs.replicas.maximum : needs.replicas.steady;
  return [
    new Map([['pods', BigInt(pods) * one]]),
    prefixed('requests', timesAmounts(requests, pods)),
    prefixed('limits', timesAmounts(limits, pods)),
    storageUsage(timesAmounts(needs.claims, claiming), needs.claimsPerPod * claiming),
  ].reduce(addAmounts, noAmounts);
}

export function podsUnder({ replicas }: WorkloadNeeds, load: Load): number {
  if (load === 'peak') return replicas.maximum + replicas.surgeAtMaximum;
  return replicas.steady + (load === 'rollout' ? replicas.surge : 0);
}

/** One limit of a ResourceQuota, and what is taken of it. */
export interface QuotaUse {
  readonly quota: Resource;
  readonly namespace: string;
  /** As the quota spells it. */
  readonly resource: string;
  readonly hard: bigint;
  readonly used: Readonly<Record<Load, bigint>>;
}

/** The limits of a build's ResourceQuotas whose use the manifests tell; quotas with scopes count only some pods. */
export const quotaUses: (build: Build) => readonly QuotaUse[] = knownOnce((build: Build) => {
  const quotas = build.resources.filter(
    ({ object }) => object['kind'] === 'ResourceQuota' && object['apiVersion'] === 'v1' && !isScoped(object),
  );
  if (quotas.length === 0) return [];
  const usages = usageByNamespace(build);
  const counts = objectCounts(build);
  return quotas.flatMap((quota) => {
    const { object } = quota;
    const namespace = namespaceOf(object);
    const usage = usages.get(namespace);
    return [...amountsIn(valueAt(object, ['spec', 'hard']))].flatMap(([resource, hard]) => {
      const count = counts.get(namespace)?.get(resource);
      if (count !== undefined)
        return [{ quota, namespace, resource, hard, used: { steady: count, rollout: count, peak: count } }];
      if (usage === undefined || !isCounted(resource)) return [];
      const used = (load: Load): bigint => usage[load].get(quotaName(resource)) ?? 0n;
      const all = { steady: used('steady'), rollout: used('rollout'), peak: used('peak') };
      return [{ quota, namespace, resource, hard, used: all }];
    });
  });
});

const one = 1_000_000_000n;

function prefixed(prefix: string, amounts: Amounts): Amounts {
  return new Map([...amounts].map(([name, amount]) => [`${prefix}.${name}`, amount]));
}

function storageUsage(byClass: Amounts, claims: number): Amounts {
  const total = [...byClass.values()].reduce((sum, amount) => sum + amount, 0n);
  const classes = [...byClass].flatMap(([name, amount]) =>
    name === '' ? [] : [[`${name}.storageclass.storage.k8s.io/requests.storage`, amount] as const],
  );
  return new Map([['requests.storage', total], ['persistentvolumeclaims', BigInt(claims) * one], ...classes]);
}

function claimsOf({ resources }: Build): Resource[] {
  return resources.filter(
    ({ object }) => object['kind'] === 'PersistentVolumeClaim' && object['apiVersion'] === 'v1',
  );
}

const claimsByName = knownOnce((build: Build) =>
  grouped(claimsOf(build), ({ object }) => `${namespaceOf(object)}/${nameOf(object)}`),
);

function claimStorage(claim: Mapping): Amounts {
  const storage = amountsIn(valueAt(claim, ['spec', 'resources', 'requests'])).get('storage') ?? 0n;
  const storageClass = valueAt(claim, ['spec', 'storageClassName']);
  return new Map([[typeof storageClass === 'string' ? storageClass : '', storage]]);
}

/** The claims that come with each pod: those of a stateful set, and generic ephemeral volumes. */
function claimTemplatesOf({ resource, spec }: PodTemplate): Mapping[] {
  const volumes = itemsIn(spec['volumes']);
  const templates = itemsIn(valueAt(resource.object, ['spec', 'volumeClaimTemplates']));
  return [
    ...templates,
    ...volumes.map((volume) => valueAt(volume, ['ephemeral', 'volumeClaimTemplate'])),
  ].filter(isMapping);
}

function itemsIn(value: Value | undefined): readonly Mapping[] {
  return isSequence(value) ? value.filter(isMapping) : [];
}

/** `cpu` and `memory` in a quota mean requests. */
/** The name by which usage is counted that a quota spells otherwise. */
export function quotaName(resource: string): string {
  if (['cpu', 'memory', 'ephemeral-storage'].includes(resource)) return `requests.${resource}`;
  return resource === 'count/pods' ? 'pods' : resource.replace(/^count\/(?=persistentvolumeclaims$)/u, '');
}

function isCounted(resource: string): boolean {
  const name = quotaName(resource);
  return (
    /^(?:requests|limits)\./u.test(name) ||
    ['pods', 'persistentvolumeclaims'].includes(name) ||
    name.endsWith('.storageclass.storage.k8s.io/requests.storage')
  );
}

function isScoped(object: Mapping): boolean {
  return ['scopes', 'scopeSelector'].some((field) => valueAt(object, ['spec', field]) !== undefined);
}
