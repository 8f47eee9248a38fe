import { immutable, type Update } from './update.ts';

export function validateCsiDriverUpdate(update: Update): void {
  immutable(update, ['spec', 'attachRequired']);
  immutable(update, ['spec', 'volumeLifecycleModes']);
}
