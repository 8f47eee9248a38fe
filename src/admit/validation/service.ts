import { type Mapping, newMapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  forbidden,
  invalid,
  notSupported,
  required,
  supported,
  within,
} from './check.ts';
import { protocols, validatePortNumberOrName } from './container-ports.ts';
import { has, isEmpty, items, numeric, optionalText, struct, text } from './fields.ts';
import { validateLabels, validateMetadata } from './metadata.ts';
import {
  checkText,
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  portNumber,
  qualifiedName,
} from './names.ts';
import { inRange } from './numbers.ts';
import { validateClusterIps, validateExternalIps, validateSourceRanges } from './service-addresses.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const secondsOfDay = 86_400;

export function validateService(service: Mapping, check: Check): void {
  // RelaxedServiceNameValidation (1.36) lets a name begin with a digit.
  validateMetadata(service, check, {
    namespaced: true,
    name: check.minor >= 36 ? dns1123Label : dns1035Label,
  });
  const spec = struct(service, 'spec') ?? newMapping();
  const type = text(spec, 'type') || 'ClusterIP';
  validateTopologyAnnotations(service, check);
  check.path.push('spec');
  supported(check, 'type', type, types);
  validateExternalName(spec, check, type);
  validatePorts(spec, check, type);
  validateLabels(spec, 'selector', check);
  validateSessionAffinity(spec, check);
  if (type !== 'ExternalName') validateClusterIps(spec, check, type);
  validateExternalIps(spec, check);
  validateLoadBalancer(spec, check, type);
  validateTraffic(spec, check, type);
  check.path.pop();
  validateSourceRanges(service, check, type);
}

function isHeadless(spec: Mapping): boolean {
  const addresses = items(spec, 'clusterIPs');
  return addresses.length === 0
    ? text(spec, 'clusterIP') === 'None'
    : addresses.length === 1 && addresses[0] === 'None';
}

function validateExternalName(spec: Mapping, check: Check, type: string): void {
  if (type !== 'ExternalName') return;
  for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies'])
    if (text(spec, key) !== '' || !isEmpty(spec, key))
      forbidden(check, key, 'is not allowed for Services of type ExternalName', 'remove it');
  if (has(spec, 'ipFamilyPolicy'))
    forbidden(check, 'ipFamilyPolicy', 'is not allowed for Services of type ExternalName', 'remove it');
  const name = text(spec, 'externalName');
  const host = name.endsWith('.') ? name.slice(0, -1) : name;
  if (host === '') required(check, 'externalName', 'must be set with type ExternalName');
  else checkText(check, 'externalName', host, dns1123Subdomain);
}

function validatePorts(spec: Mapping, check: Check, type: string): void {
  const count = items(spec, 'ports').length;
  if (count === 0 && !isHeadless(spec) && type !== 'ExternalName')
    required(check, 'ports', 'must have at least one port');
  const names = new Set<string>();
  const nodePorts = new Set<string>();
  const ports = new Set<string>();
  each(check, spec, 'ports', (port) => {
    validatePort(port, check, count > 1, names);
    const protocol = text(port, 'protocol') || 'TCP';
    const nodePort = numeric(port, 'nodePort') ?? 0;
    if (nodePort !== 0) {
      if (type === 'ClusterIP')
        forbidden(
          check,
          'nodePort',
          'is not allowed for Services of type ClusterIP',
          'remove it, or write type: NodePort',
        );
      if (nodePorts.has(`${protocol}/${nodePort}`)) duplicate(check, 'nodePort', nodePort);
      nodePorts.add(`${protocol}/${nodePort}`);
    }
    const key = `${protocol}/${numeric(port, 'port') ?? 0}`;
    if (ports.has(key)) duplicate(check, [], key, `there is already a port ${key}`);
    ports.add(key);
  });
}

