import { millis, parseQuantity } from '../../object/quantity.ts';
import type { Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Check, each, forbidden, invalid, notSupported, within } from './check.ts';
import { has, struct, structs, text } from './fields.ts';
import { compareResources, isHugePages, resourceName, validateResources } from './resources.ts';

/** Checks `resources` of a whole pod (1.34): cpu, memory and huge pages, and room for the containers. */
export function validatePodResources(spec: Mapping, check: Check): void {
  within(check, spec, 'resources', (resources) => {
    if (text(struct(spec, 'os'), 'name') === 'windows') return;
    if (has(resources, 'claims')) forbidden(check, 'claims', 'only the containers of a pod can have claims');
    reportUnsupported(resources, check);
    validateResources(resources, check, resourceName);
    reportLittleRequests(spec, resources, check);
  });
  const limits = struct(struct(spec, 'resources'), 'limits');
  each(check, spec, 'containers', (container) => {
    const own = struct(struct(container, 'resources'), 'limits');
    for (const name in own)
      if (
        limits !== undefined &&
        Object.hasOwn(limits, name) &&
        compareResources(own[name], limits[name]) > 0
      )
        invalid(
          check,
          ['resources', 'limits', name],
          own[name],
          `must not exceed the limit of the pod, ${valueText(limits[name])}`,
        );
  });
}

function reportUnsupported(resources: Mapping, check: Check): void {
  for (const list of ['limits', 'requests'])
    for (const name in struct(resources, list))
      if (name !== 'cpu' && name !== 'memory' && !isHugePages(name) && resourceName(name) === undefined)
        notSupported(check, [list, name], name, ['cpu', 'memory', 'hugepages-*']);
}

/** The requests of a pod must cover what its containers need at once, while it starts or while it runs. */
function reportLittleRequests(spec: Mapping, resources: Mapping, check: Check): void {
  const requests = struct(resources, 'requests');
  for (const name in requests) {
    const own = parseQuantity(requests[name]);
    if (own !== undefined && millis(own) < neededAtOnce(spec, name))
      invalid(
        check,
        ['requests', name],
        requests[name],
        'must be at least the sum of the requests of the containers',
      );
  }
}

/** Sidecars run on while the init containers after them run one by one: `component-helpers/resource` AggregateContainerRequests. */
function neededAtOnce(spec: Mapping, name: string): bigint {
  let sidecars = 0n;
  let starting = 0n;
  for (const container of structs(spec, 'initContainers')) {
    const request = requestOf(container, name);
    const isSidecar = text(container, 'restartPolicy') === 'Always';
    if (isSidecar) sidecars += request;
    const now = isSidecar ? sidecars : sidecars + request;
    if (now > starting) starting = now;
  }
  const running = structs(spec, 'containers').reduce((sum, one) => sum + requestOf(one, name), sidecars);
  return running > starting ? running : starting;
}

function requestOf(container: Mapping, name: string): bigint {
  const requests = struct(struct(container, 'resources'), 'requests');
  if (requests === undefined || !Object.hasOwn(requests, name)) return 0n;
  const quantity = parseQuantity(requests[name]);
  return quantity === undefined ? 0n : millis(quantity);
}
