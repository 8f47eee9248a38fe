import { struct, texts } from '../validation/fields.ts';
import { refuse, type Update } from './update.ts';

/** `spec.scopes` as a set. */
export function validateResourceQuotaUpdate(update: Update): void {
  const before = new Set(texts(struct(update.old, 'spec'), 'scopes'));
  const after = new Set(texts(struct(update.next, 'spec'), 'scopes'));
  if (before.size !== after.size || [...before].some((scope) => !after.has(scope)))
    refuse(update, 'Invalid', { path: ['spec', 'scopes'] });
}
