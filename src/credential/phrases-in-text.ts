import { isComment, isExpression, namesBefore } from './credentials-in-text.ts';
import { type NamedValue, namedValues } from './named-values.ts';
import { isSmallWord, isWordsAlone } from './prose-words.ts';
import { secretKindOf, wordsOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import { mayBeSecretWord } from './secret-word.ts';
import type { Stretch } from './stretch.ts';

/**
 * Where words stand under the name of a secret, as a passphrase does. They may as well be a label or a translation: enough to hide
 * them, and not to report them.
 */
export function phrasesInText(text: string): Stretch[] {
  const found: Stretch[] = [];
  const nameOf = namesBefore();
  let start = 0;
  for (const [number, line] of text.split('\n').entries()) {
    if (!isComment(line))
      for (const pair of [...namedValues(line, start), ...bareWords(line, start)])
        if (isHidden(nameOf(pair, number), pair)) found.push(pair);
    start += line.length + 1;
  }
  return found;
}

/** Plain words, a single one that is no code, or what is in quotes and would be a secret in a field: several of which one is spelled oddly. */
function isHidden(name: string, { value, isQuoted }: NamedValue): boolean {
  const kind = secretKindOf(name);
  if (kind === undefined) return false;
  if (isPhrase(value) || (isQuoted && !isOfSentence(value) && isSecretValue(name, kind, value, 'field')))
    return true;
  return (isQuoted || !isExpression(value)) && !isOfSentence(value) && mayBeSecretWord(name, value);
}

const bare = /^(\s*(?:-\s+)?([\w.-]{1,128})\s?[:=]\s{0,4})([A-Za-z][A-Za-z ]+[A-Za-z])\s*(?:\s#.*)?$/u;

/** Several words without quotes, which elsewhere are prose behind a name. */
function bareWords(line: string, offset: number): NamedValue[] {
  const [, before = '', name = '', value] = bare.exec(line) ?? [];
  if (value === undefined || !value.includes(' ')) return [];
  const start = offset + before.length;
  return [{ name, value, start, end: start + value.length, isQuoted: false }];
}

const shortest = 8;

/** Whether a value consists of plain words, none of which a sentence or a label needs. */
export function isPhrase(value: string): boolean {
  const text = value.trim();
  return text.length >= shortest && isWordsAlone(text) && !text.split(' ').some(isOfSentence);
}

/** Words between those that mean something, and those that speak of a secret. */
function isOfSentence(word: string): boolean {
  return isSmallWord(word) || wordsOf(word).some((one) => secretKindOf(one) !== undefined);
}
