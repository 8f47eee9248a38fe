import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { report } from '../../src/index.ts';
import { formatNames } from '../../src/report/format.ts';
import { countIn } from '../support/call-counts.ts';
import { countWork } from '../support/count-work.ts';
import { heavyInputs } from '../support/heavy-inputs.ts';
import { lintFiles } from '../support/lint-files.ts';
import { project } from '../support/run-cli.ts';

const page = readFileSync(`${project}/docs/threats.md`, 'utf8');
const [, rest = ''] = page.split('## Growth with the input');
const [section = ''] = rest.split('\n## ');

/** Shape: what may be doubled, with the inputs of `heavyInputs` that double it. */
const rows = [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gmu)]
  .map(([, dimension = '', inputs = '']) => ({ dimension: dimension.trim(), inputs: inputs.split(';') }))
  .slice(1);

it.each([
  'aliases',
  'depth',
  'patches',
  'targets of patches',
  'replacements',
  'labels',
  'generators',
  'elements of a matrix',
  'policies',
  'objects below policies',
  'rules and clusters',
  'findings in all formats',
])('the page says what is measured where there are more %s', (dimension) => {
  expect(rows.filter((row) => row.dimension === dimension)).toHaveLength(1);
});

it('every input that the page names is doubled by a test, and every input that is doubled is on the page', () => {
  const named = rows.flatMap(({ inputs }) => inputs.map((input) => input.trim()));
  expect([...new Set(named)].sort()).toEqual([...Object.keys(heavyInputs), 'findings in all formats'].sort());
});

it('twice as many findings are about twice the work in each format', () => {
  const files = (count: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `c${index}.yaml`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index} }\ndata: { a: 1, b: [] }\nother: true\n`,
      ]),
    );
  const [few, many] = [40, 80].map((count) => lintFiles(files(count)));
  if (few === undefined || many === undefined) throw new Error('nothing was judged');
  expect(few.findings.length).toBeGreaterThan(100);
  expect(many.findings.length).toBe(few.findings.length * 2);
  // The engine forgets counts of code that it throws away: the smallest of three is the one to trust.
  const times = (format: (typeof formatNames)[number]): number =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const [one = 0, two = 0] = [few, many].map((result) => countWork(() => report(result, format)));
        return two / one;
      }),
    );
  for (const format of formatNames) report(few, format);
  const steep = formatNames.filter((format) => times(format) > 2.5);
  expect(steep).toEqual([]);
});

it.each(['junit', 'html'] as const)(
  '%s looks for the environments of a finding, not for the findings of each',
  (format) => {
    const count = 80;
    const result = lintFiles(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `o${index}/kustomization.yaml`,
          `resources: [missing${index}.yaml]\n`,
        ]),
      ),
    );
    expect(result.environments).toHaveLength(count);
    const { calls } = countIn(() => report(result, format));
    const looks = calls.get('placesOf src/report/finding/environment-names.ts') ?? 0;
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(10 * count);
  },
);
