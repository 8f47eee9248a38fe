import { validateSelectorUpdate } from './selector.ts';
import type { Update } from './update.ts';

export function validateDeploymentUpdate(update: Update): void {
  validateSelectorUpdate(update);
}
