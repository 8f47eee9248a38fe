import { millis, parseQuantity, units } from '../../object/quantity.ts';
import type { Mapping, Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type At, type Check, duplicate, each, forbidden, invalid, notFound, required } from './check.ts';
import { struct, text } from './fields.ts';
import { checkText, dns1123Label, qualifiedName } from './names.ts';

/** Reports a resource's name where it cannot stand. */
export type ResourceNameRule = (name: string) => string | undefined;

const containerResources = ['cpu', 'memory', 'ephemeral-storage'];
const standardResources = [
  ...containerResources,
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
];
const countedResources = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

/** Checks `limits` and `requests` of what the path stands at. Requests that a Pod takes from its limits equal them. */
export function validateResources(resources: Mapping, check: Check, nameRule: ResourceNameRule): void {
  const limits = struct(resources, 'limits');
  const requests = struct(resources, 'requests');
  let hasHugePages = false;
  let hasCpuOrMemory = false;
  for (const name in limits) {
    validateResource(check, ['limits', name], name, limits[name], nameRule);
    hasHugePages ||= isHugePages(name);
    hasCpuOrMemory ||= isCpuOrMemory(name);
  }
  for (const name in requests) {
    validateResource(check, ['requests', name], name, requests[name], nameRule);
    compareToLimit(check, name, requests[name], limits);
    hasHugePages ||= isHugePages(name);
    hasCpuOrMemory ||= isCpuOrMemory(name);
  }
  if (hasHugePages && !hasCpuOrMemory) forbidden(check, [], 'huge pages also need cpu or memory');
}

/** Checks one map of quantities by resource, such as `overhead`: names and values as in the limits of a container. */
export function validateResourceMap(parent: Mapping | undefined, key: string, check: Check): void {
  const resources = struct(parent, key);
  for (const name in resources)
    validateResource(check, [key, name], name, resources[name], containerResourceName);
  const names = Object.keys(resources ?? {});
  if (names.some(isHugePages) && !names.some(isCpuOrMemory))
    forbidden(check, key, 'huge pages also need cpu or memory');
}

/** Checks `claims` of a container's resources against the pod's resource claims. */
export function validateResourceClaimNames(
  resources: Mapping,
  check: Check,
  podClaims: ReadonlySet<string>,
): void {
  const seen = new Set<string>();
  each(check, resources, 'claims', (claim) => {
    const name = text(claim, 'name');
    const request = text(claim, 'request');
    if (name === '') {
      required(check, []);
      return;
    }
    if (request !== '') checkText(check, 'request', request, dns1123Label);
    const key = request === '' ? name : `${name}/${request}`;
    const clashes = request === '' && [...seen].some((other) => other.startsWith(`${name}/`));
    if (seen.has(name) || seen.has(key) || clashes) duplicate(check, [], key);
    seen.add(key);
    if (!podClaims.has(name))
      notFound(check, [], name, 'must be one of the names in resourceClaims of the pod');
  });
}

export function containerResourceName(name: string): string | undefined {
  const problem = resourceName(name);
  if (problem !== undefined) return problem;
  if (!name.includes('/'))
    return containerResources.includes(name) || isHugePages(name)
      ? undefined
      : 'is not a resource of containers';
  return isNative(name) || isExtended(name) ? undefined : 'is not the name of an extended resource';
}

export function resourceName(name: string): string | undefined {
  const problem = qualifiedName(name);
  if (problem !== undefined) return problem;
  if (name.includes('/') || standardResources.includes(name) || isQuotaHugePages(name)) return undefined;
  return 'must be a standard resource such as cpu or memory, or have a domain such as "example.com/gpu"';
}

/** Checks a quantity of a named resource: not negative, and whole where it counts things. */
export function validateResourceQuantity(check: Check, at: At, name: string, value: Value | undefined): void {
  const quantity = parseQuantity(value);
  if (quantity === undefined) return;
  if (quantity.nanos < 0n) invalid(check, at, value, 'must not be negative');
  if ((countedResources.includes(name) || isExtended(name)) && millis(quantity) % 1000n !== 0n)
    invalid(check, at, value, 'must be a whole number');
}

export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** Whether a request may be below its limit. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** Compares two quantities of a resource list, which the API server rounds up to thousandths. */
export function compareResources(a: Value | undefined, b: Value | undefined): number {
  const left = parseQuantity(a);
  const right = parseQuantity(b);
  if (left === undefined || right === undefined) return 0;
  const difference = millis(left) - millis(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function validateResource(
  check: Check,
  at: readonly string[],
  name: string,
  value: Value | undefined,
  nameRule: ResourceNameRule,
): void {
  const problem = nameRule(name);
  if (problem !== undefined) {
    const short = ['cpu', 'memory'].find((known) => known !== name && known === name.toLowerCase());
    invalid(check, at, name, problem, short === undefined ? undefined : `write "${short}"`);
  }
  validateResourceQuantity(check, at, name, value);
  if (isHugePages(name) && !isDivisibleByPage(name, value))
    invalid(check, at, value, `must be a multiple of the page size in ${name}`);
}

function compareToLimit(
  check: Check,
  name: string,
  request: Value | undefined,
  limits: Mapping | undefined,
): void {
  if (limits === undefined || !Object.hasOwn(limits, name)) {
    if (!isOvercommitAllowed(name))
      required(
        check,
        ['limits', name],
        `must be set, because ${name} cannot be overcommitted`,
        `set it to the request, ${valueText(request)}`,
      );
    return;
  }
  const order = compareResources(request, limits[name]);
  if (order !== 0 && !isOvercommitAllowed(name))
    invalid(check, ['requests', name], request, `must equal the limit of ${valueText(limits[name])}`);
  else if (order > 0)
    invalid(
      check,
      ['requests', name],
      request,
      `must not exceed the limit of ${valueText(limits[name] ?? 0)}`,
      'lower the request, or raise the limit',
    );
}

function isDivisibleByPage(name: string, value: Value | undefined): boolean {
  const page = parseQuantity(name.slice('hugepages-'.length));
  const quantity = parseQuantity(value);
  if (quantity === undefined) return true;
  if (page === undefined || page.nanos <= 0n || millis(page) % 1000n !== 0n) return false;
  return units(quantity) % units(page) === 0n;
}

function isCpuOrMemory(name: string): boolean {
  return name === 'cpu' || name === 'memory';
}

export function isQuotaHugePages(name: string): boolean {
  return isHugePages(name) || name.startsWith('requests.hugepages-');
}

export function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Whether the name is that of a resource with a domain of its own. */
export function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`) === undefined;
}
