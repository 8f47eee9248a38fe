import type { Mapping } from '../../source/value.ts';
import { type Check, each, invalid, required, supported } from './check.ts';
import { protocols } from './container-ports.ts';
import { isEmpty, items, numeric, optionalText, text } from './fields.ts';
import { endpointIpProblem, ipProblem } from './ip.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain, portNumber, qualifiedName } from './names.ts';

export function validateEndpoints(endpoints: Mapping, check: Check): void {
  validateMetadata(endpoints, check, { namespaced: true, name: dns1123Subdomain });
  each(check, endpoints, 'subsets', (subset) => {
    if (isEmpty(subset, 'addresses') && isEmpty(subset, 'notReadyAddresses'))
      required(check, [], 'must have addresses or notReadyAddresses');
    for (const list of ['addresses', 'notReadyAddresses']) each(check, subset, list, validateAddress);
    const mustBeNamed = items(subset, 'ports').length > 1;
    each(check, subset, 'ports', (port) => validatePort(port, check, mustBeNamed));
  });
}

function validateAddress(address: Mapping, check: Check): void {
  const ip = text(address, 'ip');
  const problem = ipProblem(ip, check.minor >= 36) ?? endpointIpProblem(ip);
  if (problem !== undefined) invalid(check, 'ip', ip, problem);
  if (text(address, 'hostname') !== '') checkText(check, 'hostname', text(address, 'hostname'), dns1123Label);
  const nodeName = optionalText(address, 'nodeName');
  if (nodeName !== undefined) checkText(check, 'nodeName', nodeName, dns1123Subdomain);
}

function validatePort(port: Mapping, check: Check, mustBeNamed: boolean): void {
  const name = text(port, 'name');
  if (name !== '') checkText(check, 'name', name, dns1123Label);
  else if (mustBeNamed) required(check, 'name', 'must be set if there are several ports');
  const problem = portNumber(numeric(port, 'port') ?? 0);
  if (problem !== undefined) invalid(check, 'port', numeric(port, 'port') ?? 0, problem);
  if (text(port, 'protocol') !== '') supported(check, 'protocol', text(port, 'protocol'), protocols);
  const appProtocol = optionalText(port, 'appProtocol');
  if (appProtocol !== undefined) checkText(check, 'appProtocol', appProtocol, qualifiedName);
}
