import { closestWord } from '../diagnostic/closest-word.ts';

/** The field that `name` was probably meant to be: the same but for case, or a letter or two away. */
export function closestField(name: string, known: Iterable<string>): string | undefined {
  return closestWord(name, known, name.length < 5 ? 2 : 3);
}
