import { isPlaceholder, isReference } from './not-secret.ts';
import { isRandom } from './random-text.ts';
import type { Stretch } from './stretch.ts';

const longestPart = 512;
const documentedHosts = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid)(?::\d+)?$/iu;

/** Passwords in addresses: `postgres://app:password@db`, `redis://:password@cache`. */
export function addressPasswords(text: string): Stretch[] {
  return loginsIn(text).flatMap(({ at, start, user, password, host }) => {
    if (password === undefined || documentedHosts.test(host) || !isPassword(user, password)) return [];
    if (isInComment(text, at) && !/\d/u.test(password)) return [];
    return [{ start: start + user.length + 1, end: start + user.length + 1 + password.length }];
  });
}

/** What may be a password in an address, for whoever shows one: of a documented host too, and what stands alone before the host. */
export function addressLogins(text: string): Stretch[] {
  const found = loginsIn(text).flatMap((login) => {
    const { start, user, password } = login;
    if (password === undefined) return isTokenAlone(login, text) ? [{ start, end: start + user.length }] : [];
    const from = start + user.length + 1;
    return isPassword(user, password) ? [{ start: from, end: from + password.length }] : [];
  });
  return [...found, ...loginsWithoutScheme(text)];
}

/** What stands alone before the host of a web server: a token, but for the names that servers want there, and that of what the path leads to. */
export function tokensAlone(text: string): Stretch[] {
  return loginsIn(text).flatMap((login) => {
    const { start, user, password } = login;
    return password === undefined && isTokenAlone(login, text) ? [{ start, end: start + user.length }] : [];
  });
}

function isTokenAlone({ at, start, user, host }: Login, text: string): boolean {
  if (isRandom(user)) return true;
  if (!/(?:https?|oci)$/u.test(text.slice(Math.max(0, at - 5), at)) || !isPassword('', user)) return false;
  if (users.has(user.toLowerCase())) return false;
  // Addresses of Azure DevOps begin with the organisation.
  return !text.startsWith(`/${user}/`, start + user.length + 1 + host.length);
}

const users: ReadonlySet<string> = new Set(
  'admin anonymous git guest oauth2 oauth2accesstoken robot root svn user username x-access-token x-token-auth'.split(
    ' ',
  ),
);

/** `user:password@registry.internal/image`, `user:password@git.internal:repository`. */
export function loginsWithoutScheme(text: string): Stretch[] {
  const logins = /(?<![\w/:@.-])([\w.-]{1,64}:)([^\s:/@"'`]{4,200})@[\w-]+(?:\.[\w-]+)+[:/]/gu;
  return [...text.matchAll(logins)].flatMap(({ index, 1: user = '', 2: password = '' }) => {
    const start = index + user.length;
    return isPassword(user.slice(0, -1), password) ? [{ start, end: start + password.length }] : [];
  });
}

interface Login {
  /** Where the colon of the scheme and where the user stands. */
  readonly at: number;
  readonly start: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly host: string;
}

function loginsIn(text: string): Login[] {
  const found: Login[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    if (!/[A-Za-z0-9]/u.test(text.charAt(at - 1))) continue;
    const start = at + 3;
    // Names of a directory hold commas; elsewhere one begins the next address of a list.
    const isDirectory = /(?:^|[^a-z])ldaps?$/iu.test(text.slice(Math.max(0, at - 6), at));
    const pattern = isDirectory ? /[^\s/?#"'`|]*/u : /[^\s/?#"'`,|]*/u;
    const authority = pattern.exec(text.slice(start, start + longestPart))?.[0] ?? '';
    const sign = authority.lastIndexOf('@');
    if (sign < 0) continue;
    const [user = '', ...rest] = authority.slice(0, sign).split(':');
    const password = rest.length === 0 ? undefined : rest.join(':');
    found.push({ at, start, user, password, host: authority.slice(sign + 1) });
  }
  return found;
}

/** `app:password@tcp(db:3306)/shop`, the data source name of Go's MySQL driver. */
export function sourceNamePasswords(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const { index } of text.matchAll(/@(?:tcp6?|unix|cloudsql-mysql)?\(/gu)) {
    const [, user = '', password = ''] =
      /([\w.-]{1,64}):([^\s/@"'`]{4,200})$/u.exec(text.slice(Math.max(0, index - longestPart), index)) ?? [];
    if (isPassword(user, password)) found.push({ start: index - password.length, end: index });
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
