import { isPathOrPublic, isPlaceholder, isReference, isSetting } from './not-secret.ts';
import { secretKindOf, wordsOf } from './secret-name.ts';
import { namesSecret } from './secret-value.ts';

// What is shorter stands by chance in half of all sentences.
const shortest = 5;
const longest = 4096;

/**
 * Whether a single word under the name of a secret may be one: enough to hide it where it stands, and not to report it, as things are
 * named by words as well.
 */
export function mayBeSecretWord(name: string, word: string): boolean {
  if (secretKindOf(name) === undefined || word.length < shortest || word.length > longest) return false;
  if (/\s/u.test(word) || isReference(word) || isPathOrPublic(word) || isSetting(word) || isPlaceholder(word))
    return false;
  const names = wordsOf(name);
  if (names.join(' ') === wordsOf(word).join(' ') || secretKindOf(word) !== undefined || namesSecret(word))
    return false;
  return !(namesObjects(names) && /^[a-z0-9]+(?:[-_./][a-z0-9]+)*$/u.test(word));
}

/** `tlsSecret`, `registry-credentials`: what is called so is usually the name of an object, and `secretKey` that of a key in one. */
function namesObjects(names: readonly string[]): boolean {
  const [last = '', before = ''] = names.toReversed();
  if (last === 'key') return before === 'secret';
  return /^(?:secret|credential)s?$/u.test(last) && !owners.has(before);
}

/** What has a secret, and keeps none of its own for others. */
const owners: ReadonlySet<string> = new Set(
  'api app client cookie encryption hmac jwt master session shared signing'.split(' '),
);
