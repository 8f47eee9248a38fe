// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills in.
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import {
  messageRedactor,
  nameRedactor,
  redactor,
  textRedactor,
  textsIn,
  textsOf,
  valueSpan,
  wordRedactor,
} from '../../src/report/finding/redact.ts';
import { countWork } from '../support/count-work.ts';

const nowhere = { file: { path: 'b.yaml', text: '' }, start: 0, end: 0 };
const encoder = new TextEncoder();

function diagnostic(more: Partial<Diagnostic>): Diagnostic {
  return { rule: 'r', severity: 'error', message: '', span: nowhere, related: [], ...more };
}

const object = (kind: string): NonNullable<Diagnostic['object']> => ({
  apiVersion: 'v1',
  kind,
  name: 'x',
  namespace: '',
});

describe('of a line a secret is', () => {
  it.each([
    ['password: hunter2', 'hunter2'],
    ['  - password: hunter2', 'hunter2'],
    ['- PASSWORD=hunter2', 'hunter2'],
    ['-   PASSWORD=hunter2', 'hunter2'],
    ['"a.b/c-d" : hunter2', 'hunter2'],
    ["'a':   hunter2", 'hunter2'],
    ['a:hunter2', 'a:hunter2'],
    ['hunter2', 'hunter2'],
    ['x y: hunter2', 'x y: hunter2'],
    ['a: b: c', 'b: c'],
    // Base64 that is filled up is no name with a sign behind it.
    ['aHVudGVyMjI=', 'aHVudGVyMjI='],
    ['aHVudGVyMg==', 'aHVudGVyMg=='],
    ['"aHVudGVyMg=="', '"aHVudGVyMg=="'],
    ['PASSWORD=aHVudGVyMg==', 'aHVudGVyMg=='],
  ])('%j what follows its key', (text, value) => {
    const { file, start, end } = valueSpan({ file: { path: 'a.yaml', text }, start: 0, end: text.length });
    expect([file.path, file.text.slice(start, end)]).toEqual(['a.yaml', value]);
  });

  it.each([
    ['password: x', 0, 8, ''],
    ['"password": x', 1, 9, ''],
    ['password   : x', 0, 8, ''],
    ['password', 0, 8, 'password'],
    ['password:x', 0, 8, 'password'],
    ['password            : x', 0, 8, 'password'],
    ['a password; b: c', 2, 10, 'password'],
  ])('%j nothing where it is a key alone', (text, from, to, value) => {
    const { start, end } = valueSpan({ file: { path: 'a.yaml', text }, start: from, end: to });
    expect([text.slice(start, end), end]).toEqual([value, to]);
  });
});

