import { expect, it } from 'vitest';
import { addressLogins } from '../../src/credential/address-password.ts';
import { querySecrets } from '../../src/credential/address-query.ts';
import { withoutCredentials } from '../../src/credential/dots.ts';
import { hiddenBehindOptions, hiddenInField, hiddenInText } from '../../src/credential/hidden-in-text.ts';
import { textsOf, unmarked } from './unmarked.ts';

function expectMarked(
  template: string,
  find: (text: string) => readonly { start: number; end: number }[],
): void {
  const { text, marked } = unmarked(template);
  expect([...new Set(textsOf(text, find(text)))]).toEqual(textsOf(text, marked));
}

it.each([
  'https://host/x?token=«kettle»',
  'https://host/x?ref=main&password=«kettle»&x=y',
  '/ready?api_key=«kettle» and more',
  'https://host/x?sv=1&sig=«kettle»#top',
  'https://host/x?X-Amz-Signature=«kettle»"',
  'https://host/x?X-Goog-Signature=«kettle»',
  'https://host/x#access_token=«kettle»&state=a',
  'https://host/x?code=«q8Zr2Lx7Vb1Kd9»',
  'https://host/x?code=«kettle»&key=«ostrich»&auth=«lantern»',
  'https://host/x?key=«q8Zr2Lx7Vb1Kd9»',
  'https://host/x?auth=«q8Zr2Lx7Vb1Kd9»',
  'https://host/x?token=«a%20b»',
  'https://host/x?token=«abcd»',
])('the query of %s', (template) => {
  expectMarked(template, querySecrets);
});

it.each([
  'https://host/x?token=abc',
  'https://host/x?token=$TOKEN',
  'https://host/x?token=${TOKEN}',
  'https://host/x?token={{.token}}',
  'https://host/x?token=<token>',
  'https://host/x?token=CHANGE_ME',
  'https://host/x?token=true',
  'https://host/x?ref=kettle&path=q8Zr2Lx7Vb1Kd9',
  'https://host/x?code=2000&key=${KEY}&auth=basic',
  'https://host/x?coded=kettle&keys=kettle&author=kettle',
  'https://host/x?signed=kettle',
  'https://host/x?=kettle',
  'x token=kettle',
  `https://host/x?${'x'.repeat(60)}token=kettle`,
])('no secret is in the query of %s', (text) => {
  expect(querySecrets(text)).toEqual([]);
});

it.each([
  ['ci:«hunter-22»@registry.corp.net/shop/web:1.2'],
  ['c:«hunter-22»@a.b/x'],
  ['to ci:«hunter-22»@a-b.c-d:x'],
  ['"ci:«hunter-22»@git.corp.net:shop/web"'],
  ['https://ci:«hunter-22»@git.corp.net/shop'],
  ['https://«q8Zr2Lx7Vb1Kd9»@git.corp.net/shop'],
  ['ssh://«q8Zr2Lx7Vb1Kd9»@git.corp.net/shop'],
  ['https://«kettle»@git.corp.net/shop'],
  ['git::http://«kettle»@git.corp.net/kettles'],
  ['oci://«kettle»@registry.corp.net/shop'],
  ['https://«Kettle!s»@git.corp.net/shop'],
])('the login of %s', (template) => {
  expectMarked(template, addressLogins);
});

it.each([
  'git@git.corp.net:shop/web',
  'registry/web:1.2@sha256:0123456789abcdef/x',
  'ci:hunter-22@localhost/x',
  'ci:hunter-22@corp.net',
  'ci:hun@corp.net/x',
  'ci:$PASSWORD@corp.net/x',
  'a/ci:hunter-22@corp.net/x',
  'guest:guest@corp.net/x',
  'ci:hunter 22@corp.net/x',
  'ci:hunter-22@corp..net/x',
  'https://git@git.corp.net/shop',
  'https://X-Access-Token@git.corp.net/shop',
  'https://kettle@dev.azure.com/kettle/shop/_git/web',
  'https://${TOKEN}@git.corp.net/shop',
  'https://CHANGE_ME@git.corp.net/shop',
  'https://ket@git.corp.net/shop',
  'ssh://kettle@git.corp.net/shop',
  'postgres://kettle@db/shop',
])('no login is in %s', (text) => {
  expect(addressLogins(text)).toEqual([]);
});

