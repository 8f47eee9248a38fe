import { immutable, type Update } from './update.ts';

export function validateLeaseCandidateUpdate(update: Update): void {
  immutable(update, ['spec', 'leaseName']);
}
