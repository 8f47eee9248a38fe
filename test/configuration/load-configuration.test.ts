import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../src/configuration/configuration.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import { knownKeys } from '../../src/configuration/schema-diagnostics.ts';
import { lineColumn } from '../../src/report/finding/line-column.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const project = join(import.meta.dirname, '../..');

function load(files: Record<string, string>, path = '', file?: string): ReturnType<typeof loadConfiguration> {
  return loadConfiguration(openSources(memoryFileSystem(files)), path, file);
}

describe('discovery', () => {
  it('takes the one file from the path upwards', () => {
    const files = { 'a/cdb-lint.yml': 'kubernetesVersion: "1.36"\n', 'a/b/c.yaml': '' };
    expect(load(files, 'a/b').configuration.kubernetesVersion).toBe('1.36');
    expect(load(files, 'a/b/c.yaml').configuration.kubernetesVersion).toBe('1.36');
    expect(load(files, './a//b').configuration.kubernetesVersion).toBe('1.36');
    expect(load({ 'cdb-lint.yaml': 'ignore: [b/]\n', 'a/b.yaml': '' }, './a')).toMatchObject({
      configuration: { file: 'cdb-lint.yaml' },
      diagnostics: [],
    });
    expect(load(files, '').configuration.kubernetesVersion).toBeUndefined();
  });

  it.each([
    ['deeper', 'a/cdb-lint.yaml'],
    ['of the other extension', 'cdb-lint.yml'],
  ])('lets no second one %s take the place of the first', (_, second) => {
    const files = {
      'cdb-lint.yaml': 'kubernetesVersion: "1.35"\n',
      [second]: 'ignore: [b/]\n',
      'a/b/c.yaml': '',
    };
    const { configuration, diagnostics } = load(files, 'a/b');
    expect(configuration.ignore).toEqual([]);
    expect(diagnostics.map(({ rule, unchecked }) => [rule, unchecked !== undefined])).toEqual([
      ['configuration-invalid', true],
    ]);
    expect(diagnostics[0]).toEqual({
      rule: 'configuration-invalid',
      severity: 'error',
      message: `${second} is a second configuration next to cdb-lint.yaml`,
      help: 'keep one of them, or select one with --config',
      span: { file: { path: second, text: '' }, start: 0, end: 0 },
      related: [],
      unchecked: 'everything, because the configuration cannot be used',
    });
    expect(load(files, 'a/b', 'cdb-lint.yaml').configuration.kubernetesVersion).toBe('1.35');
  });

  it('is content without one, and with an empty one', () => {
    expect(load({ 'a.yaml': '' })).toMatchObject({ diagnostics: [], configuration: { environments: [] } });
    expect(load({ 'a.yaml': '' }).configuration).toBe(defaultConfiguration);
    expect(load({ 'cdb-lint.yaml': '# nothing\n' })).toEqual({
      configuration: { ...defaultConfiguration, file: 'cdb-lint.yaml' },
      diagnostics: [],
    });
  });

  it('complains of one that was named and is not there', () => {
    const { diagnostics } = load({ 'a.yaml': '' }, '', 'gone.yaml');
    expect(diagnostics.map(({ severity, unchecked }) => [severity, unchecked])).toEqual([
      ['error', 'everything, because the configuration cannot be used'],
    ]);
  });

  it('says which file was meant by a name that is not there, and nothing else where it is', () => {
    const helpOf = (files: Record<string, string>, file: string): string | undefined =>
      load(files, '', file).diagnostics[0]?.help;
    expect(helpOf({ 'k8s/cdb-lint.yaml': '' }, 'k9s/cdb-lint.yaml')).toBe(
      'did you mean "k8s/cdb-lint.yaml"?',
    );
    expect(helpOf({ 'k8s/cdb-lint.yaml': 'a: [' }, 'k8s/cdb-lint.yaml')).toBe(
      'align this line with the lines that belong to the same map or list',
    );
  });

  it('takes one document and no more', () => {
    const text = 'kubernetesVersion: "1.35"\n---\nignore: [b/]\n';
    expect(load({ 'cdb-lint.yaml': text })).toEqual({
      configuration: defaultConfiguration,
      diagnostics: [
        {
          rule: 'configuration-invalid',
          severity: 'error',
          message: 'cdb-lint.yaml contains more than one document',
          help: 'keep one document',
          span: { file: { path: 'cdb-lint.yaml', text }, start: 0, end: 0 },
          related: [],
          unchecked: 'everything, because the configuration cannot be used',
        },
      ],
    });
  });

  it('takes up to 2,000 entries in one place', () => {
    const ignored = (count: number): string =>
      `ignore: [${Array.from({ length: count }, (_, index) => `a${index}/`).join(', ')}]\n`;
    expect(load({ 'cdb-lint.yaml': ignored(2_000) }).configuration.ignore).toHaveLength(2_000);
    const { configuration, diagnostics } = load({ 'cdb-lint.yaml': ignored(2_001) });
    expect(configuration).toBe(defaultConfiguration);
    expect(diagnostics).toMatchObject([
      {
        rule: 'configuration-invalid',
        severity: 'error',
        message: 'ignore has more than 2000 entries',
        span: { start: 0, end: 'ignore'.length },
        unchecked: 'everything, because the configuration cannot be used',
      },
    ]);
    const keys = Array.from({ length: 2_001 }, (_, index) => `a${index}: 1\n`).join('');
    expect(load({ 'cdb-lint.yaml': keys }).diagnostics.map(({ message }) => message)).toEqual([
      'the configuration has more than 2000 entries',
    ]);
  });
});

