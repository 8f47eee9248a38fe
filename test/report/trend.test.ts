import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html/html.ts';
import { jsonReport } from '../../src/report/machine/json.ts';
import { deliverySummary } from '../../src/report/markdown/delivery-summary.ts';
import { type EarlierRun, readEarlierRun, trendOf } from '../../src/report/trend.ts';
import { lintFiles } from '../support/lint-files.ts';

const pod = (name: string, image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;
const only = { only: ['image-not-pinned'] };
const two = lintFiles({ 'a.yaml': pod('a', 'a'), 'b.yaml': pod('b', 'b') }, only);
const other = lintFiles({ 'a.yaml': pod('a', 'a'), 'c.yaml': pod('c', 'c'), 'd.yaml': pod('d', 'd') }, only);
const mixed = lintFiles(
  { 'a.yaml': pod('a', 'a'), 'b.yaml': pod('b', 'b'), 'c.yaml': `${pod('c', 'c:1.0.0')}  pods: 1\n` },
  { only: ['image-not-pinned', 'unknown-field'] },
);

function earlier(name: string, text: string): EarlierRun {
  const run = readEarlierRun(name, text);
  if (typeof run === 'string') throw new Error(run);
  return run;
}

const monday = earlier('monday', jsonReport(two));

describe('a trend', () => {
  it('counts what came and went between runs', () => {
    const points = trendOf([monday], other);
    expect(
      points.map(({ name, counts, findings, since }) => [name, counts.warning, findings, since]),
    ).toEqual([
      ['monday', 1, 2, undefined],
      ['this run', 1, 3, { new: 2, gone: 1 }],
    ]);
  });

  it('counts causes of a report of version 1, whose summary counts findings', () => {
    const { version: _, ...report } = JSON.parse(jsonReport(mixed)) as { version: 2; summary: object };
    const former = { ...report, version: 1, summary: { ...mixed.summary.places, suppressed: 0 } };
    const { counts, findings } = earlier('x', JSON.stringify(former));
    expect(counts).toEqual(earlier('y', jsonReport(mixed)).counts);
    expect(counts).toEqual({ error: 1, warning: 1, note: 0, suppressed: 0 });
    expect(findings).toBe(3);
  });

  it('is a table and a picture on the page, and in the navigation', () => {
    const page = htmlReport(other, { earlier: [monday] });
    expect(page).toContain('<a href="#trend">Trend</a>');
    expect(page).toContain('<h2 id="trend">Trend</h2>');
    expect(page).toContain(
      'aria-label="Causes of findings in 2 runs, from 1 to 1; the table below has the same data"',
    );
    expect(page).toContain(
      '<tr><th scope="row">monday</th><td class="number">0</td><td class="number">1</td><td class="number">0</td><td class="number">0</td><td class="number">2</td>',
    );
    expect(htmlReport(other)).not.toContain('id="trend"');
  });

  it('ends the delivery report', () => {
    expect(deliverySummary(other, [monday])).toMatch(
      /## Trend\n\n[\s\S]*\| <code>this run<\/code>|`this run`/u,
    );
    expect(deliverySummary(other)).not.toContain('Trend');
  });

  it('shows names of files as text', () => {
    const odd = { ...monday, name: '<img src=x>' };
    expect(htmlReport(other, { earlier: [odd] })).not.toContain('<img');
  });

  it.each([
    ['{', 'is not JSON'],
    ['[]', 'is not a JSON report of cdb-lint'],
    ['{"version":1,"summary":{},"coverage":[],"diagnostics":[]}', 'is not a JSON report of cdb-lint'],
    ['{"version":3,"summary":{},"coverage":{},"diagnostics":[]}', 'is not a JSON report of cdb-lint'],
  ])('of %s is refused', (text, why) => {
    expect(readEarlierRun('x', text)).toBe(why);
  });

  it('takes what is not a count for none', () => {
    const odd = '{"version":1,"summary":{"error":-1,"note":"x"},"coverage":{},"diagnostics":[1,{}]}';
    expect(earlier('x', odd).counts).toEqual({ error: 0, warning: 0, note: 0, suppressed: 0 });
  });
});
