import { immutable, type Update } from './update.ts';

export function validateCsiStorageCapacityUpdate(update: Update): void {
  immutable(update, ['nodeTopology']);
  immutable(update, ['storageClassName']);
}
