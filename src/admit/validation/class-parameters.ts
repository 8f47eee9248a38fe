import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, required, tooLong } from './check.ts';
import { entryText, struct, text } from './fields.ts';
import { byteLength } from './metadata.ts';
import { checkText, qualifiedName } from './names.ts';

const maxParameters = 512;
const maxParametersSize = 256 * 1024;

/** Checks the driver of a storage class or volume attributes class. */
export function validateProvisioner(parent: Mapping, key: string, check: Check): void {
  const provisioner = text(parent, key);
  if (provisioner === '') required(check, key);
  else checkText(check, key, provisioner.toLowerCase(), qualifiedName);
}

/** Checks the `parameters` of such a class; the number of them. */
export function validateParameters(parent: Mapping, check: Check): number {
  const parameters = struct(parent, 'parameters');
  let size = 0;
  let count = 0;
  for (const key in parameters) {
    if (key === '') invalid(check, 'parameters', key, 'a key must not be empty');
    size += byteLength(key) + byteLength(entryText(parameters[key]));
    count++;
  }
  if (count > maxParameters) tooLong(check, 'parameters', maxParameters, 'entries');
  else if (size > maxParametersSize) tooLong(check, 'parameters', maxParametersSize, 'bytes in total');
  return count;
}
