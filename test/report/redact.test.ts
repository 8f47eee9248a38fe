import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { maskedText } from '../../src/report/finding/masked-text.ts';
import { redactor } from '../../src/report/finding/redact.ts';

function redacted(message: string, ...secrets: readonly string[]): string {
  const spans = secrets.map((text) => ({ file: { path: 'a.yaml', text }, start: 0, end: text.length }));
  const diagnostic: Diagnostic = {
    rule: 'r',
    severity: 'error',
    message,
    span: { file: { path: 'b.yaml', text: '' }, start: 0, end: 0 },
    related: [],
  };
  return redactor({ spans })(diagnostic).message;
}

describe('words', () => {
  it.each([
    ['nothing of it', ['hunter2'], 'nothing of it'],
    ['a hunter2 b hunter2', ['hunter2'], 'a •••••• b ••••••'],
    ['hunter2hunter2', ['hunter2'], '••••••••••••'],
    ['longer-hunter2 and hunter2', ['hunter2', 'longer-hunter2'], '•••••• and ••••••'],
    ['abc4efgh', ['abc4ef', '4efgh'], '••••••'],
    ['abcdefgh', ['abcdefgh', 'cdefg'], '••••••'],
    [
      'postgres of postgresql and AWS_SECRET_KEY',
      ['postgres', 'SECRET'],
      '•••••• of postgresql and AWS_SECRET_KEY',
    ],
    ['hunter2', ['aHVudGVyMg=='], '••••••'],
    ['x68756e74657232 and 68756E74657232', ['hunter2'], 'x•••••• and ••••••'],
    ['68756e74657232', ['aHVudGVyMg=='], '••••••'],
    ['6f70656e and 6e65', ['open', 'ne'], '6f70656e and 6e65'],
    ['x-kJhGfDsAq of it', ['wwkJhGfDsAqww'], 'x-•••••• of it'],
    ['an end of bcdfghjkl', ['xbcdfghjklmn'], 'an end of ••••••'],
    ['the database of production', ['a-database-production-password'], 'the database of production'],
    ['ConfigMapKeyRef', ['xConfigMapKeyRefx'], 'ConfigMapKeyRef'],
    ['database of app-database', ['database'], '•••••• of app-database'],
    ['https://example.com/org/web', ['https://example.com/'], 'https://example.com/org/web'],
    ['https://example.com/ alone', ['https://example.com/'], '•••••• alone'],
    ['postgres://me:correct-horse@db', ['correct-horse'], 'postgres://me:••••••@db'],
    ['xcorrect-horse9x', ['correct-horse9'], 'x••••••x'],
    [
      'oci://registry-1.example.io/charts',
      ['{"auths": {"registry-1.example.io": {}}}'],
      'oci://registry-1.example.io/charts',
    ],
    ['oci://zq7x4f19.e3b2d8.io', ['zq7x4f19.e3b2d8'], 'oci://••••••.io'],
    ['which no object matches', ['object'], 'which no object matches'],
    ['"object", a=object, b: object', ['object'], '"••••••", a=••••••, b: ••••••'],
    ['object -> none', ['object'], '•••••• -> none'],
    ['a"quoted one"b', ['"quoted one"'], 'a••••••b'],
    ['four', ['four'], 'four'],
    ['AppProject default', ['ZGVmYXVsdA=='], 'AppProject default'],
  ])('%j without %j', (message, secrets, shown) => {
    expect(redacted(message, ...secrets)).toBe(shown);
  });
});

it.each([
  ['a: secret\nb: 1\n', [[3, 9]], 'a: ••••••\nb: 1\n'],
  ['a: |\r\n  one\r\n\r\n  two\r\nb: 1', [[5, 20]], 'a: |\r\n  ••••••\r\n\r\n  ••••••\r\nb: 1'],
  ['\ufeffa: secret\n', [[3, 9]], '\ufeffa: ••••••\n'],
  [
    'a: one two\n',
    [
      [3, 6],
      [5, 10],
    ],
    'a: •••••• ••••••\n',
  ],
])('masks %j line by line', (text, spans, shown) => {
  const file = { path: 'a.yaml', text };
  const secrets = spans.map(([start = 0, end = 0]) => ({ file, start, end }));
  expect(maskedText('a.yaml', text, secrets)).toBe(shown);
  expect(maskedText('b.yaml', text, secrets)).toBe(text);
});

it('names of objects are readable, but not in what is said of the Secret', () => {
  const file = { path: 'a.yaml', text: 'user: ledger-db' };
  const secrets = { spans: [{ file, start: 6, end: 15 }], open: ['ledger-db'] };
  const about = (kind: string): Diagnostic => ({
    rule: 'r',
    severity: 'error',
    message: 'ledger-db is wrong, and so is ledger-db.',
    object: { apiVersion: 'v1', kind, name: 'x', namespace: '' },
    span: { file: { path: 'b.yaml', text: '' }, start: 0, end: 0 },
    related: [],
  });
  expect(['Service', 'Secret'].map((kind) => redactor(secrets)(about(kind)).message)).toEqual([
    'ledger-db is wrong, and so is ledger-db.',
    '•••••• is wrong, and so is ••••••.',
  ]);
});

it('a value that a template made a key of is no name that is shown anyway', () => {
  const secret = 'zq7Canary9x4f19e3b2d8';
  const text = `k: ${secret}\nuser: database`;
  const spans = [secret, 'database'].map((one) => ({
    file: { path: 'a.yaml', text },
    start: text.indexOf(one),
    end: text.indexOf(one) + one.length,
  }));
  const about = (key: string): Diagnostic => ({
    rule: 'r',
    severity: 'error',
    message: `${key} must be a string`,
    field: `data.${key}`,
    span: { file: { path: 'b.yaml', text: '' }, start: 0, end: 0 },
    related: [],
  });
  const shown = [about(secret), about('database')];
  expect(shown.map(redactor({ spans }, shown)).map(({ message, field }) => [message, field])).toEqual([
    ['•••••• must be a string', 'data.••••••'],
    ['database must be a string', 'data.database'],
  ]);
});
