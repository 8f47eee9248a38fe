import type { Mapping } from '../../source/value.ts';
import { type Check, forbidden, invalid, required } from './check.ts';
import { has, items, numeric, struct, structs, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { validatePodAnnotations } from './pod-annotations.ts';
import { validatePodSpec } from './pod-spec.ts';

export function validatePod(pod: Mapping, check: Check): void {
  validateMetadata(pod, check, { namespaced: true, name: dns1123Subdomain });
  validatePodAnnotations(pod, check);
  const metadata = struct(pod, 'metadata');
  validatePodSpec(pod, check, { podName: text(metadata, 'name'), podLabels: struct(metadata, 'labels') });
  const spec = struct(pod, 'spec');
  // 1.37 refuses for a Pod what it let pass until then, and lets pass in templates still.
  if (check.minor >= 37 && (numeric(spec, 'terminationGracePeriodSeconds') ?? 0) < 0)
    invalid(
      check,
      ['spec', 'terminationGracePeriodSeconds'],
      numeric(spec, 'terminationGracePeriodSeconds'),
      'must not be negative',
    );
  structs(spec, 'volumes').forEach((volume, index) => {
    if (check.minor >= 35 && has(volume, 'image') && text(struct(volume, 'image'), 'reference') === '')
      required(check, ['spec', 'volumes', index, 'image', 'reference']);
  });
  if (items(spec, 'ephemeralContainers').length > 0)
    forbidden(check, ['spec', 'ephemeralContainers'], 'can only be added to a running pod');
  if (text(spec, 'nodeName') !== '' && items(spec, 'schedulingGates').length > 0)
    forbidden(check, ['spec', 'nodeName'], 'must not be set while there are schedulingGates');
  reportOfClasses(spec, check);
}

/** What a PriorityClass and a RuntimeClass say of a pod that names one, the pod may not say for itself; templates are not asked. */
function reportOfClasses(spec: Mapping | undefined, check: Check): void {
  const byDefault = "a pod without priorityClassName gets the value of the cluster's default class";
  if (text(spec, 'priorityClassName') === '') {
    if ((numeric(spec, 'priority') ?? 0) !== 0)
      forbidden(check, ['spec', 'priority'], 'must not be set without priorityClassName', byDefault);
    if (text(spec, 'preemptionPolicy') === 'Never')
      forbidden(
        check,
        ['spec', 'preemptionPolicy'],
        'must not be Never without priorityClassName',
        byDefault,
      );
  }
  if (text(spec, 'runtimeClassName') === '' && struct(spec, 'overhead') !== undefined)
    forbidden(check, ['spec', 'overhead'], 'must not be set without a runtimeClassName whose class sets it');
}
