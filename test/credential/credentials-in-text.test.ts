import { expect, it } from 'vitest';
import { credentialsInText } from '../../src/credential/credentials-in-text.ts';
import { unmarked } from './unmarked.ts';

it.each([
  'DB_PASSWORD=«hunter22»',
  'a\n\nDB_PASSWORD=«hunter22»\nAPI_TOKEN=«5f3c1d9a»\n',
  'url: postgres://app:«hunter22»@db',
  'DB_PASSWORD=«hunter22» # note',
  'pw=1a',
  // Comments of several languages.
  '# DB_PASSWORD=hunter22',
  '; DB_PASSWORD=hunter22',
  '// DB_PASSWORD=hunter22',
  '-- DB_PASSWORD=hunter22',
  ' * DB_PASSWORD=hunter22',
  '<!-- DB_PASSWORD=hunter22',
  'REM DB_PASSWORD=hunter22',
  '//registry.npmjs.org/:_authToken=«5f3c1d9a»',
  // A name, and its value in one of the next lines.
  'name: DB_PASSWORD\nvalue: «hunter22»',
  'key: DB_PASSWORD\nvalue: «hunter22»',
  'Parameter: DB_PASSWORD\ndefaultValue: «hunter22»',
  'name: DB_PASSWORD\na: 1\nvalue: «hunter22»',
  'name: DB_PASSWORD\na: 1\nb: 1\nvalue: hunter22',
  'a: 1\nb: 1\nc: 1\nname: DB_PASSWORD\nvalue: «hunter22»',
  'name: TITLE\nvalue: 5f3c1d9a',
  'name: DB_PASSWORD\nname: TITLE\nvalue: 5f3c1d9a',
  'myname: DB_PASSWORD\nvalue: hunter22',
  'names: DB_PASSWORD\nvalue: hunter22',
  'name: $DB_PASSWORD\nvalue: hunter22',
  'name: "DB PASSWORD"\nvalue: hunter22',
  'name: DB_PASSWORD\nmyvalue: hunter22',
  'name: DB_PASSWORD\nvalued: hunter22',
  'value: hunter22',
  // Operations of a JSON patch.
  'path: /data/password\nvalue: «hunter22»',
  'path: /show/password\nvalue: «hunter22»',
  'path: /password\nvalue: «hunter22»',
  'path: password\nvalue: hunter22',
  'file: /data/password\nvalue: hunter22',
  // Users and their passwords in base64, and signatures.
  'auth: «YWRtaW46aHVudGVyMjI=»',
  '_auth=«YWRtaW46aHVudGVyMjI=»',
  'auth: hunter22',
  'sig=«5f3c1d9a»',
  'sign=5f3c1d9a',
  // What code gets a secret by.
  'password: readSecret(5hunter)',
  'password: headers["x5"]',
  'password: &a1b2c3',
  'password: *a1b2c3',
  'password: settings.pass2word',
  'password: settings?.pass2word',
  'password: settings.db1.pass2word',
  'password: «9hunter(22x»',
  'password: «9settings.pass2word»',
  'password: «settings.pass2word!»',
  'password: "«settings.pass2word»"',
  'title: 5f3c1d9a',
  'password: true',
])('of the text %j', (template) => {
  const { text, marked } = unmarked(template);
  expect(credentialsInText(text).map(({ start, end }) => ({ start, end }))).toEqual(marked);
});