function validatePort(port: Mapping, check: Check, mustBeNamed: boolean, names: Set<string>): void {
  const name = text(port, 'name');
  if (name !== '') {
    checkText(check, 'name', name, dns1123Label);
    if (names.has(name)) duplicate(check, 'name', name);
    names.add(name);
  } else if (mustBeNamed) required(check, 'name', 'must be set if there are several ports');
  const problem = portNumber(numeric(port, 'port') ?? 0);
  if (problem !== undefined) invalid(check, 'port', numeric(port, 'port') ?? 0, problem);
  if (text(port, 'protocol') !== '') supported(check, 'protocol', text(port, 'protocol'), protocols);
  // Without a target the port itself is it.
  const target = port['targetPort'] ?? 0;
  if (target !== 0 && target !== '') validatePortNumberOrName(port, 'targetPort', check);
  const appProtocol = optionalText(port, 'appProtocol');
  if (appProtocol !== undefined) checkText(check, 'appProtocol', appProtocol, qualifiedName);
}

function validateSessionAffinity(spec: Mapping, check: Check): void {
  const affinity = text(spec, 'sessionAffinity') || 'None';
  supported(check, 'sessionAffinity', affinity, ['ClientIP', 'None']);
  if (affinity !== 'ClientIP') return;
  within(check, spec, 'sessionAffinityConfig', (config) =>
    within(check, config, 'clientIP', (client) => inRange(check, client, 'timeoutSeconds', 1, secondsOfDay)),
  );
}

function validateLoadBalancer(spec: Mapping, check: Check, type: string): void {
  const isLoadBalancer = type === 'LoadBalancer';
  if (has(spec, 'allocateLoadBalancerNodePorts') && !isLoadBalancer)
    forbidden(check, 'allocateLoadBalancerNodePorts', 'is allowed only for Services of type LoadBalancer');
  const loadBalancerClass = optionalText(spec, 'loadBalancerClass');
  if (loadBalancerClass === undefined) return;
  if (isLoadBalancer) checkText(check, 'loadBalancerClass', loadBalancerClass, qualifiedName);
  else forbidden(check, 'loadBalancerClass', 'is allowed only for Services of type LoadBalancer');
}

function validateTraffic(spec: Mapping, check: Check, type: string): void {
  const policy = text(spec, 'externalTrafficPolicy');
  const isExternal =
    type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && !isEmpty(spec, 'externalIPs'));
  if (policy !== '' && !isExternal)
    invalid(
      check,
      'externalTrafficPolicy',
      policy,
      `is not allowed for Services of type ${type} without externalIPs`,
      'remove it',
    );
  else if (policy !== '') supported(check, 'externalTrafficPolicy', policy, ['Cluster', 'Local']);
  const healthCheck = numeric(spec, 'healthCheckNodePort') ?? 0;
  if (healthCheck !== 0 && (type !== 'LoadBalancer' || policy !== 'Local'))
    invalid(
      check,
      'healthCheckNodePort',
      healthCheck,
      'needs type LoadBalancer and externalTrafficPolicy Local',
    );
  const internal = optionalText(spec, 'internalTrafficPolicy');
  supported(check, 'internalTrafficPolicy', internal, ['Cluster', 'Local']);
  const distribution = optionalText(spec, 'trafficDistribution');
  const distributions =
    check.minor >= 34 ? ['PreferClose', 'PreferSameZone', 'PreferSameNode'] : ['PreferClose'];
  if (distribution !== undefined && check.minor >= 31 && !distributions.includes(distribution))
    notSupported(check, 'trafficDistribution', distribution, distributions);
}

function validateTopologyAnnotations(service: Mapping, check: Check): void {
  const annotations = struct(struct(service, 'metadata'), 'annotations');
  const mode = 'service.kubernetes.io/topology-mode';
  const hints = 'service.kubernetes.io/topology-aware-hints';
  const both =
    optionalText(annotations, mode) !== undefined && optionalText(annotations, hints) !== undefined;
  if (both && text(annotations, mode) !== text(annotations, hints))
    invalid(
      check,
      ['metadata', 'annotations', mode],
      text(annotations, mode),
      `must have the same value as the annotation ${hints}`,
      `remove ${hints}`,
    );
}
