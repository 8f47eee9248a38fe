import { immutable, type Update } from './update.ts';

export function validateIngressClassUpdate(update: Update): void {
  immutable(update, ['spec', 'controller'], 'keep it, or give the new class another name');
}
