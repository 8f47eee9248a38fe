import { isCommonWord } from './prose-words.ts';

const phrase = /^\S+(?: \S+){1,11}$/u;
const shortestRun = 8;

/** The words of a value that is a few words, as a passphrase is; none for all others. */
function phraseOf(value: string): readonly string[] {
  const bare = value.trim().replace(/^(["'])(.*)\1$/u, '$2');
  return phrase.test(bare) ? bare.split(' ') : [];
}

/** Two words of a passphrase and more, one after the other, by which a part of it is known wherever it stands. */
export function runsOf(values: readonly string[]): string[] {
  const found: string[] = [];
  for (const value of values) {
    const words = phraseOf(value);
    for (let from = 0; from < words.length; from++)
      for (let to = from + 2; to <= words.length; to++) {
        const run = words.slice(from, to);
        const text = run.join(' ');
        if (text.length >= shortestRun && !run.every(isCommon)) found.push(text);
      }
  }
  return found;
}

/** Each word of a passphrase that no sentence needs. */
export function wordsOfPhrases(values: readonly string[]): string[] {
  return values.flatMap((value) => phraseOf(value).filter((word) => !isCommon(word)));
}

/** Whether it tells nothing, whatever signs stand around it. */
function isCommon(word: string): boolean {
  const letters = word.replaceAll(/[^A-Za-z0-9]/gu, '');
  return letters === '' || isCommonWord(letters);
}
