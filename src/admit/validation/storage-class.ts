import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, eachText, invalid, required, supported, tooLong } from './check.ts';
import { entryText, items, optionalText, struct, text } from './fields.ts';
import { byteLength, validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, qualifiedName } from './names.ts';

const maxParameters = 512;
const maxParametersSize = 256 * 1024;

export function validateStorageClass(storageClass: Mapping, check: Check): void {
  validateMetadata(storageClass, check, { namespaced: false, name: dns1123Subdomain });
  const provisioner = text(storageClass, 'provisioner');
  if (provisioner === '') required(check, 'provisioner');
  else checkText(check, 'provisioner', provisioner.toLowerCase(), qualifiedName);
  validateParameters(storageClass, check);
  const reclaim = text(storageClass, 'reclaimPolicy');
  if (reclaim !== '') supported(check, 'reclaimPolicy', reclaim, ['Delete', 'Retain']);
  supported(check, 'volumeBindingMode', optionalText(storageClass, 'volumeBindingMode'), [
    'Immediate',
    'WaitForFirstConsumer',
  ]);
  validateTopologies(storageClass, check);
}

function validateParameters(storageClass: Mapping, check: Check): void {
  const parameters = struct(storageClass, 'parameters');
  let size = 0;
  let count = 0;
  for (const key in parameters) {
    if (key === '') invalid(check, 'parameters', key, 'a key must not be empty');
    size += byteLength(key) + byteLength(entryText(parameters[key]));
    count++;
  }
  if (count > maxParameters) tooLong(check, 'parameters', maxParameters, 'entries');
  if (size > maxParametersSize) tooLong(check, 'parameters', maxParametersSize, 'bytes in all');
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
      duplicate(check, 'matchLabelExpressions', whole, 'another term says the same');
    terms.add(whole);
  });
}