describe('a value may be shown', () => {
  const isHexadecimal = (text: string): boolean => /^(?:[0-9a-f]{10,}|[0-9A-F]{10,})$/u.test(text);
  const unique = (text: string): string[] => [...new Set(textsIn(text).filter((one) => !isHexadecimal(one)))];

  it.each([
    ['hunt-r2', ['hunt-r2']],
    ['  hunt-r2\n', ['hunt-r2']],
    ['"hunt-r2"', ['"hunt-r2"', 'hunt-r2']],
    ["'hunt-r2'", ["'hunt-r2'", 'hunt-r2']],
    ['"hunt-r2\'', ['"hunt-r2\'']],
    ['x"hunt-r2"', ['x"hunt-r2"']],
    ['"hunt"-r2', ['"hunt"-r2']],
    ['o.e\nt.o', ['o.e\nt.o', 'o.e', 't.o']],
    ['a\r\n  b\rc', ['a\r\n  b\rc', 'a', 'b', 'c']],
    ['key:', ['key:']],
    ['k: v\ns w:', ['k: v\ns w:', 'k: v', 's w:']],
    ['k: v\n-   k:', ['k: v\n-   k:', 'k: v']],
    ['key:\n- "a.b":', ['key:\n- "a.b":']],
    ['k:\n d: e\n- f', ['k:\n d: e\n- f', 'd: e', '- f']],
    ['1:\nx:y\nk: ', ['1:\nx:y\nk:', '1:', 'x:y']],
    ['aHVudGVyMg==', ['aHVudGVyMg==', 'hunter2']],
    ['aHVudGVyMgo=', ['aHVudGVyMgo=', 'hunter2']],
    ['aHVudGVyMg=', ['aHVudGVyMg=']],
    ['aHVudA', ['aHVudA', 'hunt']],
    ['aHVud', ['aHVud']],
    ['aHVudA===', ['aHVudA===']],
    ['aHV udA==', ['aHV udA==']],
    ['+/+/', ['+/+/', '\xfb\xff\xbf']],
    ['', []],
  ])('whole, by its lines and decoded: %j', (text, all) => {
    const encoded = btoa(text.trim());
    expect(unique(text).filter((one) => one !== encoded)).toEqual(all);
  });

  it('encoded, where it is neither short nor a file', () => {
    const encoded = (length: number): number => unique('_'.repeat(length)).length - 1;
    expect([7, 8, 1024, 1025].map(encoded)).toEqual([0, 1, 1, 0]);
    expect(unique('pässwörd-ünd')).toContain(btoa(String.fromCharCode(...encoder.encode('pässwörd-ünd'))));
    expect(unique('"hunter2-hunter2"')).toContain(btoa('hunter2-hunter2'));
  });

  it.each([
    ['hunt', []],
    ['hunt2', ['68756e7432', '68756E7432']],
    ['aHVudDI=', ['614856756444493d', '614856756444493D', '68756e7432', '68756E7432']],
  ])('in hexadecimal, where it has five characters: %j', (text, all) => {
    expect([...new Set(textsIn(text))].filter(isHexadecimal)).toEqual(all);
  });

  it('in hexadecimal, where it is no file', () => {
    const ofDecoded = (length: number): string[] => textsIn(btoa('_'.repeat(length))).filter(isHexadecimal);
    expect([1024, 1025].map((length) => ofDecoded(length).length)).toEqual([2, 0]);
  });

  it.each(['${NAME}', '"${NAME}"', ' ${_a1} '])('nowhere where it is the name of a variable: %j', (text) => {
    expect(textsIn(text)).toEqual([]);
  });

  it.each(['${1A}', 'x${NAME}', '${NAME}x', '${NAME:=x}'])('as any other: %j', (text) => {
    expect(textsIn(text)).toContain(text);
  });

  it('as it stands in a file', () => {
    const file = { path: 'a.yaml', text: 'a: o.e\n' };
    expect(new Set(textsOf({ file, start: 3, end: 6 }))).toEqual(new Set(['o.e']));
  });
});

describe('taken out of a diagnostic is', () => {
  const spans = [{ file: { path: 'a.yaml', text: 'hunter2' }, start: 0, end: 7 }];
  const redact = redactor({ spans });

  it('what any of its words say', () => {
    const related = [
      { span: nowhere, message: 'set to hunter2 here' },
      { span: nowhere, message: 'set here' },
    ];
    const words = { message: 'a hunter2', cause: 'b hunter2', help: 'c hunter2', unchecked: 'd hunter2' };
    const shown = redact(diagnostic({ ...words, field: 'data.hunter2', related }));
    expect(shown).toMatchObject({
      message: 'a ••••••',
      cause: 'b ••••••',
      help: 'c ••••••',
      unchecked: 'd ••••••',
      related: [{ span: nowhere, message: 'set to •••••• here' }, related[1]],
    });
    expect(shown.related[1]).toBe(related[1]);
    const { message, related: layers } = redact(diagnostic({ related }));
    expect([message, layers.map((one) => one.message)]).toEqual(['', ['set to •••••• here', 'set here']]);
  });

  it('nothing where it says none', () => {
    const harmless = diagnostic({ message: 'a', field: 'b', related: [{ span: nowhere, message: 'c' }] });
    expect(redact(harmless)).toBe(harmless);
    const one = diagnostic({ message: 'a', help: 'hunter2' });
    expect(redact(one)).toEqual({ ...one, help: '••••••' });
  });

  it('nothing of the words for an error that counts as a warning', () => {
    const of = redactor({ spans: [], texts: ['reported', 'warning-because'] });
    const help = 'reported as such; reported as a warning, because it is reported elsewhere';
    expect(of(diagnostic({ message: 'm', help })).help).toBe(
      '•••••• as such; reported as a warning, because it is •••••• elsewhere',
    );
  });

  it('a key of a Secret that is none', () => {
    const of = (kind: string, field: string): string | undefined =>
      redactor({ spans: [] })(diagnostic({ object: object(kind), field })).field;
    expect(of('Secret', 'data[a value!]')).toBe('data[••••••]');
    expect(of('Secret', 'data[a b].c[d e]')).toBe('data[••••••].c[••••••]');
    expect(of('Secret', 'data[a.b-c]')).toBe('data[a.b-c]');
    expect(of('Secret', 'data[]')).toBe('data[]');
    expect(of('Secret', '[a b]')).toBe('[••••••]');
    expect(of('Secret', 'a b].c')).toBe('a b].c');
    expect(of('ConfigMap', 'data[a value!]')).toBe('data[a value!]');
    expect(redactor({ spans: [] })(diagnostic({ field: 'data[a b]' })).field).toBe('data[a b]');
  });

  it('of the path of a field what no name looks like', () => {
    const texts = ['s3cr3tV4lu3x', 's3cr3tV4lu3', 'a-harmless-word', 'marble lantern ostrich'];
    const of = (field: string): string | undefined =>
      redactor({ spans: [], texts })(diagnostic({ field })).field;
    expect(of('data.s3cr3tV4lu3x')).toBe('data.••••••');
    expect(of('data.s3cr3tV4lu3')).toBe('data.s3cr3tV4lu3');
    expect(of('data.a-harmless-word')).toBe('data.a-harmless-word');
    expect(of('spec[lantern ostrich].s3cr3tV4lu3x')).toBe('spec[••••••].••••••');
  });
});

