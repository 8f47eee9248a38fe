import { validateSelectorUpdate } from './selector.ts';
import type { Update } from './update.ts';

export function validateDaemonSetUpdate(update: Update): void {
  validateSelectorUpdate(update);
}
