import { closestWord } from '../diagnostic/closest-word.ts';

/** The candidate that somebody probably meant by `word`, or undefined where none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return closestWord(word, candidates, Math.max(1, Math.floor(word.length / 3)) + 1);
}