describe('of a Secret', () => {
  const file = { path: 'a.yaml', text: 'password: ab-Hunter2\n' };
  const secret = { file, start: 10, end: 20 };
  const redact = redactor({ spans: [secret], texts: ['${NAME}', 'Other-9'] });
  const said = (more: Partial<Diagnostic>): string => redact(diagnostic(more)).message;

  it('parts that are quoted are not shown, however short', () => {
    const message = 'not "Hun", "hun", "hu", "r-9", "NAME" or "none"';
    const shown = 'not "••••••", "••••••", "hu", "••••••", "NAME" or "none"';
    expect(said({ message, object: object('Secret') })).toBe(shown);
    expect(said({ message, object: object('ConfigMap') })).toBe(message);
    expect(said({ message })).toBe(message);
  });

  it('blanks around a value stay where a message has its words', () => {
    const padded = { path: 'a.yaml', text: 'kind: ordinary \n' };
    const of = redactor({ spans: [{ file: padded, start: 5, end: 15 }] });
    const message = 'nothing ordinary here';
    expect(of(diagnostic({ message, object: object('Secret') })).message).toBe('nothing •••••• here');
  });

  it('nor in what is said of a place that holds it, or leads to it', () => {
    const message = 'not "Hun"';
    const other = { file, start: 0, end: 4 };
    expect(said({ message, span: secret })).toBe('not "••••••"');
    expect(said({ message, related: [{ span: secret, message: '' }] })).toBe('not "••••••"');
    expect(said({ message, span: other, related: [{ span: other, message: '' }] })).toBe(message);
  });

  it('what is quoted with escapes is one text', () => {
    const escaped = redactor({ spans: [], texts: ['say \\"hello\\" now'] });
    expect(escaped(diagnostic({ message: 'x "\\"hello\\"" y', object: object('Secret') })).message).toBe(
      'x "••••••" y',
    );
  });
});

