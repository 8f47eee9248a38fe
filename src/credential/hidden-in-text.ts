import { addressLogins, loginsWithoutScheme, tokensAlone } from './address-password.ts';
import { querySecrets } from './address-query.ts';
import { inCommands, type WordStretch } from './credentials-in-command.ts';
import { credentialByName } from './credentials-in-field.ts';
import { credentialsInText } from './credentials-in-text.ts';
import { isPhrase, phrasesInText } from './phrases-in-text.ts';
import { isRandom } from './random-text.ts';
import { secretKindOf } from './secret-name.ts';
import { mayBeSecretWord } from './secret-word.ts';
import type { Stretch } from './stretch.ts';

/** What to hide of a text of any kind: more than is reported, since plain words may be a passphrase as well as a label. */
export function hiddenInText(text: string): Stretch[] {
  const logins = addressLogins(text).filter(({ start, end }) => isRandom(text.slice(start, end)));
  const behind = inCommands(text, hiddenBehindOptions);
  return [
    ...credentialsInText(text),
    ...phrasesInText(text),
    ...behind,
    ...logins,
    ...tokensAlone(text),
    ...loginsWithoutScheme(text),
    ...querySecrets(text),
  ];
}

/** What to hide of the value of a field, a variable or a key by its name, and of `--name=value` by the name in it. */
export function hiddenInField(name: string, value: string): Stretch[] {
  return [byName(name, value) ?? inAssignment(value) ?? []].flat();
}

function byName(name: string, value: string): Stretch | undefined {
  if (isPhrase(value) && secretKindOf(name) !== undefined) return { start: 0, end: value.length };
  return credentialByName(name, value) ?? wordByName(name, value);
}

/** A single word by the name that it stands under, if it may be a secret. */
function wordByName(name: string, value: string): Stretch | undefined {
  const word = value.trim();
  const start = value.length - value.trimStart().length;
  return mayBeSecretWord(name, word) ? { start, end: start + word.length } : undefined;
}

/** `--password=several words`, as one item of a list; what separates the values of a line is a part of it here. */
function inAssignment(word: string): Stretch | undefined {
  const [, before = '', value = ''] = /^(-{0,2}[\w.-]{1,128}=)([^\n]+)$/u.exec(word) ?? [];
  const found = byName(before, value);
  return found && { start: before.length + found.start, end: before.length + found.end };
}

/** Words of a command of which the one before says that they are secret. */
export function hiddenBehindOptions(words: readonly string[]): WordStretch[] {
  return words.flatMap((text, word) => {
    const option = words[word - 1] ?? '';
    const isValue = /^-[\w.-]+$/u.test(option) && !text.startsWith('-');
    const found = isValue ? byName(option, text) : undefined;
    return found === undefined ? [] : [{ word, ...found }];
  });
}
