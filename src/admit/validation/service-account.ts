import type { Mapping } from '../../source/value.ts';
import type { Check } from './check.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';

export function validateServiceAccount(account: Mapping, check: Check): void {
  validateMetadata(account, check, { namespaced: true, name: dns1123Subdomain });
}
