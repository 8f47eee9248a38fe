import { describe, expect, it } from 'vitest';
import { cases, token } from './canary-cases.ts';
import { leaksOfReport, reportOf } from './canary-leaks.ts';

const phrase = 'marble lantern ostrich violet';
const encoded = btoa(phrase);

/** The same ways as of a token, for a value of plain words, of which replacements and policies take one. */
function withPhrase(text: string): string {
  return text
    .replaceAll(btoa(token), encoded)
    .replaceAll(token, phrase)
    .replaceAll('delimiter: "-"', 'delimiter: " "')
    .replaceAll("split('-')", "split(' ')");
}

/** Its words one after the other, and those that are not also said of something else. */
const traces = [
  'marble lantern',
  'lantern ostrich',
  'ostrich violet',
  'Lantern Ostrich',
  encoded,
  encoded.slice(0, 16),
];

// Addresses have no spaces, and what a policy computes of an object that is no Secret is shown.
const isElsewhere =
  /^(?:an address|address|the address|a line beside|a file in base64|a policy that says the value of|an argument, with an escape|a string of (?!properties with spaces|YAML|JSON|TOML))/u;

// What is broken in the middle, or has a character as an escape, has no word left.
const planted = Object.entries(cases).filter(
  ([name, files]) => !isElsewhere.test(name) && withPhrase(Object.values(files).join('')).includes(phrase),
);

describe.each(planted)('a passphrase by way of %s', (_, files) => {
  const own = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withPhrase(text)]));

  it('is in no report', () => {
    const report = reportOf(own);
    expect(report.findings.length + report.unchecked.length).toBeGreaterThan(0);
    expect(leaksOfReport(traces, report)).toEqual([]);
  });
});
