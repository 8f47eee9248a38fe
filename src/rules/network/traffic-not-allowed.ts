import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import {
  type Around,
  coversPort,
  type Direction,
  hasOtherPolicies,
  isolating,
  mayBe,
  peersOf,
  rulesOf,
} from '../../workload/network/network-access.ts';
import { networkPoliciesOf } from '../../workload/network/network-policy.ts';
import { type PodCall, podCalls } from '../../workload/network/pod-calls.ts';
import { isEmptySelector } from '../../workload/network/selector-words.ts';
import { selectedPods } from '../../workload/network/service-pods.ts';
import { type TargetPort, targetPorts } from '../../workload/network/service-target-port.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const trafficNotAllowed: BuildRule = {
  id: 'traffic-not-allowed',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network'],
  *judge(build, context) {
    if (networkPoliciesOf(build).length === 0) return;
    const around = { build, context };
    for (const caller of podTemplatesOf(build)) {
      const seen = new Set<Resource>();
      for (const call of podCalls(caller, around)) {
        const [service] = call.services;
        if (service === undefined || seen.has(service)) continue;
        const [called] = selectedPods(service, build, context);
        if (called === undefined || called.resource === caller.resource) continue;
        const problem = judgeCall({ caller, called, call, service }, around);
        if (problem === undefined || !isPoliced(caller, around) || !isPoliced(called, around)) continue;
        seen.add(service);
        yield problem;
      }
    }
  },
};

// The pods of host networks have the addresses of nodes: policies do not tell them apart.
function isPoliced(template: PodTemplate, around: Around): boolean {
  return template.spec['hostNetwork'] !== true && !hasOtherPolicies(template, around);
}

interface Call {
  readonly caller: PodTemplate;
  readonly called: PodTemplate;
  readonly call: PodCall;
  readonly service: Resource;
}

function judgeCall(between: Call, around: Around): RuleProblem | undefined {
  const { called, call, service } = between;
  const ports = targetPorts(service, called).filter(
    ({ port }) => call.port === undefined || port === call.port,
  );
  if (ports.length === 0) return undefined;
  for (const direction of ['egress', 'ingress'] as const) {
    const blocking = ports.map((port) => blockingPolicy(between, port, direction, around));
    const [policy] = blocking;
    const [port] = ports;
    // Without a port in the text, any port of the Service may be meant.
    if (policy === undefined || port === undefined || blocking.includes(undefined)) continue;
    return problemOf(between, { policy, port, direction });
  }
  return undefined;
}

/** The policy that ought to allow a call and does not; undefined where the call is allowed. */
function blockingPolicy(
  { caller, called }: Call,
  port: TargetPort,
  direction: Direction,
  around: Around,
): Resource | undefined {
  const [subject, peer] = direction === 'egress' ? [caller, called] : [called, caller];
  const policies: Resource[] = [];
  for (const policy of isolating(subject, direction, around)) {
    const isAllowed = rulesOf(policy.object, direction).some(
      (rule) =>
        coversPort(rule, port, called) &&
        (peersOf(rule, direction)?.some((one) => mayBe(one, peer, policy, around)) ?? true),
    );
    if (isAllowed) return undefined;
    policies.push(policy);
  }
  // The one to extend is one that allows these pods something; those for all pods deny, or allow what all need.
  const allowing = policies.filter((policy) => rulesOf(policy.object, direction).length > 0);
  return allowing.find(isForSome) ?? allowing[0] ?? policies[0];
}

function isForSome({ object }: Resource): boolean {
  const selector = valueAt(object, ['spec', 'podSelector']);
  return isMapping(selector) && !isEmptySelector(selector);
}

function problemOf(
  { caller, called, call, service }: Call,
  {
    policy,
    port,
    direction,
  }: { readonly policy: Resource; readonly port: TargetPort; readonly direction: Direction },
): RuleProblem {
  const from = describe(caller.resource);
  const to = describe(called.resource);
  const hasRules = rulesOf(policy.object, direction).length > 0;
  return {
    at: [policy, 'spec', ...(hasRules ? [direction] : [])],
    message: `${from} calls Service ${nameOf(service.object)}, but no NetworkPolicy allows its ${direction} to port ${port.number} of ${to}`,
    cause:
      direction === 'egress'
        ? `no NetworkPolicy allows egress from ${from} to what it calls`
        : `no NetworkPolicy allows ingress from the callers of ${to}`,
    help:
      direction === 'egress'
        ? `allow egress from ${from} to the labels of ${to} and port ${port.number}`
        : `allow ingress to ${to} from the labels of ${from} and port ${port.number}`,
    ...(call.isInFile ? { severity: 'warning' } : {}),
    related: [
      {
        at: [call.told, ...call.path],
        within: call.within,
        message: `${from} is configured to call it here`,
      },
      { at: [called.resource, ...called.path, 'metadata', 'labels'], message: `the labels of ${to}` },
    ],
  };
}
