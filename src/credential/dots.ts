import { addressLogins } from './address-password.ts';
import { querySecrets } from './address-query.ts';
import { credentialsByShape } from './credentials-in-text.ts';
import { type Stretch, withoutOverlaps } from './stretch.ts';

/** What stands in the place of a secret. */
export const dots = '••••••';

/** A text with dots for stretches of it, which are in order and apart. */
export function withDots(text: string, covered: readonly Stretch[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of covered) {
    shown += text.slice(at, start) + dots;
    at = end;
  }
  return shown + text.slice(at);
}

/** Words without what has the shape of a credential, e.g. the password of an address, or stands in the query of one. */
export function withoutCredentials(words: string): string {
  const found = [...credentialsByShape(words), ...addressLogins(words), ...querySecrets(words)];
  return withDots(words, withoutOverlaps(found));
}