describe('readable is', () => {
  const shown = [
    diagnostic({
      span: { file: { path: 'apps/ledger/one.yaml', text: '' }, start: 0, end: 0 },
      related: [{ span: { file: { path: 'related/two.yaml', text: '' }, start: 0, end: 0 }, message: '' }],
      object: { apiVersion: 'group/v1beta', kind: 'Widget', name: 'named', namespace: 'spaced' },
      field: 'spec.fielded',
    }),
  ];
  const words = ['ledger', 'one.yaml', 'related', 'v1beta', 'Widget', 'named', 'spaced', 'fielded'];

  it.each(words)('what a report shows anyway: %s', (word) => {
    expect(messageRedactor({ spans: [], texts: [word] }, shown)(`a ${word}`)).toBe(`a ${word}`);
    expect(messageRedactor({ spans: [], texts: [word] }, [])(`a ${word}`)).toBe('a ••••••');
  });

  it('what is open, short or a word that everybody writes', () => {
    const redact = messageRedactor(
      { spans: [], texts: ['ledger-db', 'four', 'false', 'default', 'fives'], open: ['ledger-db'] },
      [],
    );
    expect(redact('ledger-db four false default fives')).toBe('ledger-db four false default ••••••');
  });

  it('what stands beside a place without a field', () => {
    const shown = [diagnostic({ object: object('Secret') })];
    expect(messageRedactor({ spans: [], texts: ['hunter2'] }, shown)('a hunter2')).toBe('a ••••••');
  });

  it('everything where there are no secrets', () => {
    const message = 'nobody but "Stryker was here" and there';
    for (const secrets of [{ spans: [] }, { spans: [], texts: [], open: [] }]) {
      expect(redactor(secrets)(diagnostic({ message, object: object('Secret') })).message).toBe(message);
      expect(messageRedactor(secrets, [])(message)).toBe(message);
      expect(wordRedactor(secrets)(message)).toBe(message);
    }
  });

  it('nothing where nothing is shown or open', () => {
    const secrets = { spans: [], texts: ['Stryker was here'] };
    expect(messageRedactor(secrets, [])('Stryker was here')).toBe('••••••');
    expect(wordRedactor(secrets)('Stryker was here')).toBe('••••••');
  });

  it('no text of signs alone, whatever is shown', () => {
    expect(wordRedactor({ spans: [], texts: ['!?!?!'] }, ['/a//b/', '-c-'])('x !?!?! y')).toBe('x •••••• y');
  });

  it('what is shown, with signs around it', () => {
    expect(wordRedactor({ spans: [], texts: ['--ledger--'] }, ['ledger'])('--ledger--')).toBe('--ledger--');
    expect(wordRedactor({ spans: [], texts: ['led-ger'] }, ['ledger'])('a led-ger b')).toBe('a •••••• b');
    expect(wordRedactor({ spans: [], texts: ['-ledger-'] }, ['ledger'])('a -ledger- b')).toBe('a -ledger- b');
    expect(wordRedactor({ spans: [], texts: ['-ledger-'] }, [])('a -ledger- b')).toBe('a •••••• b');
  });

  it('the same, however often it is asked', () => {
    const redact = wordRedactor({ spans: [], texts: ['hunter2'] });
    expect([redact('a hunter2'), redact('a hunter2'), redact('b')]).toEqual(['a ••••••', 'a ••••••', 'b']);
  });
});

it('names are shown without pieces of secrets and credentials', () => {
  const redact = nameRedactor({ spans: [], texts: ['s3cr3tv4lu3'] });
  expect(redact('web-s3cr3tv4lu3')).toBe('web-••••••');
  expect(redact('https://me:correct-horse@db')).toBe('https://me:••••••@db');
  expect(redact('web')).toBe('web');
});

it('texts are taken out where they are words of their own', () => {
  const redact = textRedactor(['ledger', 'four', 'ledger-db']);
  expect(redact('ledger, xledger, ledgerx, 1ledger, ledger1, -ledger- four ledger-db')).toBe(
    '••••••, xledger, ledgerx, 1ledger, ledger1, -••••••- four ••••••',
  );
  expect(redact('ledger')).toBe('••••••');
  expect(redact('')).toBe('');
});

it('secrets that an edit leaves as they are are not taken apart again, and others are', () => {
  const secretsOf = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `s3cr3t${index}v4lu3${'x7y'.repeat(20)}`);
  const workFor = (count: number, memory?: object): number =>
    countWork(
      () =>
        void nameRedactor({
          spans: [],
          texts: secretsOf(count),
          ...(memory === undefined ? {} : { memory }),
        })('nothing'),
    );
  const memory = {};
  workFor(200, memory);
  const again = workFor(200, memory);
  for (const other of [undefined, {}]) expect(workFor(200, other)).toBeGreaterThan(1.5 * again);
  const hide = nameRedactor({ spans: [], texts: ['0th3rv4lu3'], memory });
  expect(hide('0th3rv4lu3 s3cr3t1v4lu3')).toBe('•••••• s3cr3t1v4lu3');
  const one = nameRedactor({ spans: [], texts: ['0th3rv4lu3', 's3cr3t1v4lu3'], memory });
  expect(one('0th3rv4lu3 s3cr3t1v4lu3')).toBe('•••••• ••••••');
  const other = nameRedactor({ spans: [], texts: ['0th3rv4lu3', 's3cr3t2v4lu3'], memory });
  expect(other('0th3rv4lu3 s3cr3t2v4lu3 s3cr3t1v4lu3')).toBe('•••••• •••••• s3cr3t1v4lu3');
});

