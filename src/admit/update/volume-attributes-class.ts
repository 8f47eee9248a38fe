import { isUnchanged, refuse, type Update } from './update.ts';

export function validateVolumeAttributesClassUpdate(update: Update): void {
  for (const field of ['driverName', 'parameters'])
    if (!isUnchanged(update, [field]))
      refuse(update, 'Forbidden', { path: [field], help: 'keep it, or give the new class another name' });
}
