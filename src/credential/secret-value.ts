import { isPathOrPublic, isPlaceholder, isReference, isSetting } from './not-secret.ts';
import { hasInnerDigit, isRandom } from './random-text.ts';
import { type SecretKind, wordsOf } from './secret-name.ts';

/** Where a value stands: in a field of its own, or in a line of a text, where words may be prose, translations or code. */
export type ValuePlace = 'field' | 'text';

const shortest: Readonly<Record<ValuePlace, number>> = { field: 4, text: 5 };
const shortestKey = 6;
const longest = 4096;

/** Whether what stands behind the name of a secret is one. */
export function isSecretValue(name: string, kind: SecretKind, value: string, place: ValuePlace): boolean {
  const text = value.trim();
  if (text.length < (kind === 'key' ? shortestKey : shortest[place]) || text.length > longest) return false;
  if (isReference(text) || isPathOrPublic(text) || isSetting(text) || isPlaceholder(text)) {
    // Digits alone are a lifetime or a count behind other names; passwords are made of them.
    return kind === 'password' && /^\d{6,}$/u.test(text) && !isPlaceholder(text);
  }
  if (isSame(name, text)) return false;
  if (/\s/u.test(text)) return isPhrase(text, place);
  if (isRandom(text)) return true;
  return kind === 'password' ? isPassword(text, place) : isSpelledOddly(text);
}

/** A few words, one of them with a digit for a letter; prose has numbers. */
function isPhrase(text: string, place: ValuePlace): boolean {
  const words = text.split(/\s+/u);
  const isOdd = place === 'field' ? (word: string) => /[A-Za-z]\d|\d[A-Za-z]/u.test(word) : hasInnerDigit;
  return words.length <= 5 && words.some(isOdd);
}

/** `adminPassword: admin-password` is the name of a key. */
function isSame(name: string, text: string): boolean {
  return wordsOf(name).join(' ') === wordsOf(text).join(' ');
}

/** Capitals, and a digit in the place of a letter: people make up secrets so, and name things in small letters. */
function isSpelledOddly(text: string): boolean {
  return (
    text.length >= 8 &&
    /[A-Z]/u.test(text) &&
    !/^[xX]-/u.test(text) &&
    text.split(/[^A-Za-z0-9]/u).some((word) => hasInnerDigit(word) && !/^v\d/iu.test(word))
  );
}

function isPassword(text: string, place: ValuePlace): boolean {
  if (place === 'field') return !namesSecret(text);
  // `Passwort:` of a translation and `String!` of a schema are words as well.
  if (/^\p{L}[\p{L}\p{M}'’-]*[!?:*.…]*$/u.test(text)) return defaults.has(text);
  return /\d/u.test(text) || /[^A-Za-z0-9._/-]/u.test(text);
}

/** `orders-db-credentials`, `web-tls`: what Secrets are called. */
export function namesSecret(text: string): boolean {
  if (!/^[a-z]+(?:[-_./][a-z]+)+$/u.test(text)) return false;
  return wordsOf(text).some((word) => partsOfNames.has(word));
}

const partsOfNames: ReadonlySet<string> = new Set(
  'auth cert creds credential credentials key keys pass password pull secret secrets tls token'.split(' '),
);

/** Words that are passwords all over the world. */
const defaults: ReadonlySet<string> = new Set(
  'admin adminadmin changeit elastic guest letmein minioadmin mysql postgres qwerty root toor'.split(' '),
);
