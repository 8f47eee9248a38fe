import { isFrozen, validateFrozenMap } from './secret.ts';
import type { Update } from './update.ts';

export function validateConfigMapUpdate(update: Update): void {
  if (!isFrozen(update)) return;
  validateFrozenMap(update, 'data', { hasDefault: true });
  validateFrozenMap(update, 'binaryData', { hasDefault: false });
}
