import { struct, texts } from '../validation/fields.ts';
import { refuse, type Update } from './update.ts';

const dualStackSince = 34;

/** A second range may be added; from the first to the last nothing else changes. */
export function validateServiceCidrUpdate(update: Update): void {
  const before = texts(struct(update.old, 'spec'), 'cidrs');
  const after = texts(struct(update.next, 'spec'), 'cidrs');
  const isExtended = before.length === 1 && after.length === 2 && update.check.minor >= dualStackSince;
  if (before.length !== after.length && !isExtended) {
    refuse(update, 'Invalid', { path: ['spec', 'cidrs'] });
    return;
  }
  before.forEach((range, index) => {
    if (range !== after[index]) refuse(update, 'Invalid', { path: ['spec', 'cidrs', index] });
  });
}
