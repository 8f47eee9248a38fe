import type { Mapping } from '../../source/value.ts';
import { type Check, required } from './check.ts';
import { validateParameters, validateProvisioner } from './class-parameters.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';

export function validateVolumeAttributesClass(volumeClass: Mapping, check: Check): void {
  validateMetadata(volumeClass, check, { namespaced: false, name: dns1123Subdomain });
  validateProvisioner(volumeClass, 'driverName', check);
  if (validateParameters(volumeClass, check) === 0)
    required(check, 'parameters', 'must have at least one entry');
}
