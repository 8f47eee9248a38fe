import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Path, valueAt } from '../../source/value.ts';
import { judgeServiceTarget, type ServiceTarget } from '../../workload/network/service-target.ts';
import type { BuildRule } from '../rule.ts';

export const webhookServiceMissing: BuildRule = {
  id: 'webhook-service-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['references', 'network'],
  *judge(build, context) {
    for (const resource of build.resources) {
      const seen = new Set<string>();
      for (const target of targetsOf(resource)) {
        const problem = judgeServiceTarget(resource, target, { build, context });
        // The webhooks of one configuration mostly ask the same Service.
        if (problem === undefined || seen.has(problem.message)) continue;
        seen.add(problem.message);
        yield problem;
      }
    }
  },
};

// The API server asks this port where nothing is said.
const defaultPort = 443;

function targetsOf({ object }: Resource): ServiceTarget[] {
  const { group, kind } = groupVersionKind(object);
  return waysOf(`${group}/${kind}`, object).flatMap((path) => {
    const service = valueAt(object, path);
    if (!isMapping(service)) return [];
    const { name, namespace, port } = service;
    if (typeof name !== 'string' || typeof namespace !== 'string') return [];
    const isSaid = port !== undefined && port !== null;
    return [
      {
        name,
        namespace,
        path: [...path, 'name'],
        verb: 'asks',
        port: {
          wanted: isSaid ? port : defaultPort,
          field: 'port' as const,
          path: [...path, isSaid ? 'port' : 'name'],
        },
      },
    ];
  });
}

function waysOf(kind: string, object: Resource['object']): Path[] {
  switch (kind) {
    case 'admissionregistration.k8s.io/ValidatingWebhookConfiguration':
    case 'admissionregistration.k8s.io/MutatingWebhookConfiguration': {
      const webhooks = object['webhooks'];
      return isSequence(webhooks)
        ? webhooks.map((_, index): Path => ['webhooks', index, 'clientConfig', 'service'])
        : [];
    }
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return [['spec', 'conversion', 'webhook', 'clientConfig', 'service']];
    case 'apiregistration.k8s.io/APIService':
      return [['spec', 'service']];
    default:
      return [];
  }
}
