import type { Mapping } from '../../source/value.ts';
import type { Check } from './check.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { validatePodTemplate } from './pod-template.ts';

/** Checks the kind PodTemplate. */
export function validatePodTemplateObject(podTemplate: Mapping, check: Check): void {
  validateMetadata(podTemplate, check, { namespaced: true, name: dns1123Subdomain });
  validatePodTemplate(podTemplate, check);
}
