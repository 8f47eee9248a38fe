import type { Mapping } from '../../source/value.ts';
import { type Check, invalid } from './check.ts';
import { text } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain } from './names.ts';
import { compareResources } from './resources.ts';

export function validateCsiStorageCapacity(capacity: Mapping, check: Check): void {
  validateMetadata(capacity, check, { namespaced: true, name: dns1123Subdomain });
  validateLabelSelector(capacity, 'nodeTopology', check);
  checkText(check, 'storageClassName', text(capacity, 'storageClassName'), dns1123Subdomain);
  const amount = capacity['capacity'];
  if (amount !== undefined && amount !== null && compareResources(amount, 0) < 0)
    invalid(check, 'capacity', amount, 'must not be negative');
}
