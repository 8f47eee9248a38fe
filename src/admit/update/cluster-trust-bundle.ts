import { immutable, type Update } from './update.ts';

export function validateClusterTrustBundleUpdate(update: Update): void {
  immutable(update, ['spec', 'signerName']);
}
