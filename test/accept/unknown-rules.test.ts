import { describe, expect, it } from 'vitest';
import { unknownRules, unreadParameters } from '../../src/accept/unknown-rules.ts';
import { type Configuration, defaultConfiguration } from '../../src/configuration/configuration.ts';

const file = { path: 'cdb-lint.yaml', text: 'a\nb\n' };
const [one, two] = [
  { file, start: 0, end: 1 },
  { file, start: 2, end: 3 },
];
const known = ['unknown-field', 'wrong-type'];
const configured = (more: object): Configuration => ({ ...defaultConfiguration, ...more }) as Configuration;

describe('a rule that there is not', () => {
  const unchecked = (
    configuration: object,
    only: readonly string[] = [],
    skip: readonly string[] = [],
  ): unknown[] =>
    unknownRules(known, configured(configuration), { only, skip }).map(({ unchecked: what, help, span }) => [
      what,
      help,
      span.file.path,
    ]);

  it('leaves something unchecked, wherever it is named', () => {
    const configuration = {
      rules: new Map([
        ['unknown-feld', { span: one }],
        ['wrong-type', { span: one }],
      ]),
      exclusions: [
        { rule: 'x', span: two },
        { rule: 'unknown-field', span: two },
      ],
    };
    expect(unchecked(configuration, ['y', 'wrong-type'], ['z', 'unknown-field'])).toEqual([
      ['rule y', '`cdb-lint rules` lists them', 'command line'],
      ['rule z', '`cdb-lint rules` lists them', 'command line'],
      ['rule unknown-feld', 'did you mean "unknown-field"?', 'cdb-lint.yaml'],
      ['rule x', '`cdb-lint rules` lists them', 'cdb-lint.yaml'],
    ]);
    expect(unchecked({}, known, known)).toEqual([]);
  });

  it('is an error where it stands', () => {
    const rules = new Map([['x', { span: two }]]);
    expect(unknownRules(known, configured({ rules }), { only: [], skip: [] })).toMatchObject([
      { rule: 'rule-unknown', severity: 'error', message: 'there is no rule "x"', span: two, related: [] },
    ]);
  });
});

describe('parameters', () => {
  const unread = (rule: string, taking: readonly string[], parameters: object | null = {}): unknown[] => {
    const rules = new Map([[rule, { span: one, ...(parameters === null ? {} : { parameters }) }]]);
    return unreadParameters(known, taking, configured({ rules }));
  };

  it('of a rule that takes none are an error', () => {
    expect(unread('unknown-field', [])).toMatchObject([
      {
        ...{ rule: 'parameters-unread', severity: 'error', span: one, related: [], help: 'remove them' },
        message: 'unknown-field takes no parameters',
      },
    ]);
    expect(unread('unknown-field', ['wrong-type', 'a'])).toMatchObject([
      { help: 'the rules with parameters are a, wrong-type' },
    ]);
  });

  it('of a rule that takes them, that is not known, or that has none, are not', () => {
    expect(unread('unknown-field', ['unknown-field'])).toEqual([]);
    expect(unread('other', [])).toEqual([]);
    expect(unread('unknown-field', [], null)).toEqual([]);
  });
});
