import { describe, expect, it } from 'vitest';
import { credentialsInWords } from '../../src/credential/credentials-in-command.ts';
import { credentialsInField } from '../../src/credential/credentials-in-field.ts';
import { credentialsInText } from '../../src/credential/credentials-in-text.ts';
import { withoutOverlaps } from '../../src/credential/stretch.ts';
import { leakingCommands, leakingFields, leakingTexts } from './leaks.ts';
import { harmlessCommands, harmlessFields, harmlessTexts } from './non-secrets.ts';
import { textsOf, unmarked } from './unmarked.ts';

function inCommand(words: readonly string[]): string[] {
  const found = credentialsInWords(words);
  return words.flatMap((word, index) =>
    textsOf(
      word,
      withoutOverlaps([...found.filter((one) => one.word === index), ...credentialsInText(word)]),
    ),
  );
}

describe('a credential', () => {
  it.each(leakingFields)('is found in the field %s: %s', (name, template) => {
    const { text, marked } = unmarked(template);
    expect(marked.length).toBeGreaterThan(0);
    expect(textsOf(text, credentialsInField(name, text))).toEqual(textsOf(text, marked));
  });

  it.each(Object.entries(leakingTexts))('is found in %s', (_, template) => {
    const { text, marked } = unmarked(template);
    expect(marked.length).toBeGreaterThan(0);
    expect(textsOf(text, credentialsInText(text))).toEqual(textsOf(text, marked));
  });

  it.each(leakingCommands.map((words) => [words]))('is found in the command %j', (words) => {
    const all = words.map(unmarked);
    const marked = all.flatMap(({ text, marked: stretches }) => textsOf(text, stretches));
    expect(marked.length).toBeGreaterThan(0);
    expect(inCommand(all.map(({ text }) => text))).toEqual(marked);
  });
});

describe('no credential', () => {
  it.each(harmlessFields)('is found in the field %s: %s', (name, value) => {
    expect(textsOf(value, credentialsInField(name, value))).toEqual([]);
  });

  it.each(Object.entries(harmlessTexts))('is found in %s', (_, text) => {
    expect(textsOf(text, credentialsInText(text))).toEqual([]);
  });

  it.each(harmlessCommands.map((words) => [words]))('is found in the command %j', (words) => {
    expect(inCommand(words)).toEqual([]);
  });
});

it('the samples are many', () => {
  const leaks = leakingFields.length + Object.keys(leakingTexts).length + leakingCommands.length;
  const others = harmlessFields.length + Object.keys(harmlessTexts).length + harmlessCommands.length;
  expect(leaks).toBeGreaterThan(110);
  expect(others).toBeGreaterThan(110);
});
