import {
  equalValues,
  isMapping,
  type Mapping,
  newMapping,
  type Path,
  type Value,
} from '../../source/value.ts';
import { forbidden, invalid } from '../validation/check.ts';
import { has, items, numeric, struct, structs, text } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { validateGatedPodUpdate } from './gated-pod.ts';
import { refuse, type Update, withFields } from './update.ts';

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const mirrorAnnotation = 'kubernetes.io/config.mirror';
const help = 'delete the pod first, or let a Deployment replace its pods';

/** `ValidatePodUpdate`: images, a shorter deadline, more tolerations and fewer gates; nothing else of the spec. */
export function validatePodUpdate(update: Update): void {
  validateAnnotations(update);
  if (!hasSameContainers(update, 'containers') || !hasSameContainers(update, 'initContainers')) return;
  if (!validateDeadline(update)) return;
  validateTolerations(update);
  validateGates(update);
  validateOtherFields(update);
}

function validateAnnotations({ check, old, next }: Update): void {
  const before = struct(struct(old, 'metadata'), 'annotations');
  const after = struct(struct(next, 'metadata'), 'annotations');
  for (const key of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    if (!key.startsWith(appArmorPrefix) && key !== mirrorAnnotation) continue;
    if (!equalValues(before?.[key], after?.[key]))
      forbidden(check, ['metadata', 'annotations', key], 'must not change once the pod exists');
  }
}

function hasSameContainers({ check, old, next }: Update, list: string): boolean {
  if (items(struct(old, 'spec'), list).length === items(struct(next, 'spec'), list).length) return true;
  forbidden(check, ['spec', list], 'must not be added or removed: the containers of a pod are fixed', help);
  return false;
}

function validateDeadline({ check, old, next }: Update): boolean {
  const before = numeric(struct(old, 'spec'), 'activeDeadlineSeconds');
  const after = numeric(struct(next, 'spec'), 'activeDeadlineSeconds');
  if (before === undefined || (after !== undefined && after <= before)) return true;
  const detail = after === undefined ? 'must not be removed' : `must be at most ${before}, as before`;
  invalid(check, ['spec', 'activeDeadlineSeconds'], after ?? null, detail, help);
  return after === undefined;
}

/** Old tolerations stay, save for their seconds; new ones may come. */
function validateTolerations(update: Update): void {
  const at: Path = ['spec', 'tolerations'];
  const after = structs(struct(update.next, 'spec'), 'tolerations');
  const isKept = (old: Mapping): boolean =>
    after.some((one) => isSame(withFields(old, { tolerationSeconds: one['tolerationSeconds'] }), one));
  if (!structs(struct(update.old, 'spec'), 'tolerations').every(isKept))
    forbidden(update.check, at, 'must keep every old toleration, except for its tolerationSeconds', help);
}

function validateGates({ check, old, next }: Update): void {
  const before = structs(struct(old, 'spec'), 'schedulingGates').map((gate) => text(gate, 'name'));
  structs(struct(next, 'spec'), 'schedulingGates').forEach((gate, index) => {
    if (!before.includes(text(gate, 'name')))
      forbidden(check, ['spec', 'schedulingGates', index, 'name'], 'must not be added to an existing pod');
  });
}

function validateOtherFields(update: Update): void {
  const before = struct(update.old, 'spec') ?? newMapping();
  const next = munged(struct(update.next, 'spec') ?? newMapping(), before);
  const isGated = items(before, 'schedulingGates').length > 0;
  const after = isGated ? validateGatedPodUpdate(update, next, before) : next;
  if (isSame(before, after)) return;
  refuse(update, 'Forbidden', {
    path: ['spec'],
    detail:
      'must not change once the pod exists, except for images, activeDeadlineSeconds and more tolerations',
    help,
    before,
    after,
  });
}

/** The new spec with the old value of all that may change. */
function munged(next: Mapping, old: Mapping): Mapping {
  const grace = numeric(old, 'terminationGracePeriodSeconds');
  const isRepaired = grace !== undefined && grace < 0 && numeric(next, 'terminationGracePeriodSeconds') === 1;
  return withFields(next, {
    containers: withImages(next, old, 'containers'),
    initContainers: withImages(next, old, 'initContainers'),
    activeDeadlineSeconds: old['activeDeadlineSeconds'],
    tolerations: old['tolerations'],
    schedulingGates: old['schedulingGates'],
    ...(isRepaired ? { terminationGracePeriodSeconds: old['terminationGracePeriodSeconds'] } : {}),
  });
}

function withImages(next: Mapping, old: Mapping, list: string): Value | undefined {
  if (!has(next, list)) return next[list];
  const before = items(old, list);
  return items(next, list).map((container, index) => {
    const other = before[index];
    return isMapping(container) && isMapping(other)
      ? withFields(container, { image: other['image'] })
      : container;
  });
}
