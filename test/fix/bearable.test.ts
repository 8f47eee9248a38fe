import { expect, it } from 'vitest';
import { runsWithin } from '../../src/diagnostic/runs-within.ts';
import { fixTree } from '../../src/fix/fix-tree.ts';
import type { Judgement } from '../../src/fix/judgement.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const file = { path: 'a.yaml', text: 'abcdefgh' };
const findingAt = (start: number, rule: string): Finding => ({
  rule,
  severity: 'warning',
  message: `${rule} ${start}`,
  span: { file, start, end: start },
  related: [],
  occurrences: [{ object: { apiVersion: 'v1', kind: 'Pod', name: `p${start}` } }],
  identities: [],
  fingerprint: `${start}`,
  knownAs: { key: '', home: '', written: '', marks: [] },
  ...(rule === 'new'
    ? {}
    : { fix: { description: 'x', edits: [{ span: { file, start, end: start }, text: 'x' }], changes: [] } }),
});

/** How many trees are judged where any fix brings a new finding, and why fixes are refused. */
function triedAmong(objects: number): { trees: number; whys: string[] } {
  const olds = [0, 2, 4, 6].map((start) => findingAt(start, 'old'));
  let trees = 0;
  const judge = (): Judgement => {
    trees += 1;
    const findings = trees === 1 ? olds : [findingAt(0, 'new')];
    const coverage = { builds: 1, objects, bytes: file.text.length };
    return { report: { findings, coverage } as unknown as Report, builds: new Map() };
  };
  const { refused } = fixTree(memoryFileSystem({ [file.path]: file.text }), judge);
  return { trees, whys: refused.map(({ why }) => why) };
}

it('fixes that cannot be made together are proven one by one where that is bearable, and are refused where it is not', () => {
  const few = triedAmong(10);
  expect(few.trees).toBe(8);
  expect(few.whys).toEqual(Array.from({ length: 4 }, () => 'new would be found: new 0'));
  const many = triedAmong(20_000);
  expect(many.trees).toBe(2);
  expect(many.whys.every((why) => why.includes('too many to check one by one'))).toBe(true);
  expect(many.whys).toHaveLength(4);
});

it('a large repository may be run over as often as a small one', () => {
  const coverage = (objects: number, bytes: number, builds = 1) => ({
    findings: [],
    coverage: { builds, objects, bytes },
  });
  expect(runsWithin(coverage(4_000, 900_000))).toBeLessThan(5);
  expect(runsWithin(coverage(400, 900_000))).toBeGreaterThan(20);
  expect(runsWithin(coverage(9_000, 12_000_000))).toBeGreaterThan(20);
  expect(runsWithin(coverage(0, 500_000, 9_000))).toBeLessThan(5);
});
