import { namespaceOf, type Resource } from '../../object/resource.ts';
import { isRoute, type RouteReference, serviceBackends } from '../../workload/network/gateway-route.ts';
import { judgeServiceTarget, type ServiceTarget } from '../../workload/network/service-target.ts';
import type { BuildRule } from '../rule.ts';

export const routeBackendMissing: BuildRule = {
  id: 'route-backend-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const route of build.resources.filter(isRoute)) {
      const seen = new Set<string>();
      for (const backend of serviceBackends(route)) {
        const target = targetOf(route, backend);
        const problem = target && judgeServiceTarget(route, target, { build, context });
        // A second rule with the same backend says nothing new.
        if (problem === undefined || seen.has(problem.message)) continue;
        seen.add(problem.message);
        yield problem;
      }
    }
  },
};

function targetOf(route: Resource, { value, path }: RouteReference): ServiceTarget | undefined {
  const { name, namespace, port } = value;
  if (typeof name !== 'string' || name === '') return undefined;
  return {
    name,
    namespace: typeof namespace === 'string' ? namespace : namespaceOf(route.object),
    path: [...path, 'name'],
    verb: 'sends traffic to',
    ...(typeof port === 'number' ? { port: { wanted: port, field: 'port', path: [...path, 'port'] } } : {}),
  };
}
