import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  eachText,
  invalid,
  required,
  requireOneOf,
  supported,
  tooMany,
} from './check.ts';
import { protocols } from './container-ports.ts';
import { items, optionalText, struct, text } from './fields.ts';
import { canonicalIp, endpointIpProblem, ipProblem, parseIp } from './ip.ts';
import { validateMetadata } from './metadata.ts';
import {
  checkText,
  dns1123Label,
  dns1123Subdomain,
  fullyQualifiedDomainName,
  labelValue,
  qualifiedName,
} from './names.ts';

const maxEndpoints = 1000;
const maxAddresses = 100;
const maxPorts = 20_000;
const maxHints = 8;

export function validateEndpointSlice(slice: Mapping, check: Check): void {
  validateMetadata(slice, check, { namespaced: true, name: dns1123Subdomain });
  const type = text(slice, 'addressType');
  requireOneOf(check, 'addressType', type, ['FQDN', 'IPv4', 'IPv6']);
  validatePorts(slice, check);
  const count = items(slice, 'endpoints').length;
  if (count > maxEndpoints) tooMany(check, 'endpoints', count, maxEndpoints);
  each(check, slice, 'endpoints', (endpoint) => validateEndpoint(endpoint, check, type));
}

function validatePorts(slice: Mapping, check: Check): void {
  const count = items(slice, 'ports').length;
  if (count > maxPorts) tooMany(check, 'ports', count, maxPorts);
  const names = new Set<string>();
  each(check, slice, 'ports', (port) => {
    const name = text(port, 'name');
    if (name !== '') checkText(check, 'name', name, dns1123Label);
    if (names.has(name)) duplicate(check, 'name', name);
    names.add(name);
    const protocol = optionalText(port, 'protocol');
    supported(check, 'protocol', protocol, protocols);
    const appProtocol = optionalText(port, 'appProtocol');
    if (appProtocol !== undefined) checkText(check, 'appProtocol', appProtocol, qualifiedName);
  });
}

function validateEndpoint(endpoint: Mapping, check: Check, type: string): void {
  const count = items(endpoint, 'addresses').length;
  if (count === 0) required(check, 'addresses', 'must have at least one address');
  if (count > maxAddresses) tooMany(check, 'addresses', count, maxAddresses);
  eachText(check, endpoint, 'addresses', (address, _, index) => validateAddress(address, index, check, type));
  const nodeName = optionalText(endpoint, 'nodeName');
  if (nodeName !== undefined) checkText(check, 'nodeName', nodeName, dns1123Subdomain);
  const hostname = optionalText(endpoint, 'hostname');
  if (hostname !== undefined) checkText(check, 'hostname', hostname, dns1123Label);
  validateHints(endpoint, 'forZones', check);
  if (check.minor >= 34) validateHints(endpoint, 'forNodes', check);
}

function validateAddress(address: string, index: number, check: Check, type: string): void {
  if (type === 'FQDN') {
    checkText(check, index, address, fullyQualifiedDomainName);
    return;
  }
  if (type !== 'IPv4' && type !== 'IPv6') return;
  const problem =
    ipProblem(address, (type === 'IPv6' && check.minor >= 33) || check.minor >= 36) ??
    familyProblem(address, type) ??
    formProblem(address, type, check) ??
    endpointIpProblem(address);
  if (problem !== undefined) invalid(check, index, address, problem);
}

function familyProblem(address: string, type: string): string | undefined {
  return `IPv${parseIp(address)?.family}` === type ? undefined : `must be an ${type} address`;
}

/** IPv6 slices came late enough to ask for the one form of an address (1.33). */
function formProblem(address: string, type: string, check: Check): string | undefined {
  const parsed = type === 'IPv6' && check.minor >= 33 ? parseIp(address) : undefined;
  if (parsed === undefined || canonicalIp(parsed) === address) return undefined;
  return `must be written as ${canonicalIp(parsed)}`;
}

function validateHints(endpoint: Mapping, list: string, check: Check): void {
  const hints = struct(endpoint, 'hints');
  const count = items(hints, list).length;
  if (count > maxHints) tooMany(check, ['hints', list], count, maxHints);
  const names = new Set<string>();
  check.path.push('hints');
  each(check, hints, list, (hint) => {
    const name = text(hint, 'name');
    if (names.has(name)) duplicate(check, 'name', name);
    names.add(name);
    checkText(check, 'name', name, list === 'forZones' ? labelValue : dns1123Subdomain);
  });
  check.path.pop();
}
