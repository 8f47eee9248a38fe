import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, forbidden, invalid, notSupported, within } from './check.ts';
import { has, numeric, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { atMostAll, isZeroIntOrPercent, nonNegative, nonNegativeIntOrPercent } from './numbers.ts';
import { validateRunningTemplate, validateSelector } from './pod-template.ts';

const defaultProgressDeadline = 600;

export function validateDeployment(deployment: Mapping, check: Check): void {
  validateMetadata(deployment, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(deployment, 'spec') ?? newMapping();
  check.path.push('spec');
  for (const key of ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'])
    nonNegative(check, spec, key);
  validateSelector(spec, check);
  validateRunningTemplate(spec, check, 'Deployment');
  within(check, spec, 'strategy', validateStrategy);
  const deadline = numeric(spec, 'progressDeadlineSeconds') ?? defaultProgressDeadline;
  const minReady = numeric(spec, 'minReadySeconds') ?? 0;
  if (deadline <= minReady)
    invalid(check, 'progressDeadlineSeconds', deadline, `must be greater than minReadySeconds (${minReady})`);
  check.path.pop();
}

function validateStrategy(strategy: Mapping, check: Check): void {
  const type = text(strategy, 'type');
  if (type === 'Recreate') {
    if (has(strategy, 'rollingUpdate'))
      forbidden(
        check,
        'rollingUpdate',
        'must not be set together with type Recreate',
        'remove rollingUpdate, or write type: RollingUpdate',
      );
  } else if (type !== '' && type !== 'RollingUpdate')
    notSupported(check, 'type', type, ['Recreate', 'RollingUpdate']);
  else within(check, strategy, 'rollingUpdate', validateRollingUpdate);
}

function validateRollingUpdate(rollingUpdate: Mapping, check: Check): void {
  for (const key of ['maxUnavailable', 'maxSurge']) nonNegativeIntOrPercent(check, rollingUpdate, key);
  atMostAll(check, rollingUpdate, 'maxUnavailable');
  const { maxUnavailable = null, maxSurge = null } = rollingUpdate;
  if (isZero(maxUnavailable) && isZero(maxSurge))
    invalid(check, 'maxUnavailable', maxUnavailable, 'must not be 0 if maxSurge is 0');
}

/** An absent value is 25%. */
function isZero(value: Mapping[string]): boolean {
  return value !== null && isZeroIntOrPercent(value);
}
