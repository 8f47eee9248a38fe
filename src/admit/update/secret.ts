import { isMapping } from '../../source/value.ts';
import { flag } from '../validation/fields.ts';
import { immutable, isUnchanged, refuse, type Update } from './update.ts';

export function validateSecretUpdate(update: Update): void {
  immutable(update, ['type'], 'keep the type, or give the Secret a new name');
  if (isFrozen(update)) validateFrozenMap(update, 'data', { hasDefault: false });
}

const help = 'give the changed one a new name, and use that';

/** `immutable: true` freezes the data, and itself. */
export function isFrozen(update: Update): boolean {
  if (flag(update.old, 'immutable') !== true) return false;
  if (flag(update.next, 'immutable') !== true)
    refuse(update, 'Forbidden', { path: ['immutable'], detail: 'must stay true once it is', help });
  return true;
}

/**
 * The server compares Go's maps (`reflect.DeepEqual`), where an empty one is not the none that was stored of it, save where the default
 * makes both empty.
 */
export function validateFrozenMap(
  update: Update,
  field: string,
  { hasDefault }: { readonly hasDefault: boolean },
): void {
  if (!isUnchanged(update, [field]))
    refuse(update, 'Forbidden', {
      path: [field],
      detail: 'must not change, because the object is immutable',
      help,
    });
  else if (!hasDefault && isEmptyMap(update, field))
    refuse(update, 'Forbidden', {
      path: [field],
      detail:
        'must not be an empty map, because the object is immutable and an empty map is stored as no map',
      help: 'leave it out',
    });
}

function isEmptyMap({ requested }: Update, field: string): boolean {
  const value = requested[field];
  return isMapping(value) && Object.keys(value).length === 0;
}
