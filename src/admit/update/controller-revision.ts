import { immutable, type Update } from './update.ts';

export function validateControllerRevisionUpdate(update: Update): void {
  immutable(update, ['data']);
}
