import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Severity } from '../../src/diagnostic/severity.ts';
import {
  belowCoverage,
  countBySeverity,
  counts,
  coveragePercent,
  exitCodeOf,
} from '../../src/report/finding/verdict.ts';
import type { FailOn } from '../../src/report/report.ts';

const severities: readonly Severity[] = ['error', 'warning', 'note'];

function findings(...given: readonly Severity[]): Diagnostic[] {
  return given.map((severity) => ({ severity }) as Diagnostic);
}

describe('the exit code', () => {
  it.each<[FailOn, readonly Severity[]]>([
    ['never', []],
    ['error', ['error']],
    ['warning', ['error', 'warning']],
    ['note', ['error', 'warning', 'note']],
  ])('is 1 with the threshold %s for %j, and 0 for all else', (failOn, failing) => {
    expect(severities.filter((one) => counts(one, failOn))).toEqual(failing);
    expect(severities.filter((one) => exitCodeOf(findings(one), [], failOn) === 1)).toEqual(failing);
    expect(exitCodeOf(findings(...severities), [], failOn)).toBe(failing.length === 0 ? 0 : 1);
    expect(exitCodeOf([], [], failOn)).toBe(0);
  });

  it('is 2 where something was not checked, whatever the threshold is and whatever was found', () => {
    for (const failOn of ['never', 'error', 'note'] as const)
      for (const found of [findings(), findings('error')]) expect(exitCodeOf(found, [{}], failOn)).toBe(2);
  });
});

describe('what is counted', () => {
  it('is each finding by its severity', () => {
    expect(countBySeverity(findings('note', 'error', 'note'))).toEqual({ error: 1, warning: 0, note: 2 });
  });
});

describe('coverage', () => {
  it.each([
    [0, 0, '0%'],
    [3, 8, '37.5%'],
    [1999, 2000, '99.9%'],
    [8, 8, '100%'],
  ])('of %d objects of %d is %s', (objectsJudged, objectsKnown, percent) => {
    expect(coveragePercent({ objectsJudged, objectsKnown })).toBe(percent);
  });

  it.each([
    [7, undefined, []],
    [7, 70, []],
    [6, 70, ['6 of 10 known objects were fully checked (60%), and 70% are required']],
  ])('of %d objects of 10 with at least %s percent', (objectsJudged, least, missing) => {
    expect(belowCoverage({ objectsJudged, objectsKnown: 10 }, least)).toEqual(
      missing.map((why) => ({ what: 'coverage', why })),
    );
  });
});
