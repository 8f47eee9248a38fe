import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, eachText, forbidden, invalid, notSupported, supported } from './check.ts';
import { optionalText, struct, text, texts } from './fields.ts';
import { cidrProblem, endpointIpProblem, ipProblem, maskedCidr, parseIp } from './ip.ts';
import { checkText } from './names.ts';

const families = ['IPv4', 'IPv6'];
const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Checks clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy of a service that has addresses. */
export function validateClusterIps(spec: Mapping, check: Check, type: string): void {
  const clusterIp = text(spec, 'clusterIP');
  const given = texts(spec, 'clusterIPs');
  // The API server fills the list from the single address.
  const addresses = given.length === 0 && clusterIp !== '' ? [clusterIp] : given;
  const list = given.length === 0 ? 'clusterIP' : 'clusterIPs';
  if (given.length > 0 && clusterIp !== '' && given[0] !== clusterIp)
    invalid(check, 'clusterIPs', given, 'must begin with clusterIP');
  if (given.length > 0 && clusterIp === '')
    invalid(
      check,
      'clusterIPs',
      given,
      'must be empty without clusterIP',
      'set clusterIP to the first of them',
    );
  if (addresses[0] === 'None' && (type === 'LoadBalancer' || type === 'NodePort'))
    invalid(check, list, 'None', `must not be None for Services of type ${type}`);
  validateFamilies(spec, check);
  if (validateAddresses(addresses, check, list)) validateAddressFamilies(spec, addresses, check, list);
}

/** Checks externalIPs. */
export function validateExternalIps(spec: Mapping, check: Check): void {
  eachText(check, spec, 'externalIPs', (address, _, index) => {
    const problem = ipProblem(address, check.minor >= 36) ?? endpointIpProblem(address);
    if (problem !== undefined) invalid(check, index, address, problem);
  });
}

/** Checks the source ranges of a load balancer, in the field or in the annotation that came before it. */
export function validateSourceRanges(service: Mapping, check: Check, type: string): void {
  const spec = struct(service, 'spec');
  const ranges = texts(spec, 'loadBalancerSourceRanges');
  const annotation = optionalText(struct(struct(service, 'metadata'), 'annotations'), sourceRangesAnnotation);
  const at =
    ranges.length > 0
      ? ['spec', 'loadBalancerSourceRanges']
      : ['metadata', 'annotations', sourceRangesAnnotation];
  if (ranges.length === 0 && annotation === undefined) return;
  if (type !== 'LoadBalancer') forbidden(check, at, 'is allowed only for Services of type LoadBalancer');
  ranges.forEach((range, index) => {
    validateRange(range, [...at, index], check);
  });
  if (ranges.length === 0 && annotation !== undefined && annotation.trim() !== '')
    for (const range of annotation.split(',')) validateRange(range, at, check);
}

function validateRange(range: string, at: readonly (string | number)[], check: Check): void {
  const problem = cidrProblem(range.trim(), check.minor >= 36);
  if (problem === undefined) return;
  const block = maskedCidr(range.trim());
  invalid(check, at, range, problem, block === undefined ? undefined : `write "${block}"`);
}

function validateFamilies(spec: Mapping, check: Check): void {
  const seen = new Set<string>();
  eachText(check, spec, 'ipFamilies', (family, _, index) => {
    if (!families.includes(family)) notSupported(check, index, family, families);
    if (seen.has(family)) duplicate(check, index, family);
    seen.add(family);
  });
  supported(check, 'ipFamilyPolicy', optionalText(spec, 'ipFamilyPolicy'), [
    'SingleStack',
    'PreferDualStack',
    'RequireDualStack',
  ]);
}

function validateAddresses(addresses: readonly string[], check: Check, list: string): boolean {
  const before = check.errors.length;
  addresses.forEach((address, index) => {
    if (index === 0 && address === 'None') {
      if (addresses.length > 1) invalid(check, list, addresses, 'None must be the only item');
    } else
      checkText(check, list === 'clusterIP' ? list : [list, index], address, (ip) =>
        ipProblem(ip, check.minor >= 36),
      );
  });
  if (addresses.length > 2) invalid(check, list, addresses, 'must have at most two addresses');
  return check.errors.length === before;
}

function validateAddressFamilies(
  spec: Mapping,
  addresses: readonly string[],
  check: Check,
  list: string,
): void {
  if (addresses[0] === 'None') return;
  const actual = addresses.map((address) => `IPv${parseIp(address)?.family ?? 4}`);
  if (actual.length === 2 && actual[0] === actual[1])
    invalid(check, list, addresses, 'must have at most one address of each IP family');
  texts(spec, 'ipFamilies').forEach((family, index) => {
    const address = addresses[index];
    if (address !== undefined && families.includes(family) && family !== actual[index])
      invalid(
        check,
        list === 'clusterIP' ? list : [list, index],
        address,
        `must be an ${family} address as in ipFamilies`,
      );
  });
}
