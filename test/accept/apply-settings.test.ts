import { describe, expect, it } from 'vitest';
import { applySettings, isSelected, type Selection } from '../../src/accept/apply-settings.ts';
import type { SuppressionContext } from '../../src/accept/apply-suppressions.ts';
import { type Configuration, defaultConfiguration } from '../../src/configuration/configuration.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';

const span = { file: { path: 'a.yaml', text: 'one\ntwo\n' }, start: 0, end: 3 };
const settings = { file: { path: 'cdb-lint.yaml', text: '{}\n' }, start: 0, end: 1 };
const object = { apiVersion: 'v1', kind: 'Pod', name: 'web' };

function finding(more: object = {}): Diagnostic {
  return { rule: 'r', severity: 'error', message: 'm', span, related: [], ...more };
}

const known = ['r', 'q', 'remote-not-fetched', 'safeguard-missing'];
const all: Selection = { only: [], skip: [] };

function settle(
  diagnostics: readonly Diagnostic[],
  configuration: object = {},
  selection: Partial<Selection> = {},
  context: Partial<SuppressionContext> = {},
): ReturnType<typeof applySettings> {
  return applySettings(
    diagnostics,
    { ...defaultConfiguration, ...configuration } as Configuration,
    { ...all, ...selection },
    { suppressions: [], knownRules: known, runRules: known, isWhole: false, ...context },
  );
}

const severity = (rule: string, level: string): object => ({
  rules: new Map([[rule, { severity: level, span: settings }]]),
});

describe('a rule', () => {
  it.each<[Partial<Selection>, boolean]>([
    [{}, true],
    [{ only: ['r'] }, true],
    [{ only: ['q', 'r'] }, true],
    [{ only: ['q'] }, false],
    [{ skip: ['r'] }, false],
    [{ skip: ['q'] }, true],
    [{ only: ['r'], skip: ['r'] }, false],
  ])('is selected, or not: %j', (selection, is) => {
    expect(isSelected('r', { ...all, ...selection })).toBe(is);
    expect(settle([finding()], {}, selection).kept).toHaveLength(is ? 1 : 0);
  });

  it('is as grave as the configuration says', () => {
    expect(settle([finding()], severity('r', 'note')).kept).toEqual([finding({ severity: 'note' })]);
    expect(settle([finding()], severity('q', 'note')).kept).toEqual([finding()]);
    expect(settle([finding()], { rules: new Map([['r', { span: settings }]]) }).kept).toEqual([finding()]);
    expect(settle([finding()], severity('r', 'off'))).toEqual({ kept: [], accepted: [] });
  });
});

describe('what could not be checked', () => {
  const open = finding({ unchecked: 'something' });
  it.each<[string, object, Partial<Selection>]>([
    ['a severity', severity('r', 'off'), {}],
    ['a lower severity', severity('r', 'note'), {}],
    ['a choice of rules', {}, { only: ['q'], skip: ['r'] }],
    ['an exclusion', { exclusions: [{ rule: 'r', file: 'a.yaml', reason: 'x', span: settings }] }, {}],
    [
      'a suppression of notJudged',
      { notJudged: [{ kind: 'remote', name: 'something', reason: 'x', span: settings }] },
      {},
    ],
  ])('is hidden by no setting: %s', (_, configuration, selection) => {
    expect(settle([open], configuration, selection)).toEqual({ kept: [open], accepted: [] });
  });

  it('is accepted where it is not in the repository, and the configuration names it', () => {
    const remote = finding({ rule: 'remote-not-fetched', unchecked: 'something' });
    const configuration = {
      notJudged: [{ kind: 'remote', name: 'something', reason: 'theirs', span: settings }],
    };
    expect(settle([remote], configuration)).toMatchObject({ kept: [], accepted: [{ reason: 'theirs' }] });
  });
});

