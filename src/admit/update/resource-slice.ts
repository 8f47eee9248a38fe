import { immutable, type Update } from './update.ts';

/** Devices come and go; whose they are does not change (`validateResourceSliceSpec` of 1.36, and of 1.31). */
export function validateResourceSliceUpdate(update: Update): void {
  immutable(update, ['spec', 'pool', 'name']);
  immutable(update, ['spec', 'driver']);
  immutable(update, ['spec', 'nodeName']);
}
