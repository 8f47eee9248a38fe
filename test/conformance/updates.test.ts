import { describe, expect, test } from 'vitest';
import { changesSpec, judgeUpdate, readUpdateCases } from '../support/update-cases.ts';
import { knownUpdateDifferences, oddGenerations } from '../support/update-differences.ts';

const cases = readUpdateCases();
const floor = { verdict: 99.5, field: 95 };

describe.skipIf(cases === undefined)(
  'what a real API server said to updates (../shared/admission/updates.jsonl.gz)',
  () => {
    const judgements = (cases ?? []).map(judgeUpdate);
    const refused = judgements.filter((one) => one.case.verdict === 'reject');

    test('is what we say', () => {
      const verdict = percent(judgements.filter((one) => one.isSameVerdict).length, judgements.length);
      const field = percent(refused.filter((one) => one.isSameField).length, refused.length);
      console.log(
        `updates: same verdict ${verdict.toFixed(2)} %, same field ${field.toFixed(2)} % of the refused`,
      );
      expect(verdict).toBeGreaterThanOrEqual(floor.verdict);
      expect(field).toBeGreaterThanOrEqual(floor.field);
    });

    test('raises the generation where we see a change, however it is written', () => {
      const counted = (cases ?? []).filter(
        ({ kind, verdict, generation }) =>
          verdict === 'accept' && generation !== undefined && !oddGenerations.has(kind),
      );
      expect(counted.length).toBeGreaterThan(1000);
      const wrong = counted.filter((entry) => changesSpec(entry) !== (entry.generation === 'raised'));
      expect(wrong.map(({ id }) => id)).toEqual([]);
    });

    test('differs from what we say where the table of differences says so, and nowhere else', () => {
      const wrong = judgements.filter((one) => !one.isSameVerdict);
      const unknown = wrong.filter((one) => !knownUpdateDifferences.has(one.case.id));
      expect(unknown.map((one) => `${one.case.id}: ${one.findings.join('; ')}`)).toEqual([]);
      const ids = new Set(wrong.map((one) => one.case.id));
      expect([...knownUpdateDifferences.keys()].filter((id) => !ids.has(id))).toEqual([]);
    });
  },
);

test.skipIf(cases !== undefined)('the shared updates are not here: nothing to compare with', () => {
  expect(cases).toBeUndefined();
});

function percent(part: number, whole: number): number {
  return (100 * part) / Math.max(whole, 1);
}
