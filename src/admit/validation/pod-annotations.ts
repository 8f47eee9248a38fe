import { isMapping, type Mapping } from '../../source/value.ts';
import { type Check, forbidden, invalid } from './check.ts';
import { entryText, has, optionalText, struct, structs, text } from './fields.ts';

const mirror = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainerPrefix = 'container.seccomp.security.alpha.kubernetes.io/';
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

/** Checks the annotations that mean something to the API server, of a Pod or a pod template. */
export function validatePodAnnotations(pod: Mapping, check: Check, isTemplate = false): void {
  const annotations = struct(struct(pod, 'metadata'), 'annotations');
  if (!isMapping(annotations)) return;
  const spec = struct(pod, 'spec');
  for (const key in annotations) {
    const value = entryText(annotations[key]);
    const problem = annotationProblem(key, value, spec);
    if (problem !== undefined) invalid(check, ['metadata', 'annotations', key], value, problem);
  }
  reportSeccompMismatch(annotations, spec, check);
  if (text(struct(spec, 'os'), 'name') !== 'windows')
    reportAppArmorMismatch(annotations, spec, check, isTemplate);
}

function annotationProblem(key: string, value: string, spec: Mapping | undefined): string | undefined {
  if (key === mirror)
    return text(spec, 'nodeName') === '' ? 'a mirror pod must have spec.nodeName' : undefined;
  if (key === deletionCost) return isInt32(value) ? undefined : 'must be a 32-bit integer';
  if (key === seccompPod || key.startsWith(seccompContainerPrefix)) return seccompProblem(value);
  return key.startsWith(appArmorPrefix)
    ? appArmorProblem(key.slice(appArmorPrefix.length), value, spec)
    : undefined;
}

function isInt32(value: string): boolean {
  // Upstream also refuses leading zeros and a plus sign here.
  return (
    /^(?:0|-?[1-9]\d*)$/.test(value) && Number(value) >= -2_147_483_648 && Number(value) <= 2_147_483_647
  );
}

function seccompProblem(value: string): string | undefined {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(value)) return undefined;
  if (!value.startsWith('localhost/')) return 'must be runtime/default, unconfined or localhost/ and a path';
  const path = value.slice('localhost/'.length);
  return path.startsWith('/') || path.split('/').includes('..')
    ? 'the path must be relative and without ".."'
    : undefined;
}

function appArmorProblem(container: string, value: string, spec: Mapping | undefined): string | undefined {
  const names = containerLists.flatMap((list) => structs(spec, list)).map((each) => text(each, 'name'));
  if (!names.includes(container)) return `there is no container "${container}"`;
  if (value === '' || value === 'runtime/default' || value === 'unconfined' || value.startsWith('localhost/'))
    return undefined;
  return 'must be runtime/default, unconfined or localhost/ and a profile';
}

/** A seccomp annotation beside a seccomp field must say the same. */
function reportSeccompMismatch(annotations: Mapping, spec: Mapping | undefined, check: Check): void {
  reportMismatch(annotations, seccompPod, spec, ['spec'], check);
  for (const list of containerLists)
    structs(spec, list).forEach((container, index) => {
      reportMismatch(
        annotations,
        seccompContainerPrefix + text(container, 'name'),
        container,
        ['spec', list, index],
        check,
      );
    });
}

/** An AppArmor annotation beside the field of the container must say the same, and in a template beside that of the pod; in a Pod it becomes the container's. */
function reportAppArmorMismatch(
  annotations: Mapping,
  spec: Mapping | undefined,
  check: Check,
  isTemplate: boolean,
): void {
  const ofPod = struct(struct(spec, 'securityContext'), 'appArmorProfile');
  for (const list of containerLists)
    structs(spec, list).forEach((container, index) => {
      const key = appArmorPrefix + text(container, 'name');
      const own = struct(struct(container, 'securityContext'), 'appArmorProfile');
      const isTaken = !isTemplate && isAppArmorProfile(text(annotations, key));
      const profile = own ?? (isTaken ? undefined : ofPod);
      if (profile === undefined || !has(annotations, key) || saysTheSame(profile, text(annotations, key)))
        return;
      forbidden(
        check,
        ['spec', list, index, 'securityContext', 'appArmorProfile', 'type'],
        `must have the same value as the annotation ${key}`,
        'remove the annotation',
      );
    });
}

function isAppArmorProfile(annotation: string): boolean {
  return (
    annotation === 'unconfined' || annotation === 'runtime/default' || /^localhost\/./su.test(annotation)
  );
}

/** Whether the annotation of a container says what the field of its pod says anyway. */
export function isSameProfile(ofPod: Mapping | undefined, annotation: string): boolean {
  return ofPod !== undefined && isAppArmorProfile(annotation) && saysTheSame(ofPod, annotation);
}

function reportMismatch(
  annotations: Mapping,
  key: string,
  owner: Mapping | undefined,
  at: readonly (string | number)[],
  check: Check,
): void {
  const profile = struct(struct(owner, 'securityContext'), 'seccompProfile');
  if (profile === undefined || !has(annotations, key)) return;
  const value = text(annotations, key);
  if (!saysTheSame(profile, value === 'docker/default' ? 'runtime/default' : value))
    forbidden(
      check,
      [...at, 'securityContext', 'seccompProfile', 'type'],
      `must have the same value as the annotation ${key}`,
      'remove the annotation',
    );
}

function saysTheSame(profile: Mapping, annotation: string): boolean {
  const type = text(profile, 'type');
  if (type === 'Unconfined') return annotation === 'unconfined';
  if (type === 'RuntimeDefault') return annotation === 'runtime/default';
  return (
    type !== 'Localhost' || annotation === `localhost/${optionalText(profile, 'localhostProfile') ?? ''}`
  );
}
