import { equalValues, type Mapping, type Value } from '../../source/value.ts';
import { isEmpty, numeric, optionalText, struct, structs, text, texts } from '../validation/fields.ts';
import { parseIp } from '../validation/ip.ts';
import { withFields } from './update.ts';

// What the cluster chooses when it creates a Service is not known here; only that it stays.
const allocatedAddress = '(allocated)';
const allocatedPort = -1;

/** Whether the address is one that the cluster chose. */
export function isAllocated(address: string | undefined): boolean {
  return address?.startsWith(allocatedAddress) === true;
}

/** A Service as the cluster stores it when it is created, with the addresses that it allocates. */
export function createdService(service: Mapping): Mapping {
  const spec = struct(service, 'spec');
  if (spec === undefined || text(spec, 'type') === 'ExternalName') return service;
  const clusterIps = addressesOf(spec);
  return withFields(service, {
    spec: withFields(spec, {
      clusterIP: clusterIps[0] ?? '',
      clusterIPs: clusterIps,
      ipFamilies: familiesOf(spec, clusterIps),
      ...(isEmpty(spec, 'ipFamilyPolicy') && text(spec, 'ipFamilyPolicy') === ''
        ? { ipFamilyPolicy: defaultPolicy(spec) }
        : {}),
      ...(needsHealthCheckPort(spec) && (numeric(spec, 'healthCheckNodePort') ?? 0) === 0
        ? { healthCheckNodePort: allocatedPort }
        : {}),
    }),
  });
}

function addressesOf(spec: Mapping): readonly string[] {
  const given = texts(spec, 'clusterIPs');
  const first = text(spec, 'clusterIP');
  const known = given.length > 0 || first === '' ? given : [first];
  const start = known.length > 0 ? known : [allocatedAddress];
  const isDual =
    optionalText(spec, 'ipFamilyPolicy') === 'RequireDualStack' || texts(spec, 'ipFamilies').length > 1;
  return isDual && start.length === 1 && start[0] !== 'None' ? [...start, `${allocatedAddress} 2`] : start;
}

/** The families as far as they are known; '' for one that the cluster chooses. */
function familiesOf(spec: Mapping, addresses: readonly string[]): readonly string[] {
  const given = texts(spec, 'ipFamilies');
  return addresses.map((address, index) => {
    const family = parseIp(address)?.family;
    return given[index] ?? (family === undefined ? '' : `IPv${family}`);
  });
}

function defaultPolicy(spec: Mapping): string {
  const isSelectorless = text(spec, 'clusterIP') === 'None' && isEmpty(spec, 'selector');
  return isSelectorless ? 'RequireDualStack' : 'SingleStack';
}

/**
 * What the storage of Services makes of an update before it is validated, `pkg/registry/core/service` of 1.36: allocated
 * values come back where they were left out, and what a new type has no use for goes where nobody changed it.
 */
export function updatedService(next: Mapping, old: Mapping): Mapping {
  const before = struct(old, 'spec');
  const spec = struct(next, 'spec');
  if (before === undefined || spec === undefined) return next;
  const normalized = withClusterIps(withAllocated(spec, before), before);
  return withFields(next, { spec: withoutUnusedFields(withPolicy(normalized, before), before) });
}

function needsAddress(spec: Mapping): boolean {
  return text(spec, 'type') !== 'ExternalName';
}

function needsNodePort(spec: Mapping): boolean {
  return text(spec, 'type') === 'NodePort' || text(spec, 'type') === 'LoadBalancer';
}

function needsHealthCheckPort(spec: Mapping): boolean {
  return text(spec, 'type') === 'LoadBalancer' && text(spec, 'externalTrafficPolicy') === 'Local';
}

function withAllocated(spec: Mapping, before: Mapping): Mapping {
  let result = spec;
  if (needsAddress(before) && needsAddress(spec)) {
    if (text(spec, 'clusterIP') === '') result = copied(result, before, 'clusterIP');
    if (isEmpty(spec, 'clusterIPs')) result = copied(result, before, 'clusterIPs');
  }
  const lacksPort = (numeric(spec, 'healthCheckNodePort') ?? 0) === 0;
  if (needsHealthCheckPort(before) && needsHealthCheckPort(spec) && lacksPort)
    result = copied(result, before, 'healthCheckNodePort');
  return needsNodePort(before) && needsNodePort(spec) ? withNodePorts(result, before) : result;
}

