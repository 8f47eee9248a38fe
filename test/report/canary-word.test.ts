import { describe, expect, it } from 'vitest';
import { cases, token } from './canary-cases.ts';
import { leaksOfReport, reportOf } from './canary-leaks.ts';

/** Where nothing tells a single word of letters from any other: docs/threats.md lists it as open. */
const isAnyWord = /^(?:generators, ConfigMapGenerator, .*|a ConfigMap with the same text)$/u;
const isNothing = /^$/u;

/** The same ways as of a token, for words that nobody's computer made up. */
describe.each<[string, RegExp]>([
  ['violet-lantern-ostrich', isNothing],
  ['Wolken!bruch', isNothing],
  ['lanternfish', isAnyWord],
])('the password %s by way of', (word, isElsewhere) => {
  it.each(Object.entries(cases).filter(([name]) => !isElsewhere.test(name)))('%s', (_, files) => {
    const own = Object.entries(files).map(([path, text]) => [
      path,
      text.replaceAll(btoa(token), btoa(word)).replaceAll(token, word),
    ]);
    expect(leaksOfReport([word, btoa(word)], reportOf(Object.fromEntries(own)))).toEqual([]);
  });
});
