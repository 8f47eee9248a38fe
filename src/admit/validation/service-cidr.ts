import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, required } from './check.ts';
import { struct, texts } from './fields.ts';
import { canonicalCidr, cidrProblem, maskedCidr, parseCidr } from './ip.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';

export function validateServiceCidr(serviceCidr: Mapping, check: Check): void {
  validateMetadata(serviceCidr, check, { namespaced: false, name: dns1123Subdomain });
  const blocks = texts(struct(serviceCidr, 'spec'), 'cidrs');
  check.path.push('spec');
  if (blocks.length === 0) required(check, 'cidrs', 'must have a block');
  else if (blocks.length > 2) invalid(check, 'cidrs', [...blocks], 'must have at most two blocks');
  else validateBlocks(blocks, check);
  check.path.pop();
}

function validateBlocks(blocks: readonly string[], check: Check): void {
  blocks.forEach((block, index) => {
    const problem = cidrProblem(block, true);
    const masked = problem === undefined ? undefined : maskedCidr(block);
    if (problem !== undefined)
      invalid(check, ['cidrs', index], block, problem, masked === undefined ? undefined : `write ${masked}`);
    else if (canonicalCidr(block) !== block)
      invalid(check, ['cidrs', index], block, 'must be in canonical form', `write ${canonicalCidr(block)}`);
  });
  const families = blocks.map((block) => parseCidr(block)?.address.family);
  if (families.length === 2 && families[0] !== undefined && families[0] === families[1])
    invalid(check, 'cidrs', [...blocks], 'must have one block of each IP family');
}
