import { isPlaceholder, isReference } from './not-secret.ts';
import type { Stretch } from './stretch.ts';

const longestPart = 512;
const documentedHosts = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid)(?::\d+)?$/iu;

/** Passwords in addresses: `postgres://app:password@db`, `redis://:password@cache`, also a token alone before the host. */
export function addressPasswords(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    if (!/[A-Za-z0-9]/u.test(text.charAt(at - 1))) continue;
    const start = at + 3;
    // Names of a directory hold commas; elsewhere one begins the next address of a list.
    const isDirectory = /(?:^|[^a-z])ldaps?$/iu.test(text.slice(Math.max(0, at - 6), at));
    const pattern = isDirectory ? /^[^\s/?#"'`|]*/u : /^[^\s/?#"'`,|]*/u;
    const authority = pattern.exec(text.slice(start, start + longestPart))?.[0] ?? '';
    const sign = authority.lastIndexOf('@');
    if (sign < 0) continue;
    const user = authority.slice(0, sign);
    const colon = user.indexOf(':');
    if (colon < 0 || documentedHosts.test(authority.slice(sign + 1))) continue;
    const password = user.slice(colon + 1);
    if (isPassword(user.slice(0, colon), password) && !(isInComment(text, at) && !/\d/u.test(password)))
      found.push({ start: start + colon + 1, end: start + sign });
  }
  return found;
}

/** `app:password@tcp(db:3306)/shop`, the data source name of Go's MySQL driver. */
export function sourceNamePasswords(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const { index } of text.matchAll(/@(?:tcp6?|unix|cloudsql-mysql)?\(/gu)) {
    const [, user = '', password = ''] =
      /([\w.-]{1,64}):([^\s/@"'`]{4,200})$/u.exec(text.slice(Math.max(0, index - longestPart), index)) ?? [];
    if (password !== '' && isPassword(user, password))
      found.push({ start: index - password.length, end: index });
  }
  return found;
}

/** Comments show addresses as examples, with words for passwords. */
function isInComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - longestPart), at);
  return /^\s*(?:#|;|\/\/)/u.test(before.slice(before.lastIndexOf('\n') + 1));
}

const shortestPassword = 4;

function isPassword(user: string, password: string): boolean {
  if (password.length < shortestPassword || /[${}<>]/u.test(password)) return false;
  if (isReference(password) || isPlaceholder(password) || password === 'pass') return false;
  if (/^(?:user|username)$/iu.test(user) && /^(?:password|secret)$/iu.test(password)) return false;
  return !(user === 'guest' && password === 'guest');
}
