import { struct, texts } from '../validation/fields.ts';
import { immutable, refuse, type Update } from './update.ts';

const dualStackSince = 33;

/** A second range may be added; from the first to the last nothing else changes. */
export function validateServiceCidrUpdate(update: Update): void {
  const before = texts(struct(update.old, 'spec'), 'cidrs');
  const after = texts(struct(update.next, 'spec'), 'cidrs');
  const isExtended = before.length === 1 && after.length === 2;
  if (update.check.minor < dualStackSince || (before.length !== after.length && !isExtended)) {
    immutable(update, ['spec', 'cidrs']);
    return;
  }
  before.forEach((range, index) => {
    if (range !== after[index]) refuse(update, 'Invalid', { path: ['spec', 'cidrs', index] });
  });
}
