import { parseQuantity } from '../../object/quantity.ts';
import { type Mapping, newMapping, type Path, valueAt } from '../../source/value.ts';
import { forbidden, invalid } from '../validation/check.ts';
import { optionalText, struct, text } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { isUnchanged, refuse, type Update, withFields } from './update.ts';

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';
const request: Path = ['spec', 'resources', 'requests', 'storage'];
const recoverySince = 32;
const help = 'keep it, or create a new claim with another name and move the data';

export function validatePersistentVolumeClaimUpdate(update: Update): void {
  validateClassAnnotation(update);
  validateSpec(update);
  validateSize(update);
  validateAttributesClass(update);
}

function annotationOf(claim: Mapping): string | undefined {
  return optionalText(struct(struct(claim, 'metadata'), 'annotations'), classAnnotation);
}

function classOf(claim: Mapping): string | undefined {
  return optionalText(struct(claim, 'spec'), 'storageClassName');
}

/** A class moves from the old annotation into the field. */
function isUpgradedFromAnnotation({ old, next }: Update): boolean {
  const before = annotationOf(old);
  const after = annotationOf(next) ?? before;
  return before !== undefined && classOf(old) === undefined && classOf(next) === before && after === before;
}

function validateClassAnnotation(update: Update): void {
  const { check, old, next } = update;
  if (isUpgradedFromAnnotation(update) || (annotationOf(old) ?? '') === (annotationOf(next) ?? '')) return;
  invalid(
    check,
    ['metadata', 'annotations', classAnnotation],
    annotationOf(next) ?? '',
    'must not change once the claim exists',
  );
}

function validateSpec(update: Update): void {
  const before = struct(update.old, 'spec') ?? newMapping();
  const after = munged(update, struct(update.next, 'spec') ?? newMapping(), before);
  if (isSame(before, after)) return;
  refuse(update, 'Forbidden', {
    path: ['spec'],
    detail: isBound(update.old)
      ? 'must not change once the claim exists, except for resources.requests.storage and volumeAttributesClassName'
      : 'must not change before the claim is bound to a volume',
    help,
    before,
    after,
  });
}

function munged(update: Update, next: Mapping, old: Mapping): Mapping {
  const before = optionalText(old, 'storageClassName');
  const annotation = annotationOf(update.old);
  const isClassSet =
    before === undefined && (annotation === undefined || annotation === classOf(update.next));
  const resources = struct(next, 'resources');
  const isResizable = isBound(update.old) && struct(resources, 'requests') !== undefined;
  return withFields(next, {
    ...(text(old, 'volumeName') === '' ? { volumeName: old['volumeName'] } : {}),
    ...(isClassSet || isUpgradedFromAnnotation(update) ? { storageClassName: old['storageClassName'] } : {}),
    ...(isBound(update.old) ? { volumeAttributesClassName: old['volumeAttributesClassName'] } : {}),
    ...(isResizable
      ? {
          resources: withFields(resources, {
            requests: withFields(struct(resources, 'requests'), { storage: valueAt(update.old, request) }),
          }),
        }
      : {}),
  });
}

/** A claim of which nothing else is known is taken for bound, as all that pods use are. */
export function isBound(claim: Mapping): boolean {
  return (optionalText(struct(claim, 'status'), 'phase') ?? 'Bound') === 'Bound';
}

/** From 1.32 on a failed expansion may be taken back, to more than the volume has. */
function validateSize(update: Update): void {
  const before = parseQuantity(valueAt(update.old, request))?.nanos ?? 0n;
  const after = parseQuantity(valueAt(update.next, request))?.nanos ?? 0n;
  if (after >= before) return;
  const capacity = struct(struct(update.old, 'status'), 'capacity');
  // Of a bound claim nobody knows here that its volume has less than it asked for.
  const assumed = isBound(update.old) ? before : 0n;
  const actual = capacity === undefined ? assumed : (parseQuantity(capacity['storage'])?.nanos ?? 0n);
  if (update.check.minor >= recoverySince && after > actual) return;
  forbidden(
    update.check,
    request,
    'must not be less than the size of the volume: volumes cannot shrink',
    help,
  );
}

function validateAttributesClass(update: Update): void {
  const at: Path = ['spec', 'volumeAttributesClassName'];
  if (isUnchanged(update, at)) return;
  const current = optionalText(struct(update.old, 'status'), 'currentVolumeAttributesClassName');
  if (
    current !== undefined &&
    (optionalText(struct(update.next, 'spec'), 'volumeAttributesClassName') ?? '') === ''
  )
    forbidden(update.check, at, 'must not be removed once the volume has such a class');
}
