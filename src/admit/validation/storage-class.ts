import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, eachText, required, supported } from './check.ts';
import { validateParameters, validateProvisioner } from './class-parameters.ts';
import { items, optionalText, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, qualifiedName } from './names.ts';

export function validateStorageClass(storageClass: Mapping, check: Check): void {
  validateMetadata(storageClass, check, { namespaced: false, name: dns1123Subdomain });
  validateProvisioner(storageClass, 'provisioner', check);
  validateParameters(storageClass, check);
  const reclaim = text(storageClass, 'reclaimPolicy');
  if (reclaim !== '') supported(check, 'reclaimPolicy', reclaim, ['Delete', 'Retain']);
  supported(check, 'volumeBindingMode', optionalText(storageClass, 'volumeBindingMode'), [
    'Immediate',
    'WaitForFirstConsumer',
  ]);
  validateTopologies(storageClass, check);
}

function validateTopologies(storageClass: Mapping, check: Check): void {
  const terms = new Set<string>();
  each(check, storageClass, 'allowedTopologies', (term) => {
    const keys = new Set<string>();
    const parts: string[] = [];
    each(check, term, 'matchLabelExpressions', (expression) => {
      const key = text(expression, 'key');
      if (items(expression, 'values').length === 0) required(check, 'values', 'must have at least one item');
      const values = new Set<string>();
      eachText(check, expression, 'values', (value, _, index) => {
        if (values.has(value)) duplicate(check, index, value);
        values.add(value);
      });
      checkText(check, 'key', key, qualifiedName);
      if (keys.has(key)) duplicate(check, 'key', key);
      keys.add(key);
      parts.push(`${key}=${[...values].sort().join(',')}`);
    });
    const whole = parts.sort().join(';');
    // Upstream takes a term without expressions for one that it has seen.
    if (whole === '' || terms.has(whole))
      duplicate(check, 'matchLabelExpressions', whole, 'another term is the same');
    terms.add(whole);
  });
}
