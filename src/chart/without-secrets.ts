import { credentialsBelow } from '../credential/credentials-below.ts';
import { credentialsInField } from '../credential/credentials-in-field.ts';
import { dots, withoutCredentials } from '../credential/dots.ts';
import { hiddenInField } from '../credential/hidden-in-text.ts';
import { runsOf } from '../credential/secret-phrases.ts';
import type { Stretch } from '../credential/stretch.ts';
import { isMapping, isSequence, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { plainOf } from '../template/value/from-value.ts';
import type { GoMap } from '../template/value/model.ts';
import type { Chart } from './chart.ts';
import type { Release } from './release.ts';

/** What a chart says when it refuses its values, with dots for those that look like credentials and for those of Secrets. */
export function withoutSecrets(
  message: string,
  chart: Chart,
  { values, secrets = [] }: Pick<Release, 'values' | 'secrets'>,
): string {
  const texts = [
    ...credentialsIn(values),
    ...defaultsOf(chart).flatMap(credentialsIn),
    ...secrets.flatMap((one) => scalarsIn(plainOf(one.value))).filter(isTelling),
  ];
  const parts = [...texts, ...runsOf(texts)];
  const written = [...new Set(parts.flatMap(waysToWrite))].sort((a, b) => b.length - a.length);
  return withoutCredentials(written.reduce((words, text) => words.replaceAll(text, dots), message));
}

function credentialsIn(values: GoMap): string[] {
  const plain = plainOf(values);
  if (!isMapping(plain)) return [];
  return [...credentialsBelow(plain, [], hiddenIn)].flatMap(({ path, within: { start, end } }) => {
    const value = valueAt(plain, path);
    return value === undefined ? [] : [valueText(value).slice(start, end)];
  });
}

function hiddenIn(name: string | undefined, value: string): Stretch[] {
  return [...credentialsInField(name, value), ...hiddenInField(name ?? '', value)];
}

function defaultsOf({ values, dependencies }: Chart): GoMap[] {
  return [values, ...dependencies.flatMap(defaultsOf)];
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
