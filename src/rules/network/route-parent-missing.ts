import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Build } from '../../object/build.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { type Mapping, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { meet, objectsNamed, objectsOf } from '../../workload/cluster-objects.ts';
import {
  gatewayParents,
  isRoute,
  mappingsAt,
  type RouteReference,
} from '../../workload/network/gateway-route.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const routeParentMissing: BuildRule = {
  id: 'route-parent-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const route of build.resources.filter(isRoute)) {
      for (const parent of gatewayParents(route)) {
        const problem = judgeParent(route, parent, build, context);
        if (problem !== undefined) yield problem;
      }
    }
  },
};

function judgeParent(
  route: Resource,
  { value, path }: RouteReference,
  build: Build,
  context: Surroundings,
): RuleProblem | undefined {
  const { name, namespace } = value;
  if (typeof name !== 'string') return undefined;
  const wanted = { kind: 'Gateway', name, namespace: namespaceOr(namespace, route) };
  const [gateway] = objectsNamed(wanted, build, context).filter(isOfGatewayApi);
  if (gateway !== undefined) return judgeListeners(route, { value, path }, gateway);
  const isSaid = context.provided.some((one) => one.kind === 'Gateway' && one.name === name);
  return isSaid ? undefined : missingGateway(route, { value, path }, wanted, { build, context });
}

function namespaceOr(namespace: Mapping[string] | undefined, { object }: Resource): string {
  return typeof namespace === 'string' ? namespace : namespaceOf(object);
}

// Istio has a Gateway of its own.
function isOfGatewayApi({ object }: Resource): boolean {
  return valueText(object['apiVersion']).startsWith('gateway.networking.k8s.io/');
}

function missingGateway(
  route: Resource,
  { path }: RouteReference,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  { build, context }: { readonly build: Build; readonly context: Surroundings },
): RuleProblem | undefined {
  const gateways = objectsOf('Gateway', build, context).filter(isOfGatewayApi);
  const elsewhere = gateways.find(({ object }) => nameOf(object) === name);
  const near = nearestName(
    name,
    gateways.filter(({ object }) => meet(namespaceOf(object), namespace)).map(({ object }) => nameOf(object)),
  );
  // Gateways are the platform's: without one to compare with, there is nothing to say.
  if (near === undefined && elsewhere === undefined) return undefined;
  return {
    at: [route, ...path, 'name'],
    message: `${describe(route)} attaches to Gateway ${name} in namespace ${namespace}, which does not exist`,
    help:
      near !== undefined
        ? `there is ${near}: correct the name`
        : `it is in namespace ${elsewhere === undefined ? '' : namespaceOf(elsewhere.object)}: set namespace in the parentRef`,
    // Another Gateway of nearly that name is no proof where the platform may have more of them.
    ...((context.neighbours ?? []).length > 1 ? { severity: 'warning' } : {}),
  };
}

function judgeListeners(
  route: Resource,
  { value, path }: RouteReference,
  gateway: Resource,
): RuleProblem | undefined {
  const listeners = mappingsAt(gateway.object, ['spec', 'listeners']);
  const related = [
    {
      at: [gateway, 'spec', 'listeners'] as const,
      message: `the listeners of Gateway ${nameOf(gateway.object)}`,
    },
  ];
  const field = (['sectionName', 'port'] as const).find((one) => value[one] !== undefined);
  const chosen = listeners.filter((listener) => isChosen(listener, value));
  if (chosen.length === 0 && field !== undefined) {
    const known = listeners.map((one) => valueText(one.value[field === 'port' ? 'port' : 'name']));
    return {
      at: [route, ...path, field],
      message: `${describe(route)} attaches to ${field === 'port' ? 'port' : 'listener'} ${valueText(value[field])} of Gateway ${nameOf(gateway.object)}, which does not have it`,
      help: `use one of its listeners: ${[...new Set(known)].join(', ')}`,
      related,
    };
  }
  if (chosen.some((one) => isOfImplementation(one) || admits(one, gateway, route))) return undefined;
  return {
    at: [route, ...path, 'name'],
    message: `${describe(route)} of namespace ${namespaceOf(route.object)} attaches to Gateway ${nameOf(gateway.object)}, whose listeners accept only routes of namespace ${namespaceOf(gateway.object)}`,
    help: 'write allowedRoutes.namespaces.from: All, or a Selector, on the listener',
    related,
  };
}

function isChosen(listener: RouteReference, { sectionName, port }: Mapping): boolean {
  if (sectionName !== undefined && listener.value['name'] !== sectionName) return false;
  return port === undefined || valueNumber(listener.value['port']) === valueNumber(port);
}

// `Same` is what holds where a listener says nothing; whom a Selector takes depends on labels of namespaces.
/** Whether a listener has a protocol that only its implementation knows, by the domain in its name, as which routes it accepts. */
function isOfImplementation({ value }: RouteReference): boolean {
  return valueText(valueAt(value, ['protocol'])).includes('/');
}

function admits({ value }: RouteReference, gateway: Resource, route: Resource): boolean {
  const from = valueAt(value, ['allowedRoutes', 'namespaces', 'from']) ?? 'Same';
  return from !== 'Same' || meet(namespaceOf(gateway.object), namespaceOf(route.object));
}
