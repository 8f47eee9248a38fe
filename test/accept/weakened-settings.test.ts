import { describe, expect, it } from 'vitest';
import { weakenedSettings } from '../../src/accept/weakened-settings.ts';
import { type Configuration, defaultConfiguration } from '../../src/configuration/configuration.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

function read(text: string): ReturnType<typeof loadConfiguration> {
  return loadConfiguration(openSources(memoryFileSystem({ 'cdb-lint.yaml': text })), '');
}

/** What a change of the settings makes weaker, each with the text that it points at. */
function weakened(base: string, head: string): readonly (readonly [what: string, at: string | undefined])[] {
  const [before, after] = [read(base), read(head)];
  expect([before.diagnostics, after.diagnostics]).toEqual([[], []]);
  return weakenedSettings(before.configuration, after.configuration).map(({ what, span }) => [
    what,
    span?.file.text.slice(span.start, span.end).split('\n')[0],
  ]);
}

describe('the severity of a rule', () => {
  const rule = 'image-not-pinned';
  const set = (severity: string): string => (severity === '' ? '' : `rules: {${rule}: ${severity}}\n`);
  const ranks = ['error', 'warning', 'note', 'off'];

  it.each(ranks.flatMap((before) => ranks.map((after) => [before, after])))(
    '%s, then %s',
    (before, after) => {
      const isLess = ranks.indexOf(after) > ranks.indexOf(before);
      const words = `rule ${rule} was ${before} and is ${after}`;
      expect(weakened(set(before), set(after)).map(([what]) => what)).toEqual(isLess ? [words] : []);
    },
  );

  it.each([
    ['', 'error', []],
    ['', 'warning', [`rule ${rule} was at its default and is warning`]],
    ['', 'off', [`rule ${rule} was at its default and is off`]],
    ['off', '', []],
    ['error', '', [`rule ${rule} was error and is at its default`]],
    ['note', '', [`rule ${rule} was note and is at its default`]],
  ])('set to %j, then to %j, where it is not always set', (before, after, words) => {
    expect(weakened(set(before), set(after)).map(([what]) => what)).toEqual(words);
  });
});

describe('settings', () => {
  it.each([
    ['the same', 'ignore: [a]\nprofile: baseline\n', 'ignore: [a]\nprofile: baseline\n', []],
    ['the same in another order', 'schemas: [a, b]\n', 'schemas: [b, a]\n', []],
    [
      'one more that lets something pass',
      'provided: [{kind: Secret, name: a}]\n',
      'provided: [{kind: Secret, name: a}, {kind: Secret, name: b}]\n',
      ['provided has b, which the base does not have'],
    ],
    ['one less that lets something pass', 'provided: [{kind: Secret, name: a}]\n', '', []],
    [
      'one less that demands',
      'schemas: [a, b]\n',
      'schemas: [b]\n',
      ['schemas no longer has a as in the base'],
    ],
    ['one more that demands', '', 'schemas: [a]\n', []],
    ['more that is left out', '', 'ignore: [a]\n', ['ignore has a, which the base does not have']],
    ['less that is left out', 'ignore: [a]\n', '', ['ignore no longer has a as in the base']],
    [
      'a pattern that takes one back, in another place',
      'ignore: [a, "!b"]\n',
      'ignore: ["!b", a]\n',
      [
        'ignore has !b, which the base does not have',
        'ignore has a, which the base does not have',
        'ignore no longer has a as in the base',
        'ignore no longer has !b as in the base',
      ],
    ],
    [
      'a pattern that takes one back, behind another one',
      'ignore: [a]\n',
      'ignore: [a, "!b"]\n',
      ['ignore has !b, which the base does not have'],
    ],
    [
      'patterns in another order behind the first, where one takes another back',
      'ignore: [x, a, "!b"]\n',
      'ignore: [x, "!b", a]\n',
      [
        'ignore has !b, which the base does not have',
        'ignore has a, which the base does not have',
        'ignore no longer has a as in the base',
        'ignore no longer has !b as in the base',
      ],
    ],
    [
      'others in another order beside such a pattern',
      'ignore: ["!b"]\nschemas: [a, b]\n',
      'ignore: ["!b"]\nschemas: [b, a]\n',
      [],
    ],
    ['no baseline any more', 'baseline: a.json\n', '', []],
    [
      'what has no name',
      '',
      'alternatives: [{paths: [a, b], reason: c}]\n',
      ['alternatives has {"paths":[{"path":"a"},{"path":"b"}],"reason":"c"}, which the base does not have'],
    ],
    ['a folder', '', 'charts: vendor\n', ['charts has a different value']],
    [
      'a stricter switch beside what decides',
      '',
      'requireSchemas: true\ninlineSuppressions: forbidden\nprofile: baseline\n',
      ['profile was not set and is baseline'],
    ],
    ['plain patterns in another order', 'ignore: [a, b]\n', 'ignore: [b, a]\n', []],
    ['a stricter switch', '', 'requireSchemas: true\ninlineSuppressions: forbidden\n', []],
    [
      'a less strict switch',
      'requireSchemas: true\ninlineSuppressions: forbidden\n',
      '',
      ['requireSchemas was true and is false', 'inlineSuppressions was forbidden and is allowed'],
    ],
    [
      'what decides, either way',
      'flux: {version: "2.8"}\n',
      'kubernetesVersion: "1.34"\n',
      [
        'kubernetesVersion was not set and is 1.34',
        'fluxVersion was 2.8 and is not set',
        'strictSubstitution was false and is not set',
      ],
    ],
    ['a profile', 'profile: baseline\n', 'profile: restricted\n', ['profile was baseline and is restricted']],
    [
      'what is no plain value',
      'sourceHosts: [a.example]\n',
      'sourceHosts: [a.example, b.example]\n',
      ['sourceHosts has a different value'],
    ],
  ])('%s', (_, base, head, words) => {
    expect(weakened(base, head).map(([what]) => what)).toEqual(words);
  });

  it('have no place where they have none', () => {
    const [first] = weakenedSettings(defaultConfiguration, {
      ...defaultConfiguration,
      provided: [{ kind: 'Secret', name: 'a' }],
    });
    expect(Object.keys(first ?? {})).toEqual(['what']);
  });

  it('are pointed at where the head says so', () => {
    const exclusions = 'exclusions: [{rule: image-not-pinned, object: Pod/a, reason: known}]\n';
    const [first] = weakened('', exclusions);
    expect(first?.[0]).toBe('exclusions has image-not-pinned, which the base does not have');
    expect(first?.[1]).toContain('image-not-pinned');
    expect(weakened(exclusions, '')).toEqual([]);
    expect(weakened('', 'rules: {image-not-pinned: off}\n')[0]?.[1]).toContain('image-not-pinned');
    expect(weakened('profile: baseline\n', '')[0]).toEqual([
      'profile was baseline and is not set',
      undefined,
    ]);
    expect(weakened('', 'profile: baseline\n')[0]?.[1]).toContain('baseline');
  });
});

