import { describe, expect, it } from 'vitest';
import { applySuppressions, type SuppressionContext } from '../../src/accept/apply-suppressions.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { lineKey, objectKey, type Suppression } from '../../src/diagnostic/suppression.ts';

const file = { path: 'a.yaml', text: 'one\ntwo\nthree\n' };
const span = { file, start: 0, end: 3 };
const object = { apiVersion: 'v1', kind: 'Pod', name: 'a' };

function finding(more: Partial<Diagnostic> = {}): Diagnostic {
  return { rule: 'unknown-field', severity: 'error', message: 'm', span, related: [], ...more };
}

function suppression(more: Partial<Suppression> = {}): Suppression {
  const at = { file, start: 4, end: 7 };
  return {
    by: 'comment',
    rule: 'unknown-field',
    reason: 'known',
    span: at,
    covers: () => true,
    ...more,
  };
}

function apply(
  findings: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  more: Partial<SuppressionContext> = {},
): { kept: readonly (readonly [rule: string, severity: string, message: string])[]; accepted: unknown[] } {
  const { kept, accepted } = applySuppressions(findings, {
    suppressions,
    today: '2026-11-23',
    knownRules: ['unknown-field', 'image-not-pinned'],
    runRules: ['unknown-field'],
    isWhole: true,
    ...more,
  });
  return {
    kept: kept.map(({ rule, severity, message }) => [rule, severity, message]),
    accepted: accepted.map(({ reason, isInline }) => [reason, isInline]),
  };
}

const own = ['unknown-field', 'error', 'm'];
const unused = (by = 'comment'): string[] => [
  'suppression-unused',
  'warning',
  `the ${by} that accepts unknown-field matches no finding`,
];

describe('a finding', () => {
  it.each<[Suppression['by'], boolean | undefined]>([
    ['comment', true],
    ['annotation', true],
    ['exclusion', undefined],
    ['approval', undefined],
  ])('is accepted by a %s', (by, isInline) => {
    expect(apply([finding()], [suppression({ by })])).toEqual({ kept: [], accepted: [['known', isInline]] });
  });

  it('is kept where nothing covers it', () => {
    expect(apply([finding()], [])).toEqual({ kept: [own], accepted: [] });
    expect(apply([finding()], [suppression({ covers: () => false })]).kept).toEqual([own, unused()]);
    expect(apply([finding({ rule: 'image-not-pinned' })], [suppression()]).accepted).toEqual([]);
  });

  it('is covered at its line, or as its object, where the suppression speaks of one', () => {
    const accepts = (key: string, diagnostic = finding()): boolean =>
      apply([diagnostic], [suppression({ key })]).accepted.length === 1;
    expect(accepts(lineKey(span))).toBe(true);
    expect(accepts(lineKey({ file, start: 4, end: 5 }))).toBe(false);
    expect(accepts(objectKey(object))).toBe(false);
    expect(accepts(objectKey(object), finding({ object }))).toBe(true);
    expect(accepts(objectKey({ ...object }), finding({ object }))).toBe(true);
    expect(accepts(objectKey({ ...object, name: 'b' }), finding({ object }))).toBe(false);
  });

  it('says with its reason who accepts it, and until when', () => {
    const reasons = [{ owner: 'team' }, { expires: '2026-11-23' }, { owner: 'team', expires: '2027-01-31' }];
    expect(reasons.map((more) => apply([finding()], [suppression(more)]).accepted)).toEqual([
      [['known (team)', true]],
      [['known (until 2026-11-23)', true]],
      [['known (team, until 2027-01-31)', true]],
    ]);
  });

  it('that something was not checked is accepted under notJudged alone, which accepts nothing else', () => {
    const unchecked = finding({ unchecked: 'all' });
    expect(apply([unchecked], [suppression()]).kept).toEqual([own, unused()]);
    expect(apply([unchecked], [suppression({ by: 'entry of notJudged' })]).kept).toEqual([]);
    expect(apply([finding()], [suppression({ by: 'entry of notJudged' })]).kept).toEqual([
      own,
      unused('entry of notJudged'),
    ]);
  });

  it('is accepted once, by the first of several, which are all needed', () => {
    const other = suppression({ reason: 'other', span: { file, start: 8, end: 9 } });
    expect(apply([finding()], [suppression(), other])).toEqual({ kept: [], accepted: [['known', true]] });
  });
});

describe('a suppression', () => {
  it('does not hold after its last day, and says so', () => {
    const expired = suppression({ expires: '2026-11-22' });
    const words = 'the comment that accepts unknown-field has expired on 2026-11-22';
    expect(apply([finding()], [expired]).kept).toEqual([own, ['suppression-expired', 'warning', words]]);
    expect(apply([finding()], [expired], { today: undefined } as object).accepted).toHaveLength(1);
  });

  it('is needed where it accepts something, or where nobody knows', () => {
    expect(apply([], [suppression()]).kept).toEqual([unused()]);
    expect(apply([], [suppression()], { isWhole: false }).kept).toEqual([]);
    expect(apply([], [suppression()], { runRules: [] }).kept).toEqual([]);
  });

  it('at one place, in several environments, is needed where one needs it', () => {
    const copies = [suppression({ covers: () => false }), suppression()];
    expect(apply([finding()], copies).kept).toEqual([]);
    const elsewhere = { path: 'b.yaml', text: file.text };
    for (const at of [
      { file, start: 5, end: 7 },
      { file: elsewhere, start: 4, end: 7 },
    ])
      expect(
        apply([finding()], [suppression(), suppression({ span: at, covers: () => false })]).kept,
      ).toEqual([unused()]);
  });

  it('of a rule that is not there is an error, except in the configuration, which says so itself', () => {
    const told = (rule: string, by: Suppression['by'] = 'comment'): unknown => {
      const context = { knownRules: ['unknown-field'], runRules: [], isWhole: true };
      return applySuppressions([], { suppressions: [suppression({ rule, by })], ...context }).kept;
    };
    expect(told('unknown-fields')).toEqual([
      {
        rule: 'suppression-invalid',
        severity: 'error',
        message: 'there is no rule "unknown-fields"',
        help: 'did you mean "unknown-field"?',
        span: suppression().span,
        related: [],
      },
    ]);
    expect(told('else')).toMatchObject([{ help: '`cdb-lint rules` lists them' }]);
    expect(told('else', 'exclusion')).toEqual([]);
  });

  it('that is of no use says where it stands', () => {
    const { kept } = applySuppressions([], {
      suppressions: [suppression(), suppression({ expires: '2026-01-01', span })],
      today: '2026-11-23',
      knownRules: ['unknown-field'],
      runRules: ['unknown-field'],
      isWhole: true,
    });
    expect(kept.map((one) => [one.span, one.related])).toEqual([
      [suppression().span, []],
      [span, []],
    ]);
  });
});