it('reads every section, paths relative to its own folder', () => {
  const text = `kubernetesVersion: "1.35"
requiredWorkloads: [a]
environments:
  prod: {root: overlays/prod, requiredWorkloads: [b]}
provided:
  - {kind: Secret, name: s, namespace: n, keys: [k]}
rules:
  x: off
  y: {severity: note, parameters: {max: 3}}
exclusions:
  - {rule: x, file: base/../base/a.yaml, reason: because, expires: 2027-01-31, owner: me}
appliedBy: server-side-apply
ignore: [test/]
repositories: [https://example.com/org/fleet]
flux: {version: "2.8.1"}
remotes: {"https://example.com/a?ref=v1": ../vendor/a}
schemas: [crds]
requireSchemas: true
looseSchemas:
  - {kind: Wheel, apiVersion: example.com/v1, reason: rolling}
`;
  const { configuration, diagnostics } = load({ 'k8s/cdb-lint.yaml': text }, 'k8s');
  expect(diagnostics).toEqual([]);
  const [prod] = configuration.environments;
  expect(prod?.root).toBe('k8s/overlays/prod');
  expect(prod?.requiredWorkloads.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(configuration.provided).toEqual([{ kind: 'Secret', name: 's', namespace: 'n', keys: ['k'] }]);
  expect(configuration.rules.get('x')?.severity).toBe('off');
  expect(configuration.rules.get('y')?.parameters?.['max']).toBe(3);
  expect(configuration.exclusions[0]).toMatchObject({
    file: 'k8s/base/a.yaml',
    reason: 'because',
    expires: '2027-01-31',
    owner: 'me',
  });
  expect(configuration).toMatchObject({
    appliedBy: 'server-side-apply',
    remotes: { 'https://example.com/a?ref=v1': 'vendor/a' },
    schemas: ['k8s/crds'],
    requireSchemas: true,
    ignore: [{ text: 'test/' }],
    repositories: ['https://example.com/org/fleet'],
    strictSubstitution: false,
    looseSchemas: [{ kind: 'Wheel', apiVersion: 'example.com/v1', reason: 'rolling' }],
  });
});

describe('the profile of a file', () => {
  const configuration = 'profiles: {a: {extends: [./p.yaml]}}\n';
  const profile = (text: string): ReturnType<typeof load> =>
    load({ 'cdb-lint.yaml': configuration, 'p.yaml': text });

  it('is one of the configuration', () => {
    const { configuration: found, diagnostics } = profile('rules: {x: note}\n');
    expect(diagnostics).toEqual([]);
    expect([...found.profiles.keys()]).toEqual(['a', './p.yaml']);
  });

  it('is checked as one of the configuration, by its own keys', () => {
    const { configuration: found, diagnostics } = profile('atMost: note\nrulse: {}\n');
    expect([...found.profiles.keys()]).toEqual(['a']);
    expect(
      diagnostics.map(({ rule, message, help, span }) => [rule, message, help, span.file.path, span.start]),
    ).toEqual([
      [
        'configuration-invalid',
        'unknown key "rulse" in the configuration',
        'a profile can have extends, atMost and rules',
        'p.yaml',
        13,
      ],
    ]);
  });
});

it('reads a document once, however often it is asked for', () => {
  const sources = openSources(memoryFileSystem({ 'cdb-lint.yaml': 'ignore: [a/]\n' }));
  const [one, other] = [loadConfiguration(sources, ''), loadConfiguration(sources, '')];
  expect(other.configuration).toBe(one.configuration);
});

describe('mistakes are shown at their line', () => {
  it.each([
    ['kubernetesVersion: 1.36', 1, 20, 'kubernetesVersion is a number, not a string', 'put it in quotes'],
    [
      'kubernetesVersion: "v1.36"',
      1,
      20,
      'Kubernetes "v1.36" is not a supported version',
      'did you mean "1.36"?',
    ],
    [
      'rules: {}\nenviroments: {}',
      2,
      1,
      'unknown key "enviroments" in the configuration',
      'did you mean "environments"?',
    ],
    ['flux: {version: "1.0"}', 1, 17, 'version is not a version of Flux', 'write it as "2.9"'],
    ['ignore: [""]', 1, 10, 'a pattern is empty or a comment', 'write a pattern as in .gitignore'],
    ['environments:\n  dev:\n    rot: x', 2, 3, 'dev has no "root"', 'add "root"'],
    ['environments: [dev]', 1, 1, 'environments must be a mapping', 'write a mapping here'],
    [
      'environments: {dev: {root: ../../x}}',
      1,
      28,
      '"../../x" is outside the repository',
      'write a path inside it',
    ],
    [
      'requiredWorkloads:\n  - ok\n  - Not OK',
      3,
      5,
      'requiredWorkloads contains an invalid name',
      'use lower-case',
    ],
    ['rules:\n  a: warn', 2, 6, 'a is not one of error, warning, note, off', 'write one of'],
    ['rules:\n  a: {severty: note}', 2, 7, 'unknown key "severty" in a', 'did you mean "severity"?'],
    ['exclusions:\n  - {rule: a, file: b}', 2, 5, 'exclusions has no "reason"', 'add "reason"'],
    [
      'exclusions:\n  - {rule: a, reason: b}',
      2,
      5,
      'an exclusion must specify what it excludes',
      'add "file"',
    ],
    ['exclusions:\n  - {rule: a, file: b, reason: " "}', 2, 32, 'the reason is empty', 'write why'],
    ['provided:\n  - {kind: Secret, nam: x}', 2, 20, 'unknown key "nam" in provided', 'did you mean "name"?'],
    [
      'environments:\n  dev: {root: dev, kubernetesVersion: "1.28"}',
      2,
      39,
      'Kubernetes "1.28" is not a supported version',
      'use 1.29 to 1.37',
    ],
    [
      'appliedBy: flux',
      1,
      12,
      'appliedBy is not one of create, server-side-apply, client-side-apply',
      'write one',
    ],
    ['requireSchemas: yes', 1, 17, 'requireSchemas must be true or false', 'write true or false here'],
    ['schemas: crds', 1, 10, 'schemas must be a list', 'write a list here'],
    ['schemas: [../crds]', 1, 11, '"../crds" is outside the repository', 'write a path inside it'],
    ['looseSchemas:\n  - {kind: A}', 2, 5, 'looseSchemas has no "reason"', 'add "reason"'],
    [
      'looseSchemas:\n  - {kidn: A, reason: b}',
      2,
      6,
      'unknown key "kidn" in looseSchemas',
      'did you mean "kind"?',
    ],
    [
      'exclusions:\n  - {rule: a, file: b, reason: c, expires: soon}',
      2,
      44,
      'expires is not a date',
      'such as "2027-01-31"',
    ],
    [
      'exclusions:\n  - {rule: a, file: b, reason: c, owner: ""}',
      2,
      42,
      'the owner is empty',
      'or remove it',
    ],
    ['- a', 1, 1, 'the configuration must be a mapping', 'write a mapping here'],
  ])('%j', (text, line, column, message, help) => {
    const { diagnostics } = load({ 'cdb-lint.yaml': `${text}\n` });
    const found = diagnostics.find((one) => one.message === message);
    expect(diagnostics.map((one) => one.message)).toContain(message);
    expect(found && lineColumn(found.span.file, found.span.start)).toEqual({ line, column });
    expect(found?.help).toContain(help);
    expect(diagnostics.every(({ unchecked }) => unchecked !== undefined)).toBe(true);
  });

  it.each(['a: [', 'rules: {}\nrules: {}', '--- {}\n--- {}\n'])('%j', (text) => {
    const { diagnostics } = load({ 'cdb-lint.yaml': text });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.every(({ unchecked }) => unchecked !== undefined)).toBe(true);
  });
});

