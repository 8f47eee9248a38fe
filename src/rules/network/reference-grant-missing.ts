import { namespaceOf, type Resource } from '../../object/resource.ts';
import { valueText } from '../../source/value-text.ts';
import { objectsNamed, objectsOf } from '../../workload/cluster-objects.ts';
import { isRoute, mappingsAt, serviceBackends } from '../../workload/network/gateway-route.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const referenceGrantMissing: BuildRule = {
  id: 'reference-grant-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references', 'security'],
  *judge(build, context) {
    for (const route of build.resources.filter(isRoute)) {
      for (const { value, path } of serviceBackends(route)) {
        const { name, namespace } = value;
        const own = namespaceOf(route.object);
        if (typeof name !== 'string' || typeof namespace !== 'string' || own === '' || namespace === own)
          continue;
        // The grant stands beside the Service: where that one is not of this cluster's builds, neither is the grant.
        const services = objectsNamed({ kind: 'Service', name, namespace }, build, context);
        const grants = objectsOf('ReferenceGrant', build, context);
        if (services.length === 0 || grants.some((grant) => allows(grant, route, { name, namespace })))
          continue;
        yield {
          at: [route, ...path, 'namespace'],
          message: `${describe(route)} sends traffic to Service ${name} in namespace ${namespace}, but no ReferenceGrant there allows it`,
          help: `add a ReferenceGrant to namespace ${namespace}: from ${valueText(route.object['kind'])} of ${own}, to Service`,
        };
      }
    }
  },
};

function allows(
  { object }: Resource,
  route: Resource,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): boolean {
  const isFrom = mappingsAt(object, ['spec', 'from']).some(
    ({ value }) => value['kind'] === route.object['kind'] && value['namespace'] === namespaceOf(route.object),
  );
  const isTo = mappingsAt(object, ['spec', 'to']).some(
    ({ value }) => value['kind'] === 'Service' && (value['name'] === undefined || value['name'] === name),
  );
  return [namespace, ''].includes(namespaceOf(object)) && isFrom && isTo;
}
