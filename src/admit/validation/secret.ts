import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, required, tooLong } from './check.ts';
import { base64Length, dataLimit } from './config-map.ts';
import { entryText, struct, text } from './fields.ts';
import { byteLength, validateMetadata } from './metadata.ts';
import { checkText, configKey, dns1123Subdomain } from './names.ts';

const serviceAccountName = 'kubernetes.io/service-account.name';

export function validateSecret(secret: Mapping, check: Check): void {
  validateMetadata(secret, check, { namespaced: true, name: dns1123Subdomain });
  let size = 0;
  for (const field of ['data', 'stringData']) {
    const data = struct(secret, field);
    for (const key in data) {
      checkText(check, [field, key], key, configKey);
      size += field === 'data' ? base64Length(entryText(data[key])) : byteLength(entryText(data[key]));
    }
  }
  if (size > dataLimit) tooLong(check, 'data', dataLimit, 'bytes in total');
  validateType(secret, check);
}

function validateType(secret: Mapping, check: Check): void {
  switch (text(secret, 'type')) {
    case 'kubernetes.io/service-account-token':
      if (text(struct(struct(secret, 'metadata'), 'annotations'), serviceAccountName) === '')
        required(
          check,
          ['metadata', 'annotations', serviceAccountName],
          'must name the service account that the token is for',
        );
      break;
    case 'kubernetes.io/dockercfg':
      requireJson(secret, check, '.dockercfg');
      break;
    case 'kubernetes.io/dockerconfigjson':
      requireJson(secret, check, '.dockerconfigjson');
      break;
    case 'kubernetes.io/basic-auth':
      if (decodedValue(secret, 'username') === undefined && decodedValue(secret, 'password') === undefined)
        for (const key of ['username', 'password'])
          required(check, ['data', key], 'must be set, or the other one of username and password');
      break;
    case 'kubernetes.io/ssh-auth':
      if ((decodedValue(secret, 'ssh-privatekey') ?? '') === '')
        requireKey(check, 'ssh-privatekey', 'kubernetes.io/ssh-auth');
      break;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key'])
        if (decodedValue(secret, key) === undefined) requireKey(check, key, 'kubernetes.io/tls');
  }
}

function requireKey(check: Check, key: string, type: string): void {
  required(check, ['data', key], `must be set in a Secret of type ${type}`);
}

function requireJson(secret: Mapping, check: Check, key: string): void {
  const value = decodedValue(secret, key);
  if (value === undefined) requireKey(check, key, text(secret, 'type'));
  // The value stays out of the error: it is a secret. What SOPS encrypted is decrypted before it is sent.
  else if (!isJsonObject(value) && !value.startsWith('ENC['))
    invalid(check, ['data', key], undefined, 'must be the base64 of a JSON object');
}

/** The decoded value of a key; `stringData` overrides `data`. */
function decodedValue(secret: Mapping, key: string): string | undefined {
  const plain = struct(secret, 'stringData');
  if (plain !== undefined && Object.hasOwn(plain, key)) return entryText(plain[key]);
  const data = struct(secret, 'data');
  if (data === undefined || !Object.hasOwn(data, key)) return undefined;
  try {
    return atob(entryText(data[key]));
  } catch {
    return '';
  }
}

function isJsonObject(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
