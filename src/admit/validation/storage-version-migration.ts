import type { Mapping } from '../../source/value.ts';
import { type Check, required } from './check.ts';
import { struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1035Label, dns1123Subdomain } from './names.ts';

export function validateStorageVersionMigration(migration: Mapping, check: Check): void {
  validateMetadata(migration, check, { namespaced: false, name: dns1123Subdomain });
  const resource = struct(struct(migration, 'spec'), 'resource');
  const name = text(resource, 'resource');
  const group = text(resource, 'group');
  if (name === '') required(check, ['spec', 'resource', 'resource']);
  else checkText(check, ['spec', 'resource', 'resource'], name, dns1035Label);
  if (group !== '') checkText(check, ['spec', 'resource', 'group'], group, dns1123Subdomain);
}
