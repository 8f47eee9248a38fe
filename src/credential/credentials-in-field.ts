import { credentialsInText } from './credentials-in-text.ts';
import { isReference } from './not-secret.ts';
import { secretKindOf, wordsOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import type { Stretch } from './stretch.ts';

/** Credentials in the value of a field, a variable or a key: all of it where the name tells, else what a text shows. */
export function credentialsInField(name: string | undefined, value: string): readonly Stretch[] {
  const named = name === undefined ? undefined : credentialByName(name, value);
  return named === undefined ? credentialsInText(value) : [named];
}

/** What of a value is a credential by the name that it stands under: all of it, or the password of a login. */
export function credentialByName(name: string, value: string): Stretch | undefined {
  const trimmed = value.trim();
  const start = value.length - value.trimStart().length;
  const login = loginIn(name, trimmed);
  if (login !== undefined) return { start: start + login, end: value.trimEnd().length };
  const kind = secretKindOf(name);
  if (kind === undefined || trimmed.includes('\n') || !isSecretValue(name, kind, trimmed, 'field'))
    return undefined;
  return { start, end: start + trimmed.length };
}

/** Where the password of `user:password` begins, behind a name such as `BASIC_AUTH`; Neo4j parts the two by a slash. */
function loginIn(name: string, value: string): number | undefined {
  if (!/^(?:auth|credentials?|login)$/u.test(wordsOf(name).at(-1) ?? '')) return undefined;
  const [, user = '', password = ''] = /^([\w.@-]{1,64}[:/])(\S{4,200})$/u.exec(value) ?? [];
  if (!/\d/u.test(password)) return undefined;
  if (user.endsWith('/') && !/neo4j/iu.test(name)) return undefined;
  return !isReference(value) && isSecretValue('password', 'password', password, 'text')
    ? user.length
    : undefined;
}
