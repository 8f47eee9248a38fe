import { immutable, type Update } from './update.ts';

const looseSince = 30;

export function validateCsiDriverUpdate(update: Update): void {
  immutable(update, ['spec', 'attachRequired']);
  immutable(update, ['spec', 'volumeLifecycleModes']);
  if (update.check.minor >= looseSince) return;
  immutable(update, ['spec', 'fsGroupPolicy']);
  immutable(update, ['spec', 'podInfoOnMount']);
}
