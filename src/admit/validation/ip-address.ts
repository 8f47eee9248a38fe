import type { Mapping } from '../../source/value.ts';
import { type Check, required, requireTexts, within } from './check.ts';
import { has, struct, text } from './fields.ts';
import { canonicalIp, ipProblem, parseIp } from './ip.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, pathSegment } from './names.ts';

export function validateIpAddress(address: Mapping, check: Check): void {
  validateMetadata(address, check, { namespaced: false, name: addressName });
  const spec = struct(address, 'spec');
  check.path.push('spec');
  if (!has(spec, 'parentRef'))
    required(check, 'parentRef', 'must name the object that the address belongs to');
  within(check, spec, 'parentRef', (parent) => {
    const group = text(parent, 'group');
    if (group !== '') checkText(check, 'group', group, dns1123Subdomain);
    requireTexts(parent, check, 'resource', 'name');
    for (const key of ['resource', 'name', 'namespace'])
      checkText(check, key, text(parent, key), pathSegment);
  });
  check.path.pop();
}

function addressName(name: string): string | undefined {
  const problem = ipProblem(name, true);
  const address = parseIp(name);
  if (problem !== undefined || address === undefined) return problem;
  const canonical = canonicalIp(address);
  return name === canonical ? undefined : `must be in canonical form, ${canonical}`;
}
