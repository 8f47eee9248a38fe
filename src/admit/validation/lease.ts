import type { Mapping } from '../../source/value.ts';
import { type Check, forbidden, invalid, notSupported } from './check.ts';
import { numeric, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, qualifiedName } from './names.ts';
import { nonNegative } from './numbers.ts';

export function validateLease(lease: Mapping, check: Check): void {
  validateMetadata(lease, check, { namespaced: true, name: dns1123Subdomain, anyFinalizer: true });
  const spec = struct(lease, 'spec');
  check.path.push('spec');
  const seconds = numeric(spec, 'leaseDurationSeconds');
  if (seconds !== undefined && seconds <= 0)
    invalid(check, 'leaseDurationSeconds', seconds, 'must be greater than 0');
  nonNegative(check, spec, 'leaseTransitions');
  const strategy = text(spec, 'strategy');
  if (strategy.includes('/')) checkText(check, 'strategy', strategy, qualifiedName);
  else if (strategy !== '' && strategy !== 'OldestEmulationVersion')
    notSupported(check, 'strategy', strategy, ['OldestEmulationVersion']);
  if (text(spec, 'preferredHolder') !== '' && strategy === '')
    forbidden(check, 'preferredHolder', 'needs a strategy');
  check.path.pop();
}
