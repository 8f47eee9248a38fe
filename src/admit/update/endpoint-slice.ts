import { immutable, type Update } from './update.ts';

export function validateEndpointSliceUpdate(update: Update): void {
  immutable(update, ['addressType'], 'give the new slice another name');
}
