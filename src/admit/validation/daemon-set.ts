import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, invalid, notSupported, within } from './check.ts';
import { struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { atMostAll, isZeroIntOrPercent, nonNegative, nonNegativeIntOrPercent } from './numbers.ts';
import { validateRunningTemplate, validateSelector } from './pod-template.ts';

export function validateDaemonSet(daemonSet: Mapping, check: Check): void {
  validateMetadata(daemonSet, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(daemonSet, 'spec') ?? newMapping();
  check.path.push('spec');
  validateSelector(spec, check);
  validateRunningTemplate(spec, check, 'DaemonSet');
  for (const key of ['minReadySeconds', 'revisionHistoryLimit']) nonNegative(check, spec, key);
  within(check, spec, 'updateStrategy', validateUpdateStrategy);
  check.path.pop();
}

function validateUpdateStrategy(strategy: Mapping, check: Check): void {
  const type = text(strategy, 'type');
  if (type !== '' && type !== 'RollingUpdate' && type !== 'OnDelete')
    notSupported(check, 'type', type, ['RollingUpdate', 'OnDelete']);
  if (type === '' || type === 'RollingUpdate')
    within(check, strategy, 'rollingUpdate', validateRollingUpdate);
}

/** One of the two numbers is how many pods may be missing, the other how many may be too many: just one can be above 0. */
function validateRollingUpdate(rollingUpdate: Mapping, check: Check): void {
  for (const key of ['maxUnavailable', 'maxSurge']) {
    nonNegativeIntOrPercent(check, rollingUpdate, key);
    atMostAll(check, rollingUpdate, key);
  }
  const unavailable = !isZeroIntOrPercent(rollingUpdate['maxUnavailable'] ?? 1);
  const surge = !isZeroIntOrPercent(rollingUpdate['maxSurge'] ?? 0);
  if (unavailable && surge)
    invalid(check, 'maxSurge', rollingUpdate['maxSurge'], 'must be 0 unless maxUnavailable is 0');
  if (!unavailable && !surge)
    invalid(check, 'maxUnavailable', rollingUpdate['maxUnavailable'], 'must not be 0 if maxSurge is 0');
}
