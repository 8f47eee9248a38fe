import type { Place } from '../../object/place.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { valueAt } from '../../source/value.ts';
import {
  type Around,
  coversPort,
  hasOtherPolicies,
  isolating,
  type ReachedPort,
  rulesOf,
} from '../../workload/network/network-access.ts';
import { networkPoliciesOf } from '../../workload/network/network-policy.ts';
import { podCalls } from '../../workload/network/pod-calls.ts';
import { selectedPods, selectorOf } from '../../workload/network/service-pods.ts';
import { targetPorts } from '../../workload/network/service-target-port.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const portClosedByPolicy: BuildRule = {
  id: 'port-closed-by-policy',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['network'],
  *judge(build, context) {
    if (networkPoliciesOf(build).length === 0) return;
    const around = { build, context };
    const called = new Set(
      podTemplatesOf(build).flatMap((one) => podCalls(one, around).flatMap(({ services }) => services)),
    );
    for (const service of build.resources) {
      // Who is called by name is judged together with its callers, by `traffic-not-allowed`.
      if (selectorOf(service) === undefined || called.has(service)) continue;
      const [template] = selectedPods(service, build, context);
      if (template === undefined) continue;
      for (const { port, path, ...reached } of targetPorts(service, template)) {
        const problem = judgePort(template, reached, around);
        if (problem === undefined || !isPoliced(template, around)) continue;
        yield {
          ...problem,
          at: [service, ...path],
          message: `Service ${nameOf(service.object)} exposes port ${port}, but no NetworkPolicy allows ingress to port ${reached.number} of ${describe(template.resource)}`,
        };
      }
    }
    for (const template of podTemplatesOf(build)) {
      const scraped = scrapedPort(template);
      if (scraped === undefined) continue;
      const problem = judgePort(template, scraped, around);
      if (problem === undefined || !isPoliced(template, around)) continue;
      yield {
        ...problem,
        at: scraped.at,
        message: `${describe(template.resource)} has the scrape port ${scraped.number}, but no NetworkPolicy allows ingress to it`,
      };
    }
  },
};

function isPoliced(template: PodTemplate, around: Around): boolean {
  return template.spec['hostNetwork'] !== true && !hasOtherPolicies(template, around);
}

function judgePort(
  template: PodTemplate,
  port: ReachedPort,
  around: Around,
): Omit<RuleProblem, 'at' | 'message'> | undefined {
  const policies: Resource[] = [];
  for (const policy of isolating(template, 'ingress', around)) {
    if (rulesOf(policy.object, 'ingress').some((rule) => coversPort(rule, port, template))) return undefined;
    policies.push(policy);
  }
  if (policies.length === 0) return undefined;
  return {
    help: `allow ingress to port ${port.number} from its clients`,
    related: policies.map((policy) => ({
      at: placeOf(policy),
      message: `NetworkPolicy ${nameOf(policy.object)} isolates the pods`,
    })),
  };
}

function placeOf(policy: Resource): Place {
  const hasRules = rulesOf(policy.object, 'ingress').length > 0;
  return [policy, 'spec', ...(hasRules ? ['ingress'] : [])];
}

function scrapedPort({ resource, path }: PodTemplate): (ReachedPort & { readonly at: Place }) | undefined {
  const annotations = [...path, 'metadata', 'annotations'];
  const isScraped = valueAt(resource.object, [...annotations, 'prometheus.io/scrape']) === 'true';
  const port = valueAt(resource.object, [...annotations, 'prometheus.io/port']);
  if (!isScraped || typeof port !== 'string' || !/^\d+$/u.test(port)) return undefined;
  return { number: Number(port), protocol: 'TCP', at: [resource, ...annotations, 'prometheus.io/port'] };
}
