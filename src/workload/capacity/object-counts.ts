import { type Amounts, addAmounts, noAmounts } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { type KindNames, namesOfKind } from '../../schema/kind-names.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

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
    const defined = definedNames(resources);
    for (const { object } of resources) {
      const namespace = namespaceOf(object);
      counts.set(namespace, addAmounts(counts.get(namespace) ?? noAmounts, countsOf(object, defined)));
    }
    return counts;
  },
);

function countsOf(object: Mapping, defined: ReadonlyMap<string, KindNames>): Amounts {
  const gvk = groupVersionKind(object);
  const { group, kind } = gvk;
  const { plural, namespaced } = defined.get(`${group}/${kind}`) ??
    namesOfKind(gvk) ?? { plural: usualPlural(kind), namespaced: true };
  if (kind === '' || !namespaced || isSummed(group, plural)) return noAmounts;
  const isService = group === '' && plural === 'services';
  return new Map<string, bigint>([
    [`count/${plural}${group === '' ? '' : `.${group}`}`, one],
    ...(group === '' && oldNames.has(plural) ? [[plural, one] as const] : []),
    ...(isService ? countsOfService(object) : []),
  ]);
}

/** What the CRDs of a build call their kinds, by `group/kind`. */
function definedNames(resources: readonly Resource[]): Map<string, KindNames> {
  const found = new Map<string, KindNames>();
  for (const { object } of resources) {
    if (object['kind'] !== 'CustomResourceDefinition') continue;
    const { spec } = object;
    const plural = valueAt(spec, ['names', 'plural']);
    const key = `${valueText(valueAt(spec, ['group']))}/${valueText(valueAt(spec, ['names', 'kind']))}`;
    const namespaced = valueAt(spec, ['scope']) !== 'Cluster';
    if (typeof plural === 'string') found.set(key, { plural, namespaced });
  }
  return found;
}

/** What nobody described is called as kinds usually are. */
function usualPlural(kind: string): string {
  const name = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/u.test(name)) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
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
