import { struct } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { immutable, refuse, type Update, withFields } from './update.ts';

const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];
const revisionHistoryLimitSince = 33;
const fieldsSince = 37;
const help = 'keep it, or delete the StatefulSet with --cascade=orphan before the new one is applied';

/**
 * `ValidateStatefulSetUpdate`: all of `spec` but a few fields, to which `revisionHistoryLimit` belongs from 1.33 on. From 1.37 on
 * the server tells of each field.
 */
export function validateStatefulSetUpdate(update: Update): void {
  if (update.check.minor < fieldsSince) validateWholeSpec(update);
  else
    for (const field of ['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy'])
      immutable(update, ['spec', field], help);
}

function validateWholeSpec(update: Update): void {
  const allowed =
    update.check.minor >= revisionHistoryLimitSince ? [...mutable, 'revisionHistoryLimit'] : mutable;
  const before = struct(update.old, 'spec');
  const kept = Object.fromEntries(allowed.map((field) => [field, before?.[field]]));
  const after = withFields(struct(update.next, 'spec'), kept);
  if (isSame(before, after)) return;
  refuse(update, 'Forbidden', {
    path: ['spec'],
    detail: `must not change once the StatefulSet exists, except for ${allowed.join(', ')}`,
    help,
    before,
    after,
  });
}
