import { isPlaceholder, isReference, isSetting } from './not-secret.ts';
import { secretKindOf, wordsOf } from './secret-name.ts';
import type { Stretch } from './stretch.ts';

const parameters = /[?&#][\w.~-]{1,64}=[^\s?&#"'`<>|]{4,4096}/gu;

/**
 * What may be a secret in the query or the fragment of an address, for whoever shows one: `?token=…`, `&sig=…`, `#access_token=…`. What
 * a gate is opened by stands there, whatever it looks like.
 */
export function querySecrets(text: string): Stretch[] {
  return [...text.matchAll(parameters)].flatMap(({ 0: found, index }) => {
    const sign = found.indexOf('=');
    if (!isSecret(found.slice(0, sign), found.slice(sign + 1))) return [];
    return [{ start: index + sign + 1, end: index + found.length }];
  });
}

function isSecret(name: string, value: string): boolean {
  if (isReference(value) || isPlaceholder(value) || isSetting(value)) return false;
  if (secretKindOf(name) !== undefined) return true;
  return others.has(wordsOf(name).at(-1) ?? '');
}

/** What else opens a gate. */
const others: ReadonlySet<string> = new Set(['auth', 'code', 'key', 'sig', 'signature']);
