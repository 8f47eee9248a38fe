import { matchesSelector } from '../../object/label-match.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { calledServices } from '../../workload/network/called-service.ts';
import {
  type Around,
  coversPort,
  hasOtherPolicies,
  isolating,
  peersOf,
  rulesOf,
} from '../../workload/network/network-access.ts';
import { isEmptySelector } from '../../workload/network/selector-words.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const dnsNotAllowed: BuildRule = {
  id: 'dns-not-allowed',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network'],
  *judge(build, context) {
    const around = { build, context };
    const seen = new Set<Resource>();
    for (const template of podTemplatesOf(build)) {
      const policies = [...isolating(template, 'egress', around)];
      const rules = policies.flatMap((policy) =>
        rulesOf(policy.object, 'egress').map((rule) => ({ policy, rule })),
      );
      // Pods that may not call anybody need no names.
      const calling = rules.filter(({ rule }) => namesSomebody(rule));
      const [first] = calling;
      if (first === undefined || seen.has(first.policy)) continue;
      if (rules.some(({ policy, rule }) => allowsDns(rule, policy)) || hasOtherPolicies(template, around))
        continue;
      seen.add(first.policy);
      const { policy } = first;
      yield {
        at: [policy, 'spec', 'egress'],
        message: `NetworkPolicy ${nameOf(policy.object)} allows egress from ${describe(template.resource)}, but no policy allows DNS: it cannot resolve any name`,
        help: 'allow egress to port 53, UDP and TCP, of k8s-app: kube-dns in namespace kube-system',
        ...(callsByName(template.resource, around) ? {} : { severity: 'warning' }),
        related: [
          {
            at: [template.resource, ...template.path, 'metadata', ...labelsKey(template)],
            message: `the policy selects the pods of ${describe(template.resource)}`,
          },
        ],
      };
    }
  },
};

function labelsKey({
  resource,
  path,
}: {
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
}): string[] {
  return valueAt(resource.object, [...path, 'metadata', 'labels']) === undefined ? [] : ['labels'];
}

function callsByName(resource: Resource, { build, context }: Around): boolean {
  return calledServices(resource, build, context).length > 0;
}

// Addresses are called without asking for them, and so is the API server, whose address stands in every pod's environment.
function namesSomebody(rule: Value): boolean {
  const peers = peersOf(rule, 'egress');
  return (
    peers === undefined ||
    peers.some((peer) => valueAt(peer, ['ipBlock']) === undefined && !isApiServer(peer))
  );
}

function isApiServer(peer: Value): boolean {
  return ['podSelector', 'namespaceSelector'].some((field) => {
    const labels = valueAt(peer, [field, 'matchLabels']);
    return isMapping(labels) && Object.keys(labels).some((key) => /apiserver/u.test(valueText(labels[key])));
  });
}

const servers = [
  { namespace: 'kube-system', number: 53 },
  // OpenShift's listens on another port, to which its Service leads.
  { namespace: 'openshift-dns', number: 5353 },
];

function allowsDns(rule: Value, policy: Resource): boolean {
  return servers.some(({ namespace, number }) => {
    const isPort =
      coversPort(rule, { number, protocol: 'UDP' }) || coversPort(rule, { number: 53, protocol: 'UDP' });
    const peers = peersOf(rule, 'egress');
    return isPort && (peers === undefined || peers.some((peer) => mayBeDns(peer, namespace, policy)));
  });
}

function mayBeDns(peer: Value, namespace: string, policy: Resource): boolean {
  if (!isMapping(peer) || peer['ipBlock'] !== undefined) return true;
  const { namespaceSelector } = peer;
  if (!isMapping(namespaceSelector)) return namespaceOf(policy.object) === namespace;
  if (isEmptySelector(namespaceSelector)) return true;
  const name = valueAt(namespaceSelector, ['matchLabels', 'kubernetes.io/metadata.name']);
  if (typeof name === 'string') return name === namespace;
  // Which labels the namespace of the DNS server has beside its name, nobody says.
  return matchesSelector(namespaceSelector, named(namespace)) || !isAboutNames(namespaceSelector);
}

function isAboutNames(selector: Value): boolean {
  const expressions = valueAt(selector, ['matchExpressions', 0, 'key']);
  return expressions === 'kubernetes.io/metadata.name';
}

function named(namespace: string): { readonly [key: string]: string } {
  return { 'kubernetes.io/metadata.name': namespace };
}
