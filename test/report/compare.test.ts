import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/diagnostic/severity.ts';
import { type ComparedRuns, compareReports } from '../../src/report/finding/compare.ts';
import type { Finding, Report, Unchecked } from '../../src/report/report.ts';
import { madeFinding } from '../support/made-finding.ts';

function finding(name: string, severity: Severity = 'error', unchecked?: string): Finding {
  return madeFinding(name, severity, unchecked === undefined ? {} : { unchecked });
}

function report(findings: readonly Finding[] = [], more: Partial<Report> = {}): Report {
  const unchecked = findings.flatMap(({ unchecked: what, message: why }) =>
    what === undefined ? [] : [{ what, why }],
  );
  return {
    findings,
    suppressed: [],
    secrets: [],
    policies: [],
    summary: { suppressed: 0 },
    unchecked,
    failOn: 'error',
    ...more,
  } as unknown as Report;
}

type Given = Partial<Omit<ComparedRuns, 'base' | 'head'>>;

function compare(base: Report, head: Report, given: Given = {}): Report {
  const otherwise = { weakened: [], isReached: () => true, holds: () => true, name: 'main' };
  return compareReports({ ...otherwise, base, head, ...given });
}

/** What counts, what is as before, what is gone, what is not checked, what was not before, and the exit code. */
function said({ findings, compared, unchecked, exitCode }: Report): unknown {
  const names = (some: readonly Finding[] = []): string => some.map(({ message }) => message).join(' ');
  const words = (some: readonly Unchecked[] = []): string =>
    some.map(({ what, why }) => `${what}: ${why}`).join(', ');
  return {
    fresh: names(findings),
    before: names(compared?.before),
    gone: names(compared?.gone),
    unchecked: words(unchecked),
    uncheckedBefore: words(compared?.uncheckedBefore),
    exitCode,
  };
}

const nothing = { fresh: '', before: '', gone: '', unchecked: '', uncheckedBefore: '', exitCode: 0 };

describe('of a change counts', () => {
  it('what it brings, next to what is as before and what is gone', () => {
    const compared = compare(report([finding('a'), finding('b')]), report([finding('b'), finding('c')]));
    expect(said(compared)).toEqual({ ...nothing, fresh: 'c', before: 'b', gone: 'a', exitCode: 1 });
    expect(compared.summary).toMatchObject({ error: 1, warning: 0, places: { error: 1 } });
    expect(compared.compared?.base).toBe('main');
    expect(said(compare(report(), report()))).toEqual(nothing);
  });

  it.each<[Severity, Severity, boolean]>([
    ['warning', 'error', true],
    ['error', 'error', false],
    ['error', 'warning', false],
  ])('what was %s and is %s: %s', (before, after, isFresh) => {
    const { findings } = compare(report([finding('a', before)]), report([finding('a', after)]));
    expect(findings.length).toBe(isFresh ? 1 : 0);
  });

  it('nothing that the baseline of the base knew, nor as gone what is accepted now', () => {
    const known = [{ finding: finding('a'), since: '2026-11-23' }];
    const base = report([], { baseline: { file: 'b.json', known, fixed: [], unseen: [] } });
    expect(said(compare(base, report([finding('a')])))).toEqual({ ...nothing, before: 'a' });
    const accepting = report([], { suppressed: [{ finding: finding('a'), reason: 'r' }] });
    expect(said(compare(report([finding('a')]), accepting))).toEqual(nothing);
  });

  it('what it does to the rules, whatever was there before', () => {
    const compared = compare(report([finding('a')]), report([finding('a')]), { weakened: [finding('a')] });
    expect(said(compared)).toEqual({ ...nothing, fresh: 'a', before: 'a', exitCode: 1 });
  });

  it('what the rules of the base say as well, each finding once and as the graver', () => {
    const head = report([finding('a', 'warning'), finding('b')], { secrets: ['one'] as never });
    const strict = report([finding('a'), finding('b', 'warning'), finding('c', 'note')], {
      secrets: ['two'] as never,
    });
    const compared = compare(report(), head, { strict });
    expect(compared.findings.map(({ message, severity }) => `${message} ${severity}`)).toEqual([
      'a error',
      'b error',
      'c note',
    ]);
    expect(compared.secrets).toEqual(['one', 'two']);
    expect(compare(report(), head).secrets).toEqual(['one']);
    expect(said(compare(report(), head))).toMatchObject({ fresh: 'a b', exitCode: 1 });
  });
});

describe('what is not checked', () => {
  const open = finding('a', 'error', 'a.yaml');

  it('counts where the base checked it', () => {
    const told = { unchecked: 'a.yaml: a', exitCode: 2 };
    expect(said(compare(report(), report([open])))).toEqual({ ...nothing, ...told, fresh: 'a' });
    // A finding of the same name that was checked.
    expect(said(compare(report([finding('a')]), report([open]), { isReached: () => false }))).toEqual({
      ...nothing,
      ...told,
      fresh: 'a',
    });
  });

  it('is as before where the base did not check it either, unless the change has to do with it', () => {
    const both = [report([open]), report([open])] as const;
    expect(said(compare(...both, { isReached: () => false }))).toEqual({
      ...nothing,
      before: 'a',
      uncheckedBefore: 'a.yaml: a',
    });
    expect(said(compare(...both))).toEqual({ ...nothing, fresh: 'a', unchecked: 'a.yaml: a', exitCode: 2 });
  });

  it('counts where one of its causes is new', () => {
    const other = finding('b', 'error', 'a.yaml');
    const compared = compare(report([open]), report([open, other]), { isReached: () => false });
    expect(said(compared)).toEqual({
      ...nothing,
      fresh: 'b',
      before: 'a',
      unchecked: 'a.yaml: a, a.yaml: b',
      exitCode: 2,
    });
  });

  it('for no finding is as before with the same words, unless the change has to do with it', () => {
    const lacking = (why: string): Report => report([], { unchecked: [{ what: 'coverage', why }] });
    const is = (isReached: boolean, ...both: readonly [Report, Report]): unknown =>
      said(compare(...both, { isReached: () => isReached }));
    const told = { ...nothing, unchecked: 'coverage: x', exitCode: 2 };
    expect(is(false, lacking('x'), lacking('x'))).toEqual({ ...nothing, uncheckedBefore: 'coverage: x' });
    const other = report([finding('c')], { unchecked: lacking('x').unchecked });
    expect(is(false, lacking('x'), other)).toMatchObject({ fresh: 'c', uncheckedBefore: 'coverage: x' });
    expect(is(true, lacking('x'), lacking('x'))).toEqual(told);
    expect(is(false, lacking('y'), lacking('x'))).toEqual(told);
    expect(is(false, report(), lacking('x'))).toEqual(told);
  });

  it('by the rules of the base is not checked, once', () => {
    const lacking = (...whats: readonly string[]): Report =>
      report([], { unchecked: whats.map((what) => ({ what, why: 'x' })) });
    expect(said(compare(report(), lacking('a'), { strict: lacking('a', 'b') }))).toMatchObject({
      unchecked: 'a: x, b: x',
    });
  });
});
