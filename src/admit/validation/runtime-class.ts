import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, required, within } from './check.ts';
import { text } from './fields.ts';
import { validateLabels, validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain } from './names.ts';
import { validateResourceMap } from './resources.ts';
import { validateTolerations } from './tolerations.ts';

export function validateRuntimeClass(runtimeClass: Mapping, check: Check): void {
  validateMetadata(runtimeClass, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const handler = text(runtimeClass, 'handler');
  if (handler === '') required(check, 'handler');
  else checkText(check, 'handler', handler, dns1123Label);
  within(check, runtimeClass, 'overhead', (overhead) => validateResourceMap(overhead, 'podFixed', check));
  within(check, runtimeClass, 'scheduling', validateScheduling);
}

function validateScheduling(scheduling: Mapping, check: Check): void {
  validateLabels(scheduling, 'nodeSelector', check);
  validateTolerations(scheduling, check);
  const seen = new Set<string>();
  each(check, scheduling, 'tolerations', (toleration) => {
    const key = ['key', 'operator', 'value', 'effect'].map((field) => text(toleration, field)).join('\n');
    if (seen.has(key)) duplicate(check, [], key, 'this toleration is already in the list');
    seen.add(key);
  });
}
