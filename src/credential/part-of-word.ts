import { isRandom } from './random-text.ts';

/**
 * Whether a text at a place of another one is words inside of a longer word, as the user `postgres` is in `postgresql`,
 * `accounts-db` in `accounts-db-config` and `https://github.com/` in the address of a repository. What is made up is found anywhere.
 */
export function isPartOfWord(words: string, at: number, text: string): boolean {
  if (!plainWords.test(text)) return false;
  const end = at + text.length;
  const isInside = continuesBefore(words, at) || continuesBehind(words, end, text);
  return isInside && !isRandom(text);
}

const plainWords = /^[A-Za-z]+(?:[-_./:]+[A-Za-z]+)*[-_./:]*$/u;

function continuesBefore(words: string, at: number): boolean {
  return /\w$|\w[-.]$/u.test(words.slice(Math.max(0, at - 2), at));
}

function continuesBehind(words: string, end: number, text: string): boolean {
  const behind = words.slice(end, end + 2);
  return /^\w|^[-.]\w/u.test(behind) || (text.includes('://') && /^\/\w/u.test(behind));
}
