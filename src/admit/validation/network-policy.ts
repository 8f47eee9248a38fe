import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  each,
  eachText,
  forbidden,
  invalid,
  notSupported,
  required,
  supported,
  within,
} from './check.ts';
import { protocols, validatePortNumberOrName } from './container-ports.ts';
import { has, items, numberOf, numeric, optionalText, struct, text } from './fields.ts';
import { cidrProblem, isStrictSubset, maskedCidr, parseCidr } from './ip.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { inRange } from './numbers.ts';

const policyTypes = ['Ingress', 'Egress'];

export function validateNetworkPolicy(policy: Mapping, check: Check): void {
  validateMetadata(policy, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(policy, 'spec');
  check.path.push('spec');
  validateLabelSelector(spec, 'podSelector', check);
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const)
    each(check, spec, direction, (rule) => {
      each(check, rule, 'ports', validatePort);
      each(check, rule, peers, validatePeer);
    });
  const types = items(spec, 'policyTypes');
  if (types.length > policyTypes.length) invalid(check, 'policyTypes', types, 'must have at most two items');
  eachText(check, spec, 'policyTypes', (type, _, index) => {
    if (!policyTypes.includes(type)) notSupported(check, index, type, policyTypes);
  });
  check.path.pop();
}

function validatePort(port: Mapping, check: Check): void {
  supported(check, 'protocol', optionalText(port, 'protocol'), protocols);
  const number = port['port'] ?? undefined;
  const endPort = numeric(port, 'endPort');
  if (number !== undefined) validatePortNumberOrName(port, 'port', check);
  if (endPort === undefined) return;
  if (number === undefined) invalid(check, 'endPort', endPort, 'needs a port');
  else if (typeof number === 'string') invalid(check, 'endPort', endPort, 'needs a port with a number');
  else {
    if (endPort < numberOf(number))
      invalid(check, 'endPort', endPort, `must not be less than port (${numberOf(number)})`);
    inRange(check, port, 'endPort', 1, 65_535);
  }
}

function validatePeer(peer: Mapping, check: Check): void {
  validateLabelSelector(peer, 'podSelector', check);
  validateLabelSelector(peer, 'namespaceSelector', check);
  within(check, peer, 'ipBlock', validateIpBlock);
  const count = ['podSelector', 'namespaceSelector', 'ipBlock'].filter((key) => has(peer, key)).length;
  if (count === 0) required(check, [], 'must have podSelector, namespaceSelector or ipBlock');
  else if (count > 1 && has(peer, 'ipBlock'))
    forbidden(check, [], 'ipBlock cannot be combined with selectors', 'split it into two items');
}

function validateIpBlock(block: Mapping, check: Check): void {
  const cidr = text(block, 'cidr');
  if (cidr === '') {
    required(check, 'cidr');
    return;
  }
  reportCidr(check, 'cidr', cidr);
  const outer = parseCidr(cidr);
  eachText(check, block, 'except', (except, _, index) => {
    reportCidr(check, index, except);
    const inner = parseCidr(except);
    if (outer !== undefined && inner !== undefined && !isStrictSubset(inner, outer))
      invalid(check, index, except, `must be a smaller block inside ${cidr}`);
  });
}

function reportCidr(check: Check, at: string | number, cidr: string): void {
  const problem = cidrProblem(cidr, check.minor >= 36);
  if (problem === undefined) return;
  const block = maskedCidr(cidr);
  invalid(check, at, cidr, problem, block === undefined || block === cidr ? undefined : `write "${block}"`);
}
