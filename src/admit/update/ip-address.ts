import { immutable, type Update } from './update.ts';

export function validateIpAddressUpdate(update: Update): void {
  immutable(update, ['spec', 'parentRef']);
}
