import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, eachText, invalid, requireOneOf } from './check.ts';
import { struct, text, texts } from './fields.ts';
import { cidrProblem, parseCidr } from './ip.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, labelValue, qualifiedName } from './names.ts';
import { taintEffects } from './tolerations.ts';

export function validateNode(node: Mapping, check: Check): void {
  validateMetadata(node, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(node, 'spec');
  const seen = new Set<string>();
  check.path.push('spec');
  each(check, spec, 'taints', (taint) => {
    const key = text(taint, 'key');
    const effect = text(taint, 'effect');
    checkText(check, 'key', key, qualifiedName);
    checkText(check, 'value', text(taint, 'value'), labelValue);
    requireOneOf(check, 'effect', effect, taintEffects);
    if (seen.has(`${key}:${effect}`))
      duplicate(check, [], `${key}:${effect}`, 'there is already a taint with this key and effect');
    seen.add(`${key}:${effect}`);
  });
  const problem = (block: string): string | undefined => cidrProblem(block, check.minor >= 36);
  // The older field goes before where the two differ.
  const first = text(spec, 'podCIDR');
  if (first !== '' && texts(spec, 'podCIDRs')[0] !== first) checkText(check, 'podCIDR', first, problem);
  else {
    eachText(check, spec, 'podCIDRs', (cidr, _, index) => checkText(check, index, cidr, problem));
    validateFamilies(texts(spec, 'podCIDRs'), check);
  }
  check.path.pop();
}

function validateFamilies(blocks: readonly string[], check: Check): void {
  const families = blocks.map((block) => parseCidr(block)?.address.family);
  if (families.includes(undefined)) return;
  if (new Set(families).size < families.length)
    invalid(check, 'podCIDRs', blocks.join(', '), 'must have at most one block of each IP family');
}
