import type { Mapping } from '../../source/value.ts';
import { type Check, forbidden } from './check.ts';
import { items, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { validatePodAnnotations } from './pod-annotations.ts';
import { validatePodSpec } from './pod-spec.ts';

export function validatePod(pod: Mapping, check: Check): void {
  validateMetadata(pod, check, { namespaced: true, name: dns1123Subdomain });
  validatePodAnnotations(pod, check);
  validatePodSpec(pod, check, { podName: text(struct(pod, 'metadata'), 'name') });
  const spec = struct(pod, 'spec');
  if (items(spec, 'ephemeralContainers').length > 0)
    forbidden(check, ['spec', 'ephemeralContainers'], 'can be added to a running pod only');
  if (text(spec, 'nodeName') !== '' && items(spec, 'schedulingGates').length > 0)
    forbidden(check, ['spec', 'nodeName'], 'must not be set while there are schedulingGates');
}
