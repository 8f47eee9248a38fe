import { immutable, type Update } from './update.ts';

export function validateStorageClassUpdate(update: Update): void {
  for (const field of ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'])
    immutable(update, [field], 'keep it, or give the new class another name');
}
