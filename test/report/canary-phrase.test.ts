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

// The message of a template is free text; addresses and arguments have no spaces.
const isElsewhere = /^(?:address|the address|a template that fails|variables beside|a line beside)/u;

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
