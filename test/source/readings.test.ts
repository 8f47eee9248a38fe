import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Answer, compareReadings } from '../fuzz/compare.ts';
import { reasonNames } from '../fuzz/deliberate.ts';

/** A text and what kustomize 5.8.2, kubectl 1.36, Flux 2.9 and Argo CD 3.6 read of it (test/fuzz/record.mjs). */
type Row = readonly [text: string, answer: Answer];

const rows = JSON.parse(
  readFileSync(new URL('fixtures/readings.json', import.meta.url), 'utf8'),
) as readonly Row[];

test('the table is there', () => {
  expect(rows.length).toBeGreaterThan(500);
});

/** A text in ASCII, short enough for the name of a test. */
function nameOf(text: string): string {
  const escaped = JSON.stringify(text).replace(
    /[^\x20-\x7e]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return escaped.replace(/(.)\1{50,}/g, '$1…').slice(0, 200);
}

test.each(rows.map(([text, answer]) => ({ name: nameOf(text), text, answer })))(
  'what is read of $name is what the cluster reads',
  ({ text, answer }) => {
    const others = compareReadings(text, answer).filter(
      ({ verdict }) => verdict !== 'agree' && verdict !== 'told',
    );
    expect(others).toEqual([]);
  },
);

test('most of what the readers agree on is read without a word', () => {
  const verdicts = rows.flatMap(([text, answer]) => compareReadings(text, answer));
  const told = verdicts.filter(({ verdict }) => verdict === 'told');
  expect(told.length).toBeLessThan(verdicts.length / 4);
});

test('each reason to differ on purpose is needed', () => {
  const needed = new Set(
    rows.flatMap(([text, answer]) => compareReadings(text, answer).map(({ because }) => because)),
  );
  // Only a kustomization has such fields, and patches.
  expect(reasonNames.filter((name) => !needed.has(name))).toEqual([
    'merge within a merge in a patch',
    'field in two spellings',
  ]);
});
