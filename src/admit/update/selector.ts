import { immutable, type Update } from './update.ts';

/** `spec.selector` of what owns pods by it: the old pods would be nobody's. */
export function validateSelectorUpdate(update: Update): void {
  immutable(update, ['spec', 'selector'], 'keep the old selector, or give the object a new name');
}
