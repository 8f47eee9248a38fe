import { validateSelectorUpdate } from './selector.ts';
import type { Update } from './update.ts';

export function validateReplicaSetUpdate(update: Update): void {
  validateSelectorUpdate(update);
}
