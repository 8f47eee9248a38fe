import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, tooLong } from './check.ts';
import { entryText, struct } from './fields.ts';
import { byteLength, validateMetadata } from './metadata.ts';
import { checkText, configKey, dns1123Subdomain } from './names.ts';

/** What a ConfigMap or a Secret may hold, in bytes. */
export const dataLimit = 1024 * 1024;

export function validateConfigMap(configMap: Mapping, check: Check): void {
  validateMetadata(configMap, check, { namespaced: true, name: dns1123Subdomain });
  const data = struct(configMap, 'data');
  const binaryData = struct(configMap, 'binaryData');
  let size = 0;
  for (const key in data) {
    checkText(check, ['data', key], key, configKey);
    if (binaryData !== undefined && Object.hasOwn(binaryData, key))
      invalid(check, ['data', key], key, 'is also in binaryData');
    size += byteLength(entryText(data[key]));
  }
  for (const key in binaryData) {
    checkText(check, ['binaryData', key], key, configKey);
    size += base64Length(entryText(binaryData[key]));
  }
  if (size > dataLimit)
    tooLong(check, data === undefined ? 'binaryData' : 'data', dataLimit, 'bytes in total');
}

/** The number of bytes that a base64 text stands for. */
export function base64Length(encoded: string): number {
  const digits = encoded.replace(/[\s=]/g, '').length;
  return Math.floor((digits * 3) / 4);
}
