import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { valueAt } from '../../source/value.ts';
import { besideOnce, namespaceOfResource } from '../../workload/beside.ts';
import { autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import { isOperated } from '../../workload/custom-resource.ts';
import type { BuildRule } from '../rule.ts';

export const governingServiceMissing: BuildRule = {
  id: 'governing-service-missing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['references', 'network'],
  *judge(build, context) {
    if (!build.resources.some(({ object }) => object['kind'] === 'StatefulSet')) return;
    const autoscalers = autoscalersOf(build);
    for (const resource of build.resources) {
      const { object } = resource;
      const serviceName = valueAt(object, ['spec', 'serviceName']);
      if (object['kind'] !== 'StatefulSet' || typeof serviceName !== 'string' || serviceName === '') continue;
      const at = [resource, 'spec', 'serviceName'] as const;
      const name = nameOf(object);
      const isNamed = (one: { readonly kind: string; readonly name: string }): boolean =>
        one.kind === 'Service' && one.name === serviceName;
      const services = [...servicesBeside(namespaceOf(object), build, context)];
      const service = services.find((one) => nameOf(one.object) === serviceName);
      if (service !== undefined) {
        if (valueAt(service.object, ['spec', 'clusterIP']) === 'None') continue;
        yield {
          at,
          message: `StatefulSet ${name} is governed by the Service ${serviceName}, which has a cluster IP: its pods get no DNS names`,
          help: 'use a separate headless Service for it: clusterIP: None',
          // A single pod is reached through the Service as well.
          ...(leastReplicas(resource, autoscalers) > 1 ? {} : { severity: 'note' as const }),
          related: [{ at: [service, 'spec'], message: 'this Service is not headless' }],
        };
      } else if (!context.provided.some(isNamed) && !holdsOperated(build)) {
        const near = nearestName(
          serviceName,
          services
            .filter((one) => namespaceOf(one.object) === namespaceOf(object))
            .map((one) => nameOf(one.object)),
        );
        yield {
          at,
          message: `StatefulSet ${name} is governed by the Service ${serviceName}, which nothing provides: its pods get no DNS names`,
          help:
            near === undefined
              ? 'add a headless Service with that name: clusterIP: None'
              : `there is ${near}: correct the name`,
        };
      }
    }
  },
};

const holdsOperated = knownOnce(({ resources }: Build) => resources.some(isOperated));

const servicesBeside = besideOnce(({ resources }: Build) => resources.filter(isService), namespaceOfResource);

function isService({ object }: Resource): boolean {
  return object['kind'] === 'Service' && object['apiVersion'] === 'v1';
}