it.each([
  ['"pa\\\\ss \\"x\\""', 'pa\\ss "x"'],
  ['"a\\/b1c2d3"', 'a/b1c2d3'],
  ["'it''s 1 secret'", "it's 1 secret"],
  ["'a''b1", "'a'b1"],
  ['it\'\'s "1"', 'it\'\'s "1"'],
])('what is written as %j is known as %j', (written, text) => {
  expect(textsIn(written)).toContain(text);
  expect(textsIn(written)).toContain(written);
});

it('names are shown without words of a passphrase, one after the other', () => {
  const redact = nameRedactor({ spans: [], texts: ['marble lantern ostrich'] });
  expect(redact('the template fails: lantern ostrich')).toBe('the template fails: ••••••');
  expect(redact('lantern-ostrich')).toBe('lantern-ostrich');
});

/** Different secrets each time, of which nothing is remembered. */
let calls = 0;

describe('what is said of a Secret tells nothing of what stands behind a name in it', () => {
  const text =
    'a: 1\ntitle: kettle\n- name: "two oaks"\nx = \'tripod\'\n{"inner": "saucer", b: cups4}\rpan: lids and spoons\ry=ladle spoons\n';
  const told = (message: string, kind: string): string =>
    redactor({ spans: [], texts: [text, `${calls++} trays`] })(diagnostic({ message, object: object(kind) }))
      .message;

  it.each(['kettle', 'two oaks', 'tripod', 'saucer', 'cups4', 'lids and spoons', 'ladle spoons'])(
    '%s',
    (word) => {
      expect(told(`the type ${word} is none`, 'Secret')).toBe('the type •••••• is none');
      expect(told(`the type ${word} is none`, 'Service')).toBe(`the type ${word} is none`);
    },
  );

  it('but its names', () => {
    expect(told('the title is none', 'Secret')).toBe('the title is none');
  });
});

it('what stands beside a secret in its file is no part of it', () => {
  const file = { path: 'a.yaml', text: 'title: saucer\nuser: kettle\n' };
  const secrets = { spans: [{ file, start: 20, end: 26 }] };
  const told = (message: string): string =>
    redactor(secrets)(diagnostic({ message, object: object('Secret') })).message;
  expect(told('the type kettle is none')).toBe('the type •••••• is none');
  expect(told('the type saucer is none')).toBe('the type saucer is none');
});

it.each([
  ['the "kett" is', 'the "••••••" is'],
  ['the `kett` is', 'the `••••••` is'],
  ["the 'kett' is", "the '••••••' is"],
  ["kettl's cat's", "kettl's cat's"],
  ['the "cup" is', 'the "cup" is'],
])('of a Secret no part is quoted: %j', (message, expected) => {
  const redact = redactor({ spans: [], texts: ['xkettles cat s', `${calls++} trays`] });
  expect(redact(diagnostic({ message, object: object('Secret') })).message).toBe(expected);
});

it('of other secrets nothing is remembered, as many as they are', () => {
  const told = (other: string): string =>
    nameRedactor({ spans: [], texts: ['s3cr3tv4lu3', other] })('a-x9y8z7w6v5a1-q1w2e3r4t5b2');
  expect(told('x9y8z7w6v5a1')).toBe('a-••••••-q1w2e3r4t5b2');
  expect(told('q1w2e3r4t5b2')).toBe('a-x9y8z7w6v5a1-••••••');
});

it('no text is readable unless it is said to be', () => {
  // What a change of the code would put into an empty list.
  const text = 'Stryker was here';
  const secrets = { spans: [], texts: [text] };
  expect(messageRedactor(secrets, [])(text)).toBe('••••••');
  expect(wordRedactor(secrets)(text)).toBe('••••••');
  expect(redactor(secrets)(diagnostic({ message: text, object: object('Secret') })).message).toBe('••••••');
});
