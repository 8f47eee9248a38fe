import { flag } from '../validation/fields.ts';
import { immutable, isUnchanged, refuse, type Update } from './update.ts';

export function validateSecretUpdate(update: Update): void {
  immutable(update, ['type'], 'keep the type, or give the Secret a new name');
  validateFrozenData(update, ['data']);
}

/** `immutable: true` freezes the data and itself. */
export function validateFrozenData(update: Update, lists: readonly string[]): void {
  if (flag(update.old, 'immutable') !== true) return;
  const help = 'give the changed one a new name, and use that';
  if (flag(update.next, 'immutable') !== true)
    refuse(update, 'Forbidden', { path: ['immutable'], detail: 'must stay true once it is', help });
  for (const list of lists)
    if (!isUnchanged(update, [list]))
      refuse(update, 'Forbidden', {
        path: [list],
        detail: 'must not change, as the object is immutable',
        help,
      });
}
