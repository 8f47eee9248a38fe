import { isMapping, isSequence, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { credentialsBelow } from './credentials-below.ts';
import { credentialsInField } from './credentials-in-field.ts';
import { dots, withoutCredentials } from './dots.ts';
import { hiddenInField } from './hidden-in-text.ts';
import { runsOf } from './secret-phrases.ts';
import type { Stretch } from './stretch.ts';

/** What a template says of what it is given, with dots for values that look like credentials and for those of Secrets. */
export function withoutValues(
  words: string,
  given: readonly Value[],
  secrets: readonly Value[] = [],
): string {
  const texts = [...given.flatMap(credentialsIn), ...secrets.flatMap(scalarsIn).filter(isTelling)];
  const parts = [...texts, ...runsOf(texts)];
  const written = [...new Set(parts.flatMap(waysToWrite))].sort((a, b) => b.length - a.length);
  return withoutCredentials(written.reduce((left, text) => left.replaceAll(text, dots), words));
}

function credentialsIn(given: Value): string[] {
  if (!isMapping(given)) return [];
  return [...credentialsBelow(given, [], hiddenIn)].flatMap(({ path, within: { start, end } }) => {
    const value = valueAt(given, path);
    return value === undefined ? [] : [valueText(value).slice(start, end)];
  });
}

function hiddenIn(name: string | undefined, value: string): Stretch[] {
  return [...credentialsInField(name, value), ...hiddenInField(name ?? '', value)];
}

function scalarsIn(value: Value): string[] {
  if (isSequence(value)) return value.flatMap(scalarsIn);
  if (isMapping(value)) return Object.values(value).flatMap((one) => scalarsIn(one ?? null));
  return [valueText(value)];
}

// Shorter ones stand in any sentence by chance.
const shortestSecret = 5;

function isTelling(text: string): boolean {
  return text.length >= shortestSecret && text !== 'false' && text !== 'default';
}

/** A text as it is, in capitals and in small letters, within quotes and in base64. */
function waysToWrite(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const cased = [text, text.toUpperCase(), text.toLowerCase()];
  return [
    ...cased,
    JSON.stringify(text).slice(1, -1),
    btoa(String.fromCodePoint(...bytes.slice(0, longest))),
  ];
}

const longest = 4096;
