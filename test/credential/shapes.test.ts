import { describe, expect, it } from 'vitest';
import {
  addressLogins,
  addressPasswords,
  sourceNamePasswords,
} from '../../src/credential/address-password.ts';
import { dots, withDots, withoutCredentials } from '../../src/credential/dots.ts';
import { knownTokens } from '../../src/credential/known-token.ts';
import { privateKeys } from '../../src/credential/private-key.ts';
import type { Stretch } from '../../src/credential/stretch.ts';
import { withoutOverlaps } from '../../src/credential/stretch.ts';

function texts(text: string, found: readonly Stretch[]): string[] {
  return found.map(({ start, end }) => text.slice(start, end));
}

describe('passwords in addresses', () => {
  it.each<[string, readonly string[]]>([
    ['postgres://app:hunter22@db', ['hunter22']],
    ['x postgres://app:hunter22@db/x y', ['hunter22']],
    ['redis://:hunter22@cache', ['hunter22']],
    ['a://b:one11@c,d://e:two22@f', ['one11', 'two22']],
    ['a://b:one11@c, d://e:two22@f', ['one11', 'two22']],
    ['a://b:c:hunter22@d', ['c:hunter22']],
    ['a://b:c@hunter22@d', ['c@hunter22']],
    ['A9://b:hunter22@c', ['hunter22']],
    ['://b:hunter22@c', []],
    ['-://b:hunter22@c', []],
    ['a://hunter22@c', []],
    ['://x a://b:hunter22@c', ['hunter22']],
    ['a://user:mypassword@c', ['mypassword']],
    [`# a://b:hunterhunter@c${' '.repeat(600)}`, []],
    ['a://b:hunter22', []],
    ['a://b/c:hunter22@d', []],
    ['a://b:pas@c', []],
    ['a://b:pass@c', []],
    ['a://b:pas5@c', ['pas5']],
    ['a://user:password@c', []],
    ['a://username:secret@c', []],
    ['a://USER:PassWord@c', []],
    ['a://user:password1@c', ['password1']],
    ['a://xuser:password@c', ['password']],
    ['a://userx:secret@c', ['secret']],
    ['a://guest:guest@c', []],
    ['a://guest:guest1@c', ['guest1']],
    ['a://other:guest@c', ['guest']],
    ['a://b:hunt<er>@c', []],
    ['a://b:hunter$@c', []],
    ['a://b:{hunter}@c', []],
    ['a://b:CHANGE_ME@c', []],
    ['a://b:vault:hunter22@c', []],
    ['a://b:hunter22@example.com', []],
    ['a://b:hunter22@db.example', []],
    ['a://b:hunter22@db.example.net:5432', []],
    ['a://b:hunter22@EXAMPLE.ORG', []],
    ['a://b:hunter22@x.invalid', []],
    ['a://b:hunter22@myexample.com', ['hunter22']],
    ['a://b:hunter22@example.com.shop', ['hunter22']],
    ['a://b:hunter22@example.de', ['hunter22']],
    ['a://b:hunter22@example.com:x', ['hunter22']],
    ['# a://b:hunterhunter@c', []],
    ['  // a://b:hunterhunter@c', []],
    ['; a://b:hunterhunter@c', []],
    ['# a://b:hunter22@c', ['hunter22']],
    ['# x\na://b:hunterhunter@c', ['hunterhunter']],
    ['x # a://b:hunterhunter@c', ['hunterhunter']],
    ['ldap://cn=a,dc=b:hunter22@c', ['hunter22']],
    ['x ldaps://cn=a,dc=b:hunter22@c', ['hunter22']],
    ['xldap://cn=a,dc=b:hunter22@c', []],
    ['ldapx://cn=a,dc=b:hunter22@c', []],
    [`a://b:${'ab12'.repeat(125)}@c`, ['ab12'.repeat(125)]],
    [`a://b:${'ab12'.repeat(130)}@c`, []],
    ...['/', '?', '#', '"', "'", '`', '|', ' '].map((sign): [string, string[]] => [
      `a://b:hun${sign}ter22@c`,
      [],
    ]),
  ])('%j', (text, expected) => {
    expect(texts(text, addressPasswords(text))).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['a://q8Zr2Lx7Vb1Kd9@c', ['q8Zr2Lx7Vb1Kd9']],
    ['a://somebody@c', []],
    ['a://b:hunter22@example.com', ['hunter22']],
    ['# a://b:hunterhunter@c', ['hunterhunter']],
    ['x a://b:hun@c a://b:hunter22@c', ['hunter22']],
  ])('whoever shows one hides more: %j', (text, expected) => {
    expect(texts(text, addressLogins(text))).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['app:hunter22@tcp(db:3306)/shop', ['hunter22']],
    ['x app:hunter22@(db)', ['hunter22']],
    ['a.b-c:hunter22@tcp6(db)', ['hunter22']],
    ['app:hunter22@unix(/x)', ['hunter22']],
    ['app:hunter22@cloudsql-mysql(x)', ['hunter22']],
    ['app:hunter22@udp(x)', []],
    [`app:hunter22@tcp(x)${' '.repeat(600)}`, ['hunter22']],
    ['app:hunter22@tcp x', []],
    ['app:hunter22@udp(x) app:hunter33@tcp(y)', ['hunter33']],
    ['app:pas@tcp(x)', []],
    ['app:pas5@tcp(x)', ['pas5']],
    [`app:${'ab12'.repeat(50)}@tcp(x)`, ['ab12'.repeat(50)]],
    [`app:${'ab12'.repeat(51)}@tcp(x)`, []],
    [':hunter22@tcp(x)', []],
    ['app:hun/ter22@tcp(x)', []],
    ['app:CHANGE_ME@tcp(x)', []],
    ['guest:guest@tcp(x)', []],
    ['a:one11@tcp(x),b:two22@tcp(y)', ['one11', 'two22']],
    [`${'x'.repeat(600)} app:hunter22@tcp(x)`, ['hunter22']],
  ])('in the name of a source: %j', (text, expected) => {
    expect(texts(text, sourceNamePasswords(text))).toEqual(expected);
  });
});

