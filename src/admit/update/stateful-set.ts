import { struct } from '../validation/fields.ts';
import { isSameAt, refuse, type Update, withFields } from './update.ts';

const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];
const revisionHistoryLimitSince = 33;

/** `ValidateStatefulSetUpdate`: all of `spec` but a few fields; `revisionHistoryLimit` is one of them from 1.33 on. */
export function validateStatefulSetUpdate(update: Update): void {
  const allowed =
    update.check.minor >= revisionHistoryLimitSince ? [...mutable, 'revisionHistoryLimit'] : mutable;
  const before = struct(update.old, 'spec');
  const kept = Object.fromEntries(allowed.map((field) => [field, before?.[field]]));
  const after = withFields(struct(update.next, 'spec'), kept);
  if (isSameAt(update, ['spec'], before, after)) return;
  refuse(update, 'Forbidden', {
    path: ['spec'],
    detail: `must not change once the StatefulSet exists, save for ${allowed.join(', ')}`,
    help: 'keep it, or delete the StatefulSet with --cascade=orphan before the new one is applied',
    before,
    after,
  });
}
