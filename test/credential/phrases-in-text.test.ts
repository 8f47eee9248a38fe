import { expect, it } from 'vitest';
import { credentialsInText } from '../../src/credential/credentials-in-text.ts';
import { phrasesInText } from '../../src/credential/phrases-in-text.ts';

function phrasesOf(text: string): string[] {
  return phrasesInText(text).map(({ start, end }) => text.slice(start, end));
}

const phrase = 'marble lantern ostrich';

it.each([
  `DB_PASSWORD: ${phrase}\n`,
  `a: b\nDB_PASSWORD: "${phrase}"\nc: d\n`,
  `{"password": "${phrase}"}`,
  `- name: DB_PASSWORD\n  value: ${phrase}\n`,
  `- {name: DB_PASSWORD, value: '${phrase}'}\n`,
  `clientSecret: ${phrase}\n`,
  `data:\n  app.properties: |\n    db.password = ${phrase}\n`,
  `password: ${phrase} # of the database\n`,
  `password: ${phrase}  \n`,
  `password=${phrase}\n`,
  `- password: ${phrase}\n`,
  `-   password: ${phrase}\n`,
])('plain words under the name of a secret are hidden, and not reported: %j', (text) => {
  expect(phrasesOf(text).filter((one) => one !== 'marble')).toEqual([phrase]);
  expect(credentialsInText(text)).toEqual([]);
});

it.each([
  `title: ${phrase}\n`,
  'password: The password of the user\n',
  'password: Confirm Password\n',
  'resetPassword: Forgot something important\n',
  'password: words that say what belongs here\n',
  'password: on off\n',
  'password: "Passphrase"\n',
  'password: "will"\n',
  'password: "string"\n',
  'API_TOKEN: getToken(marble)\n',
  'tlsSecret: marble\n',
  'title: "marble"\n',
  'password: ab cdef\n',
  'password: Confirm dbPassword now\n',
  'the user password: marble lantern ostrich\n',
  '// {"password": "marble lantern"}\n',
  `# password: ${phrase}\n`,
  `- name: TITLE\n  value: ${phrase}\n`,
])('sentences, labels and what names something are shown: %j', (text) => {
  expect(phrasesOf(text)).toEqual([]);
});

it.each([
  ['password: "marble"\n', 'marble'],
  ['password: marble\n', 'marble'],
  ['API_TOKEN: "marble"\n', 'marble'],
  ['db.password=marble\n', 'marble'],
  ['run --x --token=marble --y\n', 'marble'],
  ['{"password": "marble", "title": "lantern"}', 'marble'],
  ['- {op: add, path: /data/password, value: "marble-lantern"}\n', 'marble-lantern'],
])('a word is hidden as in a field, and not reported: %j', (text, word) => {
  expect(phrasesOf(text)).toEqual([word]);
  expect(credentialsInText(text)).toEqual([]);
});

it('eight characters are enough, and blanks around them belong to what is hidden', () => {
  expect(phrasesOf('password: abc defg\n')).toEqual(['abc defg']);
  expect(phrasesOf('password: " abc defg "\n')).toEqual([' abc defg ']);
});
