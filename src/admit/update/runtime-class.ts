import { immutable, type Update } from './update.ts';

export function validateRuntimeClassUpdate(update: Update): void {
  immutable(update, ['handler'], 'keep it, or give the new class another name');
}
