import { describe, expect, it } from 'vitest';
import { type Earlier, type Holds, pairFindings } from '../../src/report/finding/pair.ts';
import type { Finding } from '../../src/report/report.ts';

type Known = NonNullable<Earlier['knownAs']>;

function known(fingerprint: string, more: Partial<Known> = {}): Earlier {
  const knownAs = { key: fingerprint, home: 'a.yaml', written: '', marks: [], ...more };
  return { fingerprint, rule: 'r', knownAs };
}

/** By number, which of the earlier ones each finding is. */
function paired(
  findings: readonly Earlier[],
  earlier: readonly Earlier[],
  holds: Holds = () => true,
): number[] {
  const pairs = pairFindings(findings as readonly Finding[], earlier, holds);
  return findings.map((one) => earlier.indexOf(pairs.get(one as Finding) as Earlier));
}

describe('a finding is one from before', () => {
  it('by its fingerprint in its file, before anything else', () => {
    expect(paired([known('f', { key: 'k' })], [known('f', { key: 'l' })])).toEqual([0]);
    const home = { home: 'b.yaml' };
    expect(paired([known('f', { key: 'k' })], [known('f', { key: 'l', ...home })])).toEqual([-1]);
    expect(paired([known('f', { key: 'k' })], [known('g', { key: 'k' }), known('f', { key: 'l' })])).toEqual([
      1,
    ]);
    expect(paired([known('f')], [{ fingerprint: 'f', rule: 'r' }], () => false)).toEqual([-1]);
  });

  it('by its fingerprint where one of its objects is the same', () => {
    const one = known('f', { key: 'k', marks: ['m', 'n'] });
    expect(paired([one], [known('f', { key: 'l', marks: ['o'] })])).toEqual([-1]);
    expect(
      paired([one], [known('g', { key: 'k', marks: ['n'] }), known('f', { key: 'l', marks: ['n', 'o'] })]),
    ).toEqual([1]);
  });

  it('by an object in its file, or by what is written there', () => {
    const one = known('f', { key: 'k', marks: ['m'] });
    expect(paired([one], [known('g', { marks: ['n', 'm'] })])).toEqual([0]);
    expect(paired([one], [known('g', { marks: ['m'], home: 'b.yaml' })])).toEqual([-1]);
    const written = { key: 'k', written: 'w' };
    expect(paired([known('f', written)], [known('g', { ...written, marks: ['m'] })])).toEqual([0]);
    expect(paired([known('f', written)], [known('g', { key: 'k', marks: ['m'] })])).toEqual([-1]);
    expect(paired([known('f', written)], [known('g', { ...written, home: 'b.yaml' })])).toEqual([-1]);
  });

  it('by an object that its file holds no more', () => {
    const before = known('g', { marks: ['m'], home: 'b.yaml', written: 'w' });
    const holds =
      (file: string, written: string): Holds =>
      (...asked) =>
        asked.join() === `${file},${written}`;
    const one = known('f', { key: 'k', marks: ['m'] });
    expect(paired([one], [before], holds('b.yaml', 'w'))).toEqual([-1]);
    expect(paired([one], [before], holds('b.yaml', ''))).toEqual([0]);
    expect(paired([known('f', { marks: ['n'] })], [before], () => false)).toEqual([-1]);
  });

  it('by its words where it is about no object, and its file is gone', () => {
    const before = known('g', { key: 'k', home: 'b.yaml', written: 'w' });
    const one = known('f', { key: 'k' });
    expect(paired([one], [before], (file, written) => file === 'b.yaml' && written === '')).toEqual([-1]);
    expect(paired([one], [before], (_, written) => written === 'w')).toEqual([0]);
    const about = { key: 'k', marks: ['m'] };
    expect(paired([known('f', about)], [before], () => false)).toEqual([-1]);
    expect(paired([one], [known('g', { ...about, home: 'b.yaml' })], () => false)).toEqual([-1]);
  });
});

describe('what is paired', () => {
  it('is so once where it is about no object', () => {
    expect(paired([known('f'), known('f')], [known('f')])).toEqual([0, -1]);
    expect(paired([known('f'), known('f')], [known('f'), known('f')])).toEqual([0, 1]);
  });

  it('is so once for each of its objects', () => {
    const before = [known('f', { marks: ['m', 'n', 'o'] })];
    const of = (...marks: readonly string[]): Earlier => known('f', { key: marks.join(), marks });
    expect(paired([of('m'), of('n')], before)).toEqual([0, 0]);
    expect(paired([of('m'), of('m')], before)).toEqual([0, -1]);
    expect(paired([of('m', 'n'), of('n', 'o')], before)).toEqual([0, -1]);
  });
});
