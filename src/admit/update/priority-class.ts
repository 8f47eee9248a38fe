import { immutable, isUnchanged, refuse, type Update } from './update.ts';

export function validatePriorityClassUpdate(update: Update): void {
  const help = 'keep it, or give the new class another name';
  if (!isUnchanged(update, ['value'])) refuse(update, 'Forbidden', { path: ['value'], help });
  immutable(update, ['preemptionPolicy'], help);
}