const body = 'MHcCAQEEIJ8mQ2v7nTq1Xy3k';
const begin = (label: string): string => `-----BEGIN ${label}-----`;
const end = (label: string): string => `-----END ${label}-----`;
const pem = (label: string, between = `\n${body}\n`): string => `${begin(label)}${between}${end(label)}`;

const keysIn = (text: string): Stretch[] => withoutOverlaps(privateKeys(text));

describe('private keys', () => {
  const whole = [
    `${'A'.repeat(40)}PRIVATE KEY BLOCK`,
    'PRIVATE KEY',
    'EC PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ];
  it.each(whole)('are found by %s', (label) => {
    const text = `x ${pem(label)} y`;
    expect(texts(text, keysIn(text))).toEqual([pem(label)]);
  });

  it.each([
    ['with escaped line breaks', `\\n${body}\\n`],
    ['with those of Windows', `\\r\\n${body}\\r\\n`],
    ['behind headers', `\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\n${body}\n`],
    ['behind spaces', `\n    ${body}\n`],
    ['on one line', body],
  ])('are found %s', (_, between) => {
    const text = `${pem('PRIVATE KEY', between)}\n`;
    expect(texts(text, keysIn(text))).toEqual([text.trimEnd()]);
  });

  it('end where their end is written, and with the text without one', () => {
    const text = `a${pem('RSA PRIVATE KEY')}b${pem('PRIVATE KEY')}c`;
    expect(texts(text, keysIn(text))).toEqual([pem('RSA PRIVATE KEY'), pem('PRIVATE KEY')]);
    const open = `${begin('PRIVATE KEY')}\n${body}\nmore`;
    expect(texts(open, keysIn(open))).toEqual([open]);
    const far = `${begin('PRIVATE KEY')}${body}${'\n'.repeat(20_000)}${end('PRIVATE KEY')}`;
    expect(keysIn(far).map((one) => one.end)).toEqual([begin('PRIVATE KEY').length + 20_000]);
  });

  it.each([
    ['a public key', pem('PUBLIC KEY')],
    ['a certificate', pem('CERTIFICATE')],
    ['small letters', pem('ec PRIVATE KEY')],
    ['a label of many words', pem(`${'A '.repeat(25)}PRIVATE KEY`)],
    ['nothing', `${begin('PRIVATE KEY')}\n${end('PRIVATE KEY')}`],
    ['words', pem('PRIVATE KEY', '\n<your key here>\n')],
    ['too little', pem('PRIVATE KEY', '\nMHcCAQEEIJ8mQ2v\n')],
    ['another line before it', pem('PRIVATE KEY', `\n1 x: y\n${body}\n`)],
    ['a sign before it', pem('PRIVATE KEY', `\n<${body}>\n`)],
    ['an end only', end('PRIVATE KEY')],
    ['dashes', `-----BEGIN PRIVATE KEY----\n${body}`],
  ])('are none with %s', (_, text) => {
    expect(keysIn(text)).toEqual([]);
  });

  it('are found in base64, by how it begins', () => {
    const encoded = btoa(pem('RSA PRIVATE KEY', `\n${body.repeat(3)}\n`));
    for (const text of [encoded, `x: ${encoded}\n`, `${encoded} ${encoded}`])
      expect(texts(text, keysIn(text)).every((one) => one === encoded)).toBe(true);
    expect(keysIn(`${encoded} ${encoded}`)).toHaveLength(2);
    const harmless = btoa(pem('CERTIFICATE', `\n${body.repeat(3)}\n`));
    expect(keysIn(harmless)).toEqual([]);
  });

  it.each([0, 1, 2, 3])('are found in base64 of a file around them, %i characters further', (more) => {
    const file = `${'{"a":"b","key":"'}${' '.repeat(more)}${pem('PRIVATE KEY', `\\n${body.repeat(2)}\\n`)}"}`;
    const encoded = btoa(file);
    for (const text of [encoded, `x: ${encoded}\n`, `"${encoded}"`])
      expect(texts(text, keysIn(text))).toEqual([encoded]);
  });

  it('are found in base64 that is cut off, whatever stands around it', () => {
    const file = `>>>???{"key":"${pem('EC PRIVATE KEY', `\\n${body.repeat(2)}\\n`)}"} `;
    const encoded = btoa(file.padEnd(Math.ceil(file.length / 3) * 3));
    expect(encoded).toMatch(/^Pj4\+Pz8\/[^=]*$/u);
    for (const sign of '[]`_{}~.:@,-')
      expect(texts(sign + encoded + sign, keysIn(sign + encoded + sign))).toEqual([encoded]);
    for (const more of ['', 'A', 'AA', 'AAA'])
      expect(texts(encoded + more, keysIn(encoded + more))).toEqual([encoded + more]);
    const behind = `${btoa('PRIVATE KEY')} ${encoded}`;
    expect(texts(behind, keysIn(behind))).toEqual([encoded]);
    const least = btoa(`{"key":"${begin('PRIVATE KEY')}`.padEnd(75));
    expect([least.length, texts(least, keysIn(least))]).toEqual([100, [least]]);
    const short = btoa(`${begin('PRIVATE KEY')}\n${body}${body.slice(0, 12)}`);
    expect([short.length, texts(`${short}.`, keysIn(`${short}.`))]).toEqual([88, [short]]);
    expect(texts(`x: ${short}.`, keysIn(`x: ${short}.`))).toEqual([short]);
    for (const before of [60, 61, 62]) {
      const file = btoa(`${'x'.repeat(before)}BEGIN PRIVATE KEY${'x'.repeat(60)}`).replaceAll('=', '');
      const both = `${btoa('PRIVATE KEY')} ${file}`;
      expect(texts(both, keysIn(both))).toEqual([file]);
    }
  });

  it('are none in base64 of a file that speaks of one, or of little', () => {
    expect(keysIn(btoa(`${'x'.repeat(100)} PRIVATE KEY ${'x'.repeat(100)}`))).toEqual([]);
    expect(keysIn(btoa('a PRIVATE KEY'))).toEqual([]);
    expect(keysIn(btoa('BEGIN PRIVATE KEY '))).toEqual([]);
    expect(keysIn(' '.repeat(100) + btoa('BEGIN PRIVATE KEY '))).toEqual([]);
    expect(keysIn(btoa('x'.repeat(30_001) + pem('PRIVATE KEY')))).toEqual([]);
    expect(keysIn(`${btoa('-----BEGIN ').slice(0, 14)}AAA`)).toEqual([]);
    expect(privateKeys('')).toEqual([]);
  });
});

describe('tokens', () => {
  const word = 'k9Zr2Lx7Vb1Kd9Wm4Tn6Yc3Qp8Hs5Jf0GuEaIo';
  const [header, claims] = [`eyJ${word.slice(0, 9)}`, `eyJ${word.slice(9, 20)}`];
  const bot = `12345678:AA${word.slice(0, 33)}`;
  it.each<[string, readonly string[]]>([
    [`a ${header}.${claims}.${word} b`, [`${header}.${claims}.${word}`]],
    [`${header}.${claims}`, [`${header}.${claims}`]],
    [`${header}.${claims}.`, [`${header}.${claims}.`]],
    [`${header}.x${claims}`, []],
    [`eyJshort.${claims}`, []],
    [`a eyJshort.${claims}`, []],
    [`${header}.${claims} b`, [`${header}.${claims}`]],
    [`${header}.eyJ${word.slice(0, 8)}`, [`${header}.eyJ${word.slice(0, 8)}`]],
    [`${header}.eyJ${word.slice(0, 8)}.x`, [`${header}.eyJ${word.slice(0, 8)}.x`]],
    [`${header}.eyJ${word.slice(0, 7)}.x`, []],
    [`${header}.eyJshort.${word}`, []],
    [`x${header}.${claims}`, []],
    [`url=${bot}/x`, [bot]],
    [`12345678:AB${word.slice(0, 33)}`, []],
    [`1234567:AA${word.slice(0, 33)}`, []],
    [`${bot}x`, []],
    [`12345678901:AA${word.slice(0, 33)}`, []],
    [`https://hooks.slack.com/services/T024BE7LD/B0WXYZ123/${word}`, [`T024BE7LD/B0WXYZ123/${word}`]],
    ['https://hooks.slack.com/services/T024BE7LD/B0', []],
    ['https://hooks.slack.com/services/T024BE7LD/B0WXYZ', ['T024BE7LD/B0WXYZ']],
    ['https://hooks.slack.com/services/TABCBEFLD/BXWXYZABC', []],
    ['https://hooks.slack.com/services/T024/B0WX/your-token-here1', []],
    [`hooks.slack.com/services/a1/${word} hooks.slack.com/services/b2/${word}`, [`a1/${word}`, `b2/${word}`]],
    [`ghp_${word.slice(0, 35)}`, []],
    [`ghp_EXAMPLE${word.slice(0, 35)}`, []],
    [`ghp_${'ab12'.repeat(9)}`, []],
    [`ghp_${'ab12c'.repeat(8)}`, [`ghp_${'ab12c'.repeat(8)}`]],
    [
      `ghp_${word.slice(0, 36)} glpat-${word.slice(0, 20)}`,
      [`ghp_${word.slice(0, 36)}`, `glpat-${word.slice(0, 20)}`],
    ],
    [`-ghp_${word.slice(0, 36)}`, [`ghp_${word.slice(0, 36)}`]],
    [`ghp_${word.repeat(20)}`, [`ghp_${word.repeat(20).slice(0, 512)}`]],
  ])('%j', (text, expected) => {
    expect(texts(text, knownTokens(text))).toEqual(expected);
  });
});

it('stretches are told apart, and dots stand in their place', () => {
  const some = [
    { start: 6, end: 8 },
    { start: 0, end: 2 },
    { start: 1, end: 5 },
    { start: 0, end: 4 },
    { start: 4, end: 6 },
  ];
  const apart = withoutOverlaps(some);
  expect(apart).toEqual([
    { start: 0, end: 4 },
    { start: 4, end: 6 },
    { start: 6, end: 8 },
  ]);
  expect(withoutOverlaps([])).toEqual([]);
  expect(
    withDots('abcdefgh', [
      { start: 1, end: 3 },
      { start: 4, end: 5 },
    ]),
  ).toBe(`a${dots}d${dots}fgh`);
  expect(withDots('abc', [])).toBe('abc');
  const text = `a://b:hunter22@c and a://q8Zr2Lx7Vb1Kd9@d`;
  expect(withoutCredentials(text)).toBe(`a://b:${dots}@c and a://${dots}@d`);
  expect(withoutCredentials('nothing')).toBe('nothing');
  expect(dots).toBe('••••••');
});
