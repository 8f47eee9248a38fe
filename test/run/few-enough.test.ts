import { describe, expect, it } from 'vitest';
import type { Settled } from '../../src/accept/settled.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Severity } from '../../src/diagnostic/severity.ts';
import { fewEnough } from '../../src/run/few-enough.ts';

const file = { path: 'a.yaml', text: '' };

function finding(at: number, severity: Severity = 'warning', more: Partial<Diagnostic> = {}): Diagnostic {
  return { rule: 'r', severity, message: 'm', span: { file, start: at, end: at }, related: [], ...more };
}

const many = (count: number, from = 0): Diagnostic[] =>
  Array.from({ length: count }, (_, index) => finding(from + index));
const most = 10_000;

function told(kept: readonly Diagnostic[], accepted: readonly Diagnostic[] = [], bytes = 0): Settled {
  return fewEnough(
    { kept, accepted: accepted.map((diagnostic) => ({ diagnostic, reason: '' })) } as Settled,
    bytes,
  );
}

describe('of a run is told', () => {
  it('everything, in its order, where there are not too many causes', () => {
    const kept = [...many(most - 1), finding(-1, 'error')];
    expect(told(kept)).toEqual({ kept, accepted: [] });
    expect(told(many(most + 5), [], 5_000).kept).toEqual(many(most + 5));
  });

  it('whatever happens often for one cause', () => {
    const kept = [finding(0, 'note'), ...many(most), ...many(most)];
    expect(told(kept, kept)).toEqual({
      kept,
      accepted: kept.map((diagnostic) => ({ diagnostic, reason: '' })),
    });
    const again = [...many(most + 1), finding(0)];
    expect(told(again).kept).toHaveLength(most + 2);
    expect(told(again).kept.filter(({ rule, span }) => rule === 'r' && span.start === 0)).toHaveLength(2);
  });

  it('the gravest otherwise, what is not checked before all, and that the rest is not', () => {
    const unchecked = finding(-1, 'note', { unchecked: 'u' });
    const first = finding(-5, 'note', { unchecked: 'u' });
    const note = finding(-2, 'note', { rule: 'left' });
    const errors = [finding(-3, 'error'), finding(-4, 'error')];
    const { kept } = told([finding(-6), first, ...many(most - 5), note, ...errors, unchecked]);
    expect(kept.slice(0, 4)).toEqual([first, unchecked, ...errors]);
    expect(kept).toHaveLength(most + 1);
    expect(kept).not.toContain(note);
    expect(kept.at(-1)).toMatchObject({
      rule: 'too-large',
      severity: 'error',
      isOfRun: true,
      unchecked: 'the remaining findings',
      message: `more than ${most} findings; only the most severe are reported, and the first one left out is left`,
    });
  });

  it('that more is accepted than anybody reads', () => {
    const { kept, accepted } = told([finding(-1)], [...many(most), finding(most, 'note', { rule: 'left' })]);
    expect(kept.map(({ rule }) => rule)).toEqual(['r', 'too-large']);
    expect(kept[1]?.message).toContain('left out is left');
    expect(accepted).toHaveLength(most);
    const both = told([...many(most), finding(most, 'note', { rule: 'kept' })], many(most + 1));
    const often = [finding(0, 'note'), ...many(most)];
    expect(told(often, many(most + 1)).kept.slice(0, -1)).toEqual(often);
    expect([both.kept.length, both.accepted.length]).toEqual([most + 1, most]);
    expect(both.kept.at(-1)?.message).toContain('left out is kept');
  });
});
