import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, each, invalid, notSupported, required, supported, within } from './check.ts';
import { has, struct, structs, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label } from './names.ts';
import { atMostAll, isZeroIntOrPercent, nonNegative, nonNegativeIntOrPercent } from './numbers.ts';
import { validateClaimSpec, validateTemplateSources } from './persistent-volume-claim.ts';
import { validateRunningTemplate, validateSelector } from './pod-template.ts';

export function validateStatefulSet(statefulSet: Mapping, check: Check): void {
  validateMetadata(statefulSet, check, { namespaced: true, name: dns1123Label });
  const spec = struct(statefulSet, 'spec') ?? newMapping();
  check.path.push('spec');
  const management = text(spec, 'podManagementPolicy');
  if (management !== '') supported(check, 'podManagementPolicy', management, ['OrderedReady', 'Parallel']);
  within(check, spec, 'updateStrategy', validateUpdateStrategy);
  within(check, spec, 'persistentVolumeClaimRetentionPolicy', validateRetentionPolicy);
  each(check, spec, 'volumeClaimTemplates', validateClaimTemplate);
  for (const key of ['replicas', 'minReadySeconds']) nonNegative(check, spec, key);
  within(check, spec, 'ordinals', (ordinals) => nonNegative(check, ordinals, 'start'));
  const serviceName = text(spec, 'serviceName');
  if (serviceName !== '' && check.minor >= 33) checkText(check, 'serviceName', serviceName, dns1123Label);
  validateSelector(spec, check);
  validateRunningTemplate(spec, check, 'StatefulSet', { claims: claimsOf(spec), namesHosts: true });
  check.path.pop();
}

/** The name of a claim template becomes that of a volume. Its spec is looked at since 1.34. */
function validateClaimTemplate(template: Mapping, check: Check): void {
  const name = text(struct(template, 'metadata'), 'name');
  if (name === '') required(check, ['metadata', 'name']);
  else checkText(check, ['metadata', 'name'], name, dns1123Label);
  if (check.minor < 34) return;
  validateClaimSpec(template, check);
  validateTemplateSources(struct(template, 'spec'), check);
}

function validateUpdateStrategy(strategy: Mapping, check: Check): void {
  const type = text(strategy, 'type');
  if (type === 'OnDelete') {
    if (has(strategy, 'rollingUpdate'))
      invalid(
        check,
        'rollingUpdate',
        strategy['rollingUpdate'],
        'must not be set together with type OnDelete',
        'remove rollingUpdate, or write type: RollingUpdate',
      );
  } else if (type !== '' && type !== 'RollingUpdate')
    notSupported(check, 'type', type, ['RollingUpdate', 'OnDelete']);
  else within(check, strategy, 'rollingUpdate', validateRollingUpdate);
}

function validateRollingUpdate(rollingUpdate: Mapping, check: Check): void {
  nonNegative(check, rollingUpdate, 'partition');
  // Before 1.37 the field is dropped unread: MaxUnavailableStatefulSet was off.
  if (check.minor < 37 || !has(rollingUpdate, 'maxUnavailable')) return;
  nonNegativeIntOrPercent(check, rollingUpdate, 'maxUnavailable');
  atMostAll(check, rollingUpdate, 'maxUnavailable');
  if (isZeroIntOrPercent(rollingUpdate['maxUnavailable']))
    invalid(check, 'maxUnavailable', rollingUpdate['maxUnavailable'], 'must not be 0');
}

function validateRetentionPolicy(policy: Mapping, check: Check): void {
  for (const key of ['whenDeleted', 'whenScaled'])
    if (text(policy, key) !== '') supported(check, key, text(policy, key), ['Retain', 'Delete']);
}

/** The volumes that the claim templates give to each pod. */
function claimsOf(spec: Mapping): ReadonlyMap<string, Mapping> {
  const claims = new Map<string, Mapping>();
  for (const template of structs(spec, 'volumeClaimTemplates')) {
    const name = text(struct(template, 'metadata'), 'name');
    const volume = newMapping();
    volume['persistentVolumeClaim'] = newMapping();
    claims.set(name, volume);
  }
  return claims;
}
