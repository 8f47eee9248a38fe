import { struct, structs, text } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { refuse, type Update, withFields } from './update.ts';

const mutableAllocatableSince = 35;

/** A driver that stays on the node keeps its fields. */
export function validateCsiNodeUpdate(update: Update): void {
  const after = structs(struct(update.next, 'spec'), 'drivers');
  const comparable = update.check.minor >= mutableAllocatableSince ? { allocatable: undefined } : {};
  for (const old of structs(struct(update.old, 'spec'), 'drivers'))
    for (const next of after.filter((driver) => text(driver, 'name') === text(old, 'name')))
      if (!isSame(withFields(old, comparable), withFields(next, comparable)))
        refuse(update, 'Invalid', {
          path: ['spec', 'drivers'],
          detail: 'must not change once the driver is registered',
        });
}
