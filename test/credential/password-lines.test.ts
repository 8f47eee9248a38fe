import { expect, it } from 'vitest';
import { isBasicCredential, passwordsInLine } from '../../src/credential/password-lines.ts';
import { textsOf, unmarked } from './unmarked.ts';

const hash = 'Yx3k9Zr2Lx7Vb1Kd9Wm4Tn6Yc3';

it.each([
  // Directives of servers.
  'requirepass «hunter22»',
  '  bindpw   "«hunter22»";  ',
  "requirepass   '«hunter22»'",
  'requirepass «hunter22»"',
  'requirepass «12345678»',
  'requirepass hunter22 more',
  'requirepass hunter22;x',
  'requirepass Wolken!bruch',
  'token hunter22',
  'title hunter22',
  'requirepass',
  // Users of HAProxy and Redis.
  'user  app  password  "«hunter22»"',
  '  user app password «hunter22»',
  'x user app password hunter22',
  'xuser app password hunter22',
  'username app insecure-password «hunter22»',
  'user app password «12345678»',
  'user app password Wolken!bruch',
  '  user  default on >«hunter22»',
  'user a on >«hunter22»',
  'user default>hunter22',
  'x user default on >hunter22',
  'xuser default on >hunter22',
  // Files with the passwords of clients.
  '  machine  git.shop.internal  login  ci  password  «hunter22»',
  'machine git.shop.internal login ci password CHANGE_ME',
  'x machine git.shop.internal login ci password hunter22',
  'xmachine git.shop.internal login ci password hunter22',
  'db.shop:5432:shop:app:«hunter22»  ',
  '*:*:*:*:«hunter22»',
  ' db.shop:5432:shop:app:hunter22',
  'db.shop:5432:shop:app:hunter22 more',
  'db.shop:5432:shop:app:hunter22:more',
  // Hashes.
  `app:«$apr1$${hash}»`,
  `app:«$2y$${hash}»`,
  `app:«$2a$${hash}»`,
  `app:«{SHA}${hash}=»`,
  `  -   "app:«$6$${hash}»",  `,
  `x app:$apr1$${hash}`,
  `app:$apr1$${hash} more`,
  `app:$apr1$${hash},more`,
  `app:$2x$${hash}`,
  `app:$apr1$short`,
  // SQL.
  "CREATE USER app IDENTIFIED   BY   '«hunter22»'",
  "ALTER ROLE app WITH PASSWORD  IS   '«hunter22»'",
  "alter role app password '«hunter22»'",
  "ALTER ROLE app WITH PASSWORD 'CHANGE_ME'",
  "NOPASSWORD 'hunter22' more",
  // Constants of PHP.
  "define(  'DB_PASSWORD'  ,  '«hunter22»');",
  "$config['db_password']  =  '«hunter22»';",
  '["db_password"] => "«hunter22»"',
  `${'x'.repeat(120)}['db_password'] = 'hunter22'`,
  "define('TITLE', '5f3c1d9a')",
  "define('DB_PASSWORD', 'CHANGE_ME')",
  // Headers that servers set.
  '  proxy_set_header  X-Api-Key   "«5f3c1d9a2b»";  ',
  "add_header X-Api-Key '«5f3c1d9a2b»'",
  'RequestHeader  set  X-Api-Key  «5f3c1d9a2b»',
  'RequestHeader set "X-Api-Key" "«5f3c1d9a2b»"',
  'Header append X-Api-Key «5f3c1d9a2b»',
  'http-request  add-header  X-Api-Key  «5f3c1d9a2b»',
  'http-request set-header X-Api-Key «5f3c1d9a2b»',
  'x proxy_set_header X-Api-Key 5f3c1d9a2b',
  'xproxy-set_header X-Api-Key 5f3c1d9a2b',
  'proxy_set_header X-Api-Key 5f3c1d9a2b more',
  'proxy_set_header X-Api-Key 5f3c1d9a2b;more',
  'add_header X-Title 5f3c1d9a2b',
  // Headers of HTTP.
  'Authorization: Bearer «q8Zr2Lx7Vb1Kd9Wm4T»',
  'Authorization": "Token «q8Zr2Lx7Vb1Kd9Wm4T»"',
  "authorization='ApiKey «q8Zr2Lx7Vb1Kd9Wm4T»'",
  'Authorization:apikey «q8Zr2Lx7Vb1Kd9Wm4T» more',
  'Bearer of-something-harmless',
  'Bearer AgBx9Zr2Lx7Vb1Kd9Wm4T',
  'Bearer your-q8Zr2Lx7Vb1Kd9Wm4T',
  'x: Token q8Zr2Lx7Vb1Kd9Wm4T',
  'Authorization: Basic «YWRtaW46aHVudGVyMjI=» more',
  'Authorization: Basic «YWRtaW46aHVudGVyMg==»',
  'Authorization: Basic «YWRtaW46aHVudGVyMjIy»',
  'Authorization: Basic YWRtaW5odW50ZXIyMg==',
  'AuthBasic YWRtaW46aHVudGVyMjI=',
])('of the line %j', (template) => {
  const { text, marked } = unmarked(template);
  const found = passwordsInLine(text, 100);
  expect(found).toEqual(marked.map(({ start, end }) => ({ start: start + 100, end: end + 100 })));
  expect(textsOf(text, passwordsInLine(text, 0))).toEqual(textsOf(text, marked));
});

it.each<[encoded: string, expected: boolean]>([
  [btoa('admin:hunter22'), true],
  [btoa('admin:hunter22').replaceAll('=', ''), true],
  [btoa('a:abcd'), true],
  [btoa('administrator:abc'), false],
  [btoa('adminhunter22'), false],
  [btoa(':hunter22'), false],
  [btoa('admin:CHANGE_ME'), false],
  [btoa('admin:hünter22'), false],
  [btoa('\u0001admin:hunter22'), false],
  [btoa('admin:hunter22\u0001'), false],
  ['YWRtaW46a', false],
  ['!YWRtaW46aHVudGVyMjI=', false],
  ['YWRtaW46aHVudGVyMjI=x', false],
  ['YTpi', false],
  ['', false],
])('%j is a user and a password: %j', (encoded, expected) => {
  expect(isBasicCredential(encoded)).toBe(expected);
});