describe('an exclusion', () => {
  const environments = [
    { name: 'prod', root: 'envs/prod' },
    { name: 'dev', root: 'envs/dev' },
  ];
  it.each<[object, object, boolean]>([
    [{ file: 'a.yaml' }, {}, true],
    [{ file: 'b.yaml' }, {}, false],
    [{ file: 'a.yaml' }, { rule: 'q' }, false],
    [{ object: 'web' }, { object }, true],
    [{ object: 'Pod/web' }, { object }, true],
    [{ object: 'Job/web' }, { object }, false],
    [{ object: 'other' }, { object }, false],
    [{ object: 'web' }, {}, false],
    [{ environment: 'prod' }, { entryPoint: 'envs/prod' }, true],
    [{ environment: 'prod' }, { entryPoint: 'envs/dev' }, false],
    [{ environment: 'envs/prod' }, { entryPoint: 'envs/prod' }, false],
    [{ environment: 'prod' }, {}, false],
    [{ file: 'a.yaml', object: 'web', environment: 'prod' }, { object, entryPoint: 'envs/prod' }, true],
    [{ file: 'a.yaml', object: 'web', environment: 'prod' }, { object, entryPoint: 'envs/dev' }, false],
    [{ file: 'a.yaml', object: 'other' }, { object }, false],
  ])('of %j takes out %j, or not', (entry, more, isAccepted) => {
    const exclusions = [{ rule: 'r', reason: 'ours', span: settings, ...entry }];
    const { kept, accepted } = settle([finding(more)], { environments, exclusions });
    expect([kept.length, accepted.map(({ reason }) => reason)]).toEqual(isAccepted ? [0, ['ours']] : [1, []]);
  });
});

describe('an approval', () => {
  const environments = [{ name: 'prod', root: 'envs/prod' }];
  const difference = { property: 'requests', service: 'web' };
  it.each<[object, object, boolean]>([
    [{}, { difference }, true],
    [{}, { difference, entryPoint: 'envs/prod' }, true],
    [{}, { difference: { ...difference, property: 'limits' } }, false],
    [{}, {}, false],
    [{}, { difference, rule: 'other' }, false],
    [{ service: 'web' }, { difference }, true],
    [{ service: 'other' }, { difference }, false],
    [{ environment: 'prod' }, { difference, entryPoint: 'envs/prod' }, true],
    [{ environment: 'envs/other' }, { difference, entryPoint: 'envs/other' }, true],
    [{ environment: 'prod' }, { difference, entryPoint: 'envs/other' }, false],
    [{ environment: 'prod' }, { difference }, false],
  ])('of %j takes out %j, or not', (entry, more, isAccepted) => {
    const approvedDifferences = [{ property: 'requests', reason: 'meant', span: settings, ...entry }];
    const { kept, accepted } = settle([finding({ rule: 'safeguard-missing', ...more })], {
      environments,
      approvedDifferences,
    });
    expect([kept.length, accepted.map(({ reason }) => reason)]).toEqual(
      isAccepted ? [0, ['meant']] : [1, []],
    );
  });
});

it.each<[string, object, object]>([
  ['an exclusion', { exclusions: [{ rule: 'r', file: 'a.yaml', reason: 'x', span: settings }] }, {}],
  [
    'an approval',
    { approvedDifferences: [{ property: 'p', reason: 'x', span: settings }] },
    { rule: 'safeguard-missing', difference: { property: 'p' } },
  ],
])('%s holds until its day, and names its owner', (_, configuration, more) => {
  const given = (extra: object): object =>
    Object.fromEntries(
      Object.entries(configuration).map(([key, [entry]]) => [key, [{ ...entry, ...extra }]]),
    );
  const found = [finding(more)];
  const at = (today: string, extra: object): ReturnType<typeof settle> =>
    settle(found, given(extra), {}, { today });
  expect(at('2026-02-01', { owner: 'team' }).accepted).toMatchObject([
    { reason: expect.stringContaining('team') },
  ]);
  expect(at('2026-02-01', {}).accepted).toMatchObject([{ reason: 'x' }]);
  expect(at('2026-01-31', { expires: '2026-01-31' }).accepted).toHaveLength(1);
  const { kept, accepted } = at('2026-02-01', { expires: '2026-01-31' });
  expect([kept.map(({ rule, span: place }) => [rule, place.file.path]), accepted]).toEqual([
    [
      [found[0]?.rule, 'a.yaml'],
      ['suppression-expired', 'cdb-lint.yaml'],
    ],
    [],
  ]);
});

it('what comments accept counts beside what the configuration accepts', () => {
  const comment = { by: 'comment' as const, rule: 'r', reason: 'said', span, covers: () => true };
  expect(settle([finding()], {}, {}, { suppressions: [comment] }).accepted).toMatchObject([
    { reason: 'said' },
  ]);
});
