import { isMapping, type Mapping } from '../../source/value.ts';
import { type Check, required } from './check.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { nonNegative } from './numbers.ts';

export function validateControllerRevision(revision: Mapping, check: Check): void {
  validateMetadata(revision, check, { namespaced: true, name: dns1123Subdomain });
  nonNegative(check, revision, 'revision');
  if (!isMapping(revision['data'])) required(check, 'data', 'must be a mapping');
}
