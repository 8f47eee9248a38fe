import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, invalid, notSupported, supported } from './check.ts';
import { has, isEmpty, numeric, optionalText, struct, text, texts } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { inRange } from './numbers.ts';

const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const lifecycleModes = ['Persistent', 'Ephemeral'];

export function validateCsiDriver(driver: Mapping, check: Check): void {
  validateMetadata(driver, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(driver, 'spec');
  check.path.push('spec');
  supported(check, 'fsGroupPolicy', optionalText(spec, 'fsGroupPolicy'), groupPolicies);
  validateTokenRequests(spec, check);
  const odd = texts(spec, 'volumeLifecycleModes').find((mode) => !lifecycleModes.includes(mode));
  if (odd !== undefined) notSupported(check, 'volumeLifecycleModes', odd, lifecycleModes);
  const period = numeric(spec, 'nodeAllocatableUpdatePeriodSeconds');
  // A field of a feature that is on since 1.34 and dropped before.
  if (period !== undefined && period < 10 && check.minor >= 34)
    invalid(check, 'nodeAllocatableUpdatePeriodSeconds', period, 'must be at least 10');
  if (has(spec, 'serviceAccountTokenInSecrets') && isEmpty(spec, 'tokenRequests') && check.minor >= 35)
    invalid(
      check,
      'serviceAccountTokenInSecrets',
      spec?.['serviceAccountTokenInSecrets'],
      'needs an item in tokenRequests',
    );
  check.path.pop();
}

function validateTokenRequests(spec: Mapping | undefined, check: Check): void {
  const audiences = new Set<string>();
  each(check, spec, 'tokenRequests', (request) => {
    const audience = text(request, 'audience');
    if (audiences.has(audience)) duplicate(check, 'audience', audience);
    else inRange(check, request, 'expirationSeconds', 600, 2 ** 32);
    audiences.add(audience);
  });
}
