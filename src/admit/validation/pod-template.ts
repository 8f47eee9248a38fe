import { matchesSelector } from '../../object/label-match.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, forbidden, invalid, notSupported, required } from './check.ts';
import { has, items, struct, text } from './fields.ts';
import { isEmptySelector, isUsableSelector, validateLabelSelector } from './label-selector.ts';
import { validateTemplateMetadata } from './metadata.ts';
import { validatePodAnnotations } from './pod-annotations.ts';
import { type PodPlace, validatePodSpec } from './pod-spec.ts';

/** Checks `template` of a workload. */
export function validatePodTemplate(spec: Mapping, check: Check, place: PodPlace = {}): void {
  const template = struct(spec, 'template') ?? newMapping();
  check.path.push('template');
  validateTemplateMetadata(template, check);
  validatePodAnnotations(template, check, true);
  validatePodSpec(template, check, place);
  if (items(struct(template, 'spec'), 'ephemeralContainers').length > 0)
    forbidden(check, ['spec', 'ephemeralContainers'], 'must not be in a template');
  check.path.pop();
}

/** The rules of workloads that keep their pods running: they restart always and have no deadline. */
export function validateRunningTemplate(
  spec: Mapping,
  check: Check,
  kind: string,
  place: PodPlace = {},
): void {
  validatePodTemplate(spec, check, place);
  const podSpec = struct(struct(spec, 'template'), 'spec');
  const restartPolicy = text(podSpec, 'restartPolicy');
  if (restartPolicy !== '' && restartPolicy !== 'Always')
    notSupported(check, ['template', 'spec', 'restartPolicy'], restartPolicy, ['Always']);
  if (has(podSpec, 'activeDeadlineSeconds'))
    forbidden(
      check,
      ['template', 'spec', 'activeDeadlineSeconds'],
      `a ${kind} keeps its pods running`,
      'remove it',
    );
}

/** Checks `selector` of a workload: there, not empty, and matching the labels of its template. */
export function validateSelector(spec: Mapping, check: Check): void {
  const selector = struct(spec, 'selector');
  if (selector === undefined) {
    required(check, 'selector');
    return;
  }
  validateLabelSelector(spec, 'selector', check);
  if (isEmptySelector(selector))
    invalid(
      check,
      'selector',
      selector,
      'must not be empty',
      'repeat a label of the template in matchLabels',
    );
  else if (isUsableSelector(selector)) reportMismatch(spec, selector, check);
}

/** Reports a template whose labels the selector does not match. */
export function reportMismatch(spec: Mapping, selector: Mapping, check: Check): void {
  const labels = struct(struct(struct(spec, 'template'), 'metadata'), 'labels');
  if (!matchesSelector(selector, labels))
    invalid(
      check,
      ['template', 'metadata', 'labels'],
      labels,
      'the selector does not match these labels',
      'give the template each label of spec.selector',
    );
}