/** Ports that name no node port keep that of the old port with their name, unless another port takes it. */
function withNodePorts(spec: Mapping, before: Mapping): Mapping {
  const nodePortOf = (port: Mapping): number => numeric(port, 'nodePort') ?? 0;
  const known = new Map(structs(before, 'ports').map((port) => [text(port, 'name'), nodePortOf(port)]));
  const used = new Set(structs(spec, 'ports').map(nodePortOf));
  const ports = structs(spec, 'ports').map((port) => {
    const old = known.get(text(port, 'name')) ?? 0;
    if (nodePortOf(port) !== 0 || old === 0 || used.has(old)) return port;
    used.add(old);
    return withFields(port, { nodePort: old });
  });
  return isEmpty(spec, 'ports') ? spec : withFields(spec, { ports });
}

function copied(spec: Mapping, before: Mapping, field: string): Mapping {
  return withFields(spec, { [field]: before[field] });
}

function withClusterIps(spec: Mapping, before: Mapping): Mapping {
  const isSameList = equalValues(texts(spec, 'clusterIPs'), texts(before, 'clusterIPs'));
  const address = text(spec, 'clusterIP');
  if (address === text(before, 'clusterIP')) {
    return isEmpty(spec, 'clusterIPs') ? copied(spec, before, 'clusterIPs') : spec;
  }
  if (!isSameList) return spec;
  return withFields(spec, { clusterIPs: address === '' ? undefined : [address] });
}

/** A single stack gives up the second address and family where nobody says more. */
function withPolicy(spec: Mapping, before: Mapping): Mapping {
  if (!needsAddress(spec)) return spec;
  const policy = optionalText(spec, 'ipFamilyPolicy') ?? optionalText(before, 'ipFamilyPolicy');
  const result = withFields(spec, {
    ipFamilyPolicy: policy ?? defaultPolicy(spec),
    ...(isEmpty(spec, 'ipFamilies') ? { ipFamilies: before['ipFamilies'] } : {}),
  });
  if (policy !== 'SingleStack') return result;
  return withFields(result, {
    ...firstOf(result, before, 'clusterIPs'),
    ...firstOf(result, before, 'ipFamilies'),
  });
}

function firstOf(spec: Mapping, before: Mapping, list: string): Readonly<Record<string, Value>> {
  const values = texts(spec, list);
  return values.length > 1 && equalValues(values, texts(before, list)) ? { [list]: values.slice(0, 1) } : {};
}

function withoutUnusedFields(spec: Mapping, before: Mapping): Mapping {
  const isGivenUp = (needs: (spec: Mapping) => boolean): boolean => needs(before) && !needs(spec);
  const isLoadBalancer = (one: Mapping): boolean => text(one, 'type') === 'LoadBalancer';
  const unused = [
    ...(isGivenUp(needsAddress) ? ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] : []),
    ...(isGivenUp(needsHealthCheckPort) ? ['healthCheckNodePort'] : []),
    ...(isGivenUp(isLoadBalancer) ? ['allocateLoadBalancerNodePorts', 'loadBalancerClass'] : []),
    ...(isGivenUp(isExternal) ? ['externalTrafficPolicy'] : []),
  ];
  const same = unused.filter((field) => equalValues(spec[field] ?? null, before[field] ?? null));
  const left = withFields(spec, Object.fromEntries(same.map((field) => [field, undefined])));
  return isGivenUp(needsNodePort) && !hasNewNodePort(spec, before) ? withoutNodePorts(left) : left;
}

function isExternal(spec: Mapping): boolean {
  const isClusterIp = text(spec, 'type') === 'ClusterIP' && !isEmpty(spec, 'externalIPs');
  return needsNodePort(spec) || isClusterIp;
}

function hasNewNodePort(spec: Mapping, before: Mapping): boolean {
  const known = new Set(structs(before, 'ports').map((port) => numeric(port, 'nodePort') ?? 0));
  return structs(spec, 'ports').some((port) => {
    const nodePort = numeric(port, 'nodePort') ?? 0;
    return nodePort !== 0 && !known.has(nodePort);
  });
}

function withoutNodePorts(spec: Mapping): Mapping {
  const ports = structs(spec, 'ports').map((port) => withFields(port, { nodePort: undefined }));
  return withFields(spec, { ports });
}

/** The Service without what the cluster allocated, of which only the cluster knows whether it is valid. */
export function withoutAllocated(service: Mapping): Mapping {
  const spec = struct(service, 'spec');
  if (spec === undefined) return service;
  const hasUnknown = texts(spec, 'clusterIPs').some(isAllocated);
  return withFields(service, {
    spec: withFields(spec, {
      ...(hasUnknown ? { clusterIP: undefined, clusterIPs: undefined } : {}),
      ...(texts(spec, 'ipFamilies').includes('') ? { ipFamilies: undefined } : {}),
      ...(numeric(spec, 'healthCheckNodePort') === allocatedPort ? { healthCheckNodePort: undefined } : {}),
    }),
  });
}
