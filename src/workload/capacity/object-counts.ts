import { type Amounts, addAmounts, noAmounts } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { groupVersionKind, namespaceOf } from '../../object/resource.ts';
import { namesOfBuiltIn } from '../../schema/facts.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';

/** Kinds that a ResourceQuota counts under their plural as well, without `count/`. */
const oldNames: ReadonlySet<string> = new Set([
  'configmaps',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);

/** How many objects each namespace of a build has, by the names of a ResourceQuota, in nanos. */
export const objectCounts: (build: Build) => ReadonlyMap<string, Amounts> = knownOnce(
  ({ resources }: Build) => {
    const counts = new Map<string, Amounts>();
    for (const { object } of resources) {
      const namespace = namespaceOf(object);
      counts.set(namespace, addAmounts(counts.get(namespace) ?? noAmounts, countsOf(object)));
    }
    return counts;
  },
);

function countsOf(object: Mapping): Amounts {
  const { group, kind } = groupVersionKind(object);
  const { plural, namespaced } = namesOfBuiltIn(group, kind) ?? {};
  if (plural === undefined || namespaced === false || isSummed(group, plural)) return noAmounts;
  const isService = group === '' && plural === 'services';
  return new Map<string, bigint>([
    [`count/${plural}${group === '' ? '' : `.${group}`}`, one],
    ...(group === '' && oldNames.has(plural) ? [[plural, one] as const] : []),
    ...(isService ? countsOfService(object) : []),
  ]);
}

/** Whether the needs of workloads tell the number already. */
function isSummed(group: string, plural: string): boolean {
  return group === '' && (plural === 'pods' || plural === 'persistentvolumeclaims');
}

function countsOfService({ spec }: Mapping): readonly (readonly [string, bigint])[] {
  const type = valueAt(spec, ['type']);
  if (type !== 'LoadBalancer' && type !== 'NodePort') return [];
  const ports = portsIn(valueAt(spec, ['ports']));
  const isFree = type === 'LoadBalancer' && valueAt(spec, ['allocateLoadBalancerNodePorts']) === false;
  const taken = isFree ? ports.filter((port) => (port['nodePort'] ?? 0) !== 0) : ports;
  return [
    ['services.nodeports', BigInt(taken.length) * one],
    ...(type === 'LoadBalancer' ? [['services.loadbalancers', one] as const] : []),
  ];
}

function portsIn(ports: Value | undefined): readonly Mapping[] {
  return isSequence(ports) ? ports.filter(isMapping) : [];
}

const one = 1_000_000_000n;