it('words are shown without what stands in an address', () => {
  expect(withoutCredentials('https://host/x?token=kettle is never fetched')).toBe(
    'https://host/x?token=•••••• is never fetched',
  );
});

it.each<[name: string, template: string]>([
  ['password', '«kettle»'],
  ['password', '«marble lantern ostrich»'],
  ['API_TOKEN', '«marble lantern ostrich»'],
  ['BASIC_AUTH', 'admin:«Ziegel-4141»'],
  ['args', '--password=«kettle»'],
  ['args', '--password=«marble lantern ostrich»'],
  ['args', '-Dspring.datasource.password=«marble lantern ostrich»'],
  ['literals', 'password=«two oaks 1n the rain»'],
  ['args', '--password= «kettle»'],
  ['args', '--basic-auth=admin:«Ziegel-4141»'],
  ['title', 'marble lantern ostrich'],
  ['title', 'kettle'],
  ['args', '--title=marble lantern ostrich'],
  ['args', '--password=$(PASSWORD)'],
  ['args', 'run --password=kettle'],
  ['args', '--password=kettle\nother'],
  ['args', '=kettle'],
  ['args', '--password='],
  ['TOKEN', '«kettle»'],
  ['API_TOKEN', ' «violet-lantern-ostrich»\n'],
  ['args', '--token=«kettle»'],
  ['clientSecret', '«kettle»'],
  ['tlsSecret', 'kettle'],
  ['tlsSecret', '«Kettle»'],
  ['secretKey', 'kettle'],
  ['registry-credentials', 'kettle-2'],
  ['TOKEN', 'access_token'],
  ['TOKEN', 'kett'],
  ['TOKEN', 'kettle lantern.'],
  ['TOKEN', 'token'],
  ['TOKEN', '/run/kettle'],
  ['TOKEN', 'orders-token'],
  ['TOKEN', 'disabled'],
  ['TOKEN', 'CHANGE_ME'],
  ['MAX_TOKEN', 'kettle'],
])('of %s: %s', (name, template) => {
  expectMarked(template, (text) => hiddenInField(name, text));
});

it.each<[readonly string[]]>([
  [['app', '--password', '«kettle»', '--user', 'kettle']],
  [['app', '--db.password', '«marble lantern ostrich»']],
  [['app', '-password', '«kettle»']],
  [['--basic-auth', 'admin:«Ziegel-4141»']],
  [['app', '--password', '--user', 'kettle']],
  [['app', '--password=a', 'kettle']],
  [['app', 'password', 'kettle']],
  [['app', 'my-password', 'kettle']],
  [['mysql', '-p$PASSWORD', 'kettle']],
  [['--password']],
])('behind an option of %j', (templates) => {
  const words = templates.map(unmarked);
  const found = hiddenBehindOptions(words.map(({ text }) => text));
  for (const [word, { text, marked }] of words.entries())
    expect(
      textsOf(
        text,
        found.filter((one) => one.word === word),
      ),
    ).toEqual(textsOf(text, marked));
});

it.each([
  ['DB_PASSWORD: «marble lantern ostrich»\nurl: https://host/x?token=«kettle»\n'],
  ['run --password "«marble lantern ostrich»" --x\n'],
  ['x: https://«q8Zr2Lx7Vb1Kd9»@host.corp.net/x\n'],
  ['x: https://«somebody»@host.corp.net/5f3c1d9a\n'],
  ['x: ssh://somebody@host.corp.net/5f3c1d9a\n'],
  ['image: somebody:«kettles»@host.corp.net/x:1\n'],
  ['x: https://me:kettles@host.example.com/5f3c1d9a\n'],
  ['password: "«two oaks 1n the rain»"\n'],
  ['password: two oaks 1n the rain\n'],
  ['title: "two oaks 1n the rain"\n'],
  ['{op: add, path: /data/password, value: "«marble lantern»"}\n'],
  ['{op: add, path: /data/title, value: "marble lantern"}\n'],
])('of the text %j', (template) => {
  const { text, marked } = unmarked(template);
  const found = new Set(textsOf(text, hiddenInText(text)).map((one) => one.replaceAll('"', '')));
  expect([...found].sort()).toEqual(textsOf(text, marked).sort());
});