describe('the schema', () => {
  it('knows the keys that the messages name', () => {
    const { properties, definitions } = JSON.parse(readFileSync(join(project, 'schema/config.json'), 'utf8'));
    const keys = (at: { properties: object }): string[] =>
      Object.keys(at.properties).filter((key) => key !== '$schema');
    expect(knownKeys([])).toEqual(keys({ properties }));
    expect(knownKeys(['environments', 'dev'])).toEqual(keys(properties.environments.additionalProperties));
    expect(knownKeys(['flux'])).toEqual(keys(properties.flux));
    expect(knownKeys(['provided', 0])).toEqual(keys(properties.provided.items));
    expect(knownKeys(['rules', 'x'])).toEqual(keys(definitions.rules.additionalProperties.then));
    expect(knownKeys(['profiles', 'x'])).toEqual(keys(definitions.profile));
    expect(knownKeys(['thirdParty'])).toEqual(keys(properties.thirdParty));
    expect(knownKeys(['argocd'])).toEqual(keys(properties.argocd));
    expect(knownKeys(['alternatives', 0])).toEqual(keys(properties.alternatives.items));
    expect(knownKeys(['looseSchemas', 0])).toEqual(keys(properties.looseSchemas.items));
    expect(knownKeys(['exclusions', 0])).toEqual(keys(properties.exclusions.items));
    expect(knownKeys(['approvedDifferences', 0])).toEqual(keys(properties.approvedDifferences.items));
  });
});
