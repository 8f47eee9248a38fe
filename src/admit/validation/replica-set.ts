import { type Mapping, newMapping } from '../../source/value.ts';
import type { Check } from './check.ts';
import { struct } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { nonNegative } from './numbers.ts';
import { validateRunningTemplate, validateSelector } from './pod-template.ts';

export function validateReplicaSet(replicaSet: Mapping, check: Check): void {
  validateMetadata(replicaSet, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(replicaSet, 'spec') ?? newMapping();
  check.path.push('spec');
  for (const key of ['replicas', 'minReadySeconds']) nonNegative(check, spec, key);
  validateSelector(spec, check);
  validateRunningTemplate(spec, check, 'ReplicaSet');
  check.path.pop();
}