describe('the parameters of a rule', () => {
  const span = { file: { path: 'cdb-lint.yaml', text: 'rules' }, start: 0, end: 5 };
  const set = (parameters?: Record<string, number>): Configuration => ({
    ...defaultConfiguration,
    rules: new Map([['own', parameters === undefined ? { span } : { parameters, span }]]),
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [undefined, { a: 1 }],
    [{ a: 1 }, undefined],
  ])('%j, then %j', (before, after) => {
    expect(weakenedSettings(set(before), set(after))).toEqual([
      { what: 'the parameters of own differ', span },
    ]);
  });

  it('may be written again', () => {
    expect(weakenedSettings(set({ a: 1 }), set({ a: 1 }))).toEqual([]);
  });

  it('may be gone with the rule', () => {
    expect(weakenedSettings(set({ a: 1 }), defaultConfiguration)).toEqual([
      { what: 'the parameters of own differ' },
    ]);
  });
});

/** Of each setting a value that is not the default; what a change acknowledges is for the plan to judge. */
const others: { readonly [key in Exclude<keyof Configuration, 'file' | 'acknowledged'>]: unknown } = {
  kubernetesVersion: '1.34',
  appliedBy: 'create',
  profile: { name: 'baseline' },
  profiles: new Map([['own', {}]]),
  thirdParty: { paths: [], labels: { a: 'b' } },
  baseline: { path: 'a.json' },
  environments: [{ name: 'dev' }],
  ignore: [{ text: 'a', negated: false }],
  repositories: ['a'],
  fluxVersion: '2.8',
  strictSubstitution: false,
  provided: [{ kind: 'Secret', name: 'a' }],
  privateRegistries: ['a'],
  argoClusters: { path: 'a' },
  alternatives: [{ paths: [] }],
  promotion: [['dev']],
  remotes: { a: 'b' },
  charts: { path: 'a' },
  sourceHosts: ['a'],
  notJudged: [{ kind: 'remote', name: 'a' }],
  schemas: ['a'],
  requireSchemas: true,
  looseSchemas: [{ kind: 'A' }],
  rules: new Map([['a', { severity: 'off' }]]),
  exclusions: [{ rule: 'a' }],
  approvedDifferences: [{ property: 'a' }],
  inlineSuppressions: 'forbidden',
  acknowledgeBy: [],
};

it.each(Object.entries(others))('no change of %s passes unnoticed in both directions', (key, value) => {
  const changed = { ...defaultConfiguration, [key]: value };
  const found = [
    ...weakenedSettings(defaultConfiguration, changed),
    ...weakenedSettings(changed, defaultConfiguration),
  ];
  expect(found.length).toBeGreaterThan(0);
  expect(weakenedSettings(changed, { ...changed })).toEqual([]);
});

it('an integer beyond 2^53 in the parameters of a profile counts as any other', () => {
  const own = (a: bigint) =>
    ({
      ...defaultConfiguration,
      profiles: new Map([['own', { rules: new Map([['rule', { parameters: { a } }]]) }]]),
    }) as unknown as Configuration;
  expect(weakenedSettings(own(9_223_372_036_854_775_001n), own(9_223_372_036_854_775_001n))).toEqual([]);
  expect(weakenedSettings(own(9_223_372_036_854_775_001n), own(9_223_372_036_854_775_002n))).toHaveLength(1);
});
