import { validateFrozenData } from './secret.ts';
import type { Update } from './update.ts';

export function validateConfigMapUpdate(update: Update): void {
  validateFrozenData(update, ['data', 'binaryData']);
}
