import { expect, it } from 'vitest';
import { runsOf, wordsOfPhrases } from '../../src/credential/secret-phrases.ts';
import { redactor } from '../../src/report/finding/redact.ts';

const file = { path: 'a.yaml', text: 'a: b\n' };

function told(message: string, values: readonly string[], kind = 'ConfigMap'): string {
  const diagnostic = {
    rule: 'a',
    severity: 'error' as const,
    message,
    span: { file, start: 0, end: 1 },
    related: [],
    object: { apiVersion: 'v1', kind, name: 'x' },
  };
  return redactor({ spans: [], texts: values }, [diagnostic])(diagnostic).message;
}

it('knows a passphrase by two of its words and more', () => {
  expect(runsOf(['"marble lantern ostrich"'])).toEqual([
    'marble lantern',
    'marble lantern ostrich',
    'lantern ostrich',
  ]);
  expect(wordsOfPhrases(['marble lantern'])).toEqual(['marble', 'lantern']);
  expect(runsOf([' marble lantern\n'])).toEqual(['marble lantern']);
});

it('knows runs of eight characters and more, of which one word is no common one', () => {
  expect(runsOf(['owl newt'])).toEqual(['owl newt']);
  expect(runsOf(['owl fox'])).toEqual([]);
  expect(runsOf(['the marble'])).toEqual(['the marble']);
});

it.each([
  'marble',
  'marble-lantern',
  'first line\nsecond line',
  'marble  lantern',
  Array.from({ length: 13 }, () => 'marble').join(' '),
])('takes %j for no passphrase', (value) => {
  expect(runsOf([value])).toEqual([]);
  expect(wordsOfPhrases([value])).toEqual([]);
});

it.each([
  ['two oaks 1n the rain', ['two oaks', 'two oaks 1n', 'oaks 1n the', '1n the rain', 'the rain']],
  ['"marble lantern"x', ['"marble lantern"x']],
  ['x"marble lantern"', ['x"marble lantern"']],
  ['a: marble', ['a: marble']],
  ['it is: ( the', []],
])('knows also %j by its words', (value, some) => {
  expect(runsOf([value])).toEqual(some.length === 0 ? [] : expect.arrayContaining(some));
});

it('leaves the words that sentences are made of', () => {
  expect(runsOf(['it is not the value'])).toEqual([]);
  expect(told('it is not the value of a field', ['it is not the field'], 'Secret')).toBe(
    'it is not the value of a field',
  );
});

it('takes several words of a passphrase out of every message, and single ones of those about Secrets', () => {
  const values = ['marble lantern ostrich violet'];
  expect(told('the value begins with lantern ostrich', values)).toBe('the value begins with ••••••');
  expect(told('the lantern is on', values)).toBe('the lantern is on');
  expect(told('unknown word lantern', values, 'Secret')).toBe('unknown word ••••••');
  for (const quote of ['"', '`', "'"])
    expect(told(`unknown word ${quote}violet${quote}`, values, 'Secret')).toBe(
      `unknown word ${quote}••••••${quote}`,
    );
});
