import { describe, expect, it } from 'vitest';
import { cases, token } from './canary-cases.ts';
import { leaksOfReport, reportOf } from './canary-leaks.ts';

// What stands there may as well be the name of a user or of a page.
const isName = /, (?:as a code|before its host, alone)$/u;

/** Where nothing tells a single word of letters from any other: docs/threats.md lists it as open. */
const isAnyWord =
  /^(?:patches, other in a file, target by (?:name|label)|generators, ConfigMapGenerator, .*|a ConfigMap with the same text|variables beside a finding)$/u;

/** The same ways as of a token, for words that nobody's computer made up. */
describe.each<[string, RegExp]>([
  ['violet-lantern-ostrich', isName],
  ['Wolken!bruch', isName],
  ['lanternfish', new RegExp(`${isName.source}|${isAnyWord.source}`, 'u')],
])('the password %s by way of', (word, isElsewhere) => {
  it.each(Object.entries(cases).filter(([name]) => !isElsewhere.test(name)))('%s', (_, files) => {
    const own = Object.entries(files).map(([path, text]) => [
      path,
      text.replaceAll(btoa(token), btoa(word)).replaceAll(token, word),
    ]);
    expect(leaksOfReport([word, btoa(word)], reportOf(Object.fromEntries(own)))).toEqual([]);
  });
});
