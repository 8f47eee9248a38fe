import { expect, it } from 'vitest';
import { chartBudget } from '../../src/chart/chart-budget.ts';
import type { Sources } from '../../src/source/load.ts';

const [steps, length] = [10_000_000, 50_000_000];

/** Sources of which so many bytes were read. */
function sourcesOf(bytes: number): Sources & { readonly counts: { bytes: number } } {
  return { counts: { bytes } } as unknown as Sources & { readonly counts: { bytes: number } };
}

it('one chart has the same budget wherever it stands', () => {
  expect(chartBudget()).toEqual({ steps, length });
  expect(chartBudget(sourcesOf(1000))).toMatchObject({ steps, length });
});

it('all charts of a run share one, which grows with the bytes that were read', () => {
  const sources = sourcesOf(1000);
  const { whole } = chartBudget(sources);
  expect(whole).toEqual({ steps: steps + 10_000, length: length + 100_000 });
  // Nothing is added for bytes that were counted already.
  expect(chartBudget(sources).whole).toBe(whole);
  expect(whole).toEqual({ steps: steps + 10_000, length: length + 100_000 });
  sources.counts.bytes += 5;
  chartBudget(sources);
  expect(whole).toEqual({ steps: steps + 10_050, length: length + 100_500 });
});

it('a chart has no more than what the others have left', () => {
  const sources = sourcesOf(0);
  const { whole } = chartBudget(sources);
  Object.assign(whole ?? {}, { steps: 3, length: 4 });
  expect(chartBudget(sources)).toMatchObject({ steps: 3, length: 4 });
  expect(chartBudget(sourcesOf(0))).toMatchObject({ steps, length });
});
