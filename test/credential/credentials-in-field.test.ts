import { expect, it } from 'vitest';
import { credentialsInField } from '../../src/credential/credentials-in-field.ts';
import { unmarked } from './unmarked.ts';

it.each<[name: string | undefined, template: string]>([
  [undefined, 'password=«hunter22»'],
  [undefined, 'hunter22'],
  ['DB_PASSWORD', '«hunter22»'],
  ['DB_PASSWORD', ' «hunter22»  \n'],
  ['DB_PASSWORD', 'one\nhunter22'],
  ['TITLE', '5f3c1d9a'],
  ['BASIC_AUTH', '  admin:«Ziegel-4141» '],
  ['MY_LOGIN', 'admin:«Ziegel-4141»'],
  ['CREDENTIAL', 'admin:«Ziegel-4141»'],
  ['CREDENTIALS', 'admin:«Ziegel-4141»'],
  ['BASIC_AUTH', 'admin:«1234567»'],
  ['BASIC_AUTH', 'admin:kettle'],
  ['BASIC_AUTH', 'admin:Kettle!pot'],
  ['BASIC_AUTH', 'admin:change-me-1'],
  ['BASIC_AUTH', 'admin:vault:Ziegel-4141'],
  ['BASIC_AUTH', 'the admin:Ziegel-4141'],
  ['BASIC_AUTH', 'admin:Ziegel-4141 again'],
  ['BASIC_AUTH', 'admin/Ziegel-4141'],
  ['NEO4J_AUTH', 'neo4j/«Ziegel-4141»'],
  ['OAUTH', 'admin:Ziegel-4141'],
  ['AUTHORITY', 'admin:Ziegel-4141'],
  ['AUTH_USER', 'admin:Ziegel-4141'],
  ['', 'admin:Ziegel-4141'],
])('of the field %s: %j', (name, template) => {
  const { text, marked } = unmarked(template);
  expect(credentialsInField(name, text).map(({ start, end }) => ({ start, end }))).toEqual(marked);
});
