import { isPlaceholder, isReference } from './not-secret.ts';
import { isRandom } from './random-text.ts';
import { secretKindOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import type { Stretch } from './stretch.ts';

/** Passwords in lines that have no sign between name and value: of servers, `.netrc`, `.pgpass`, htpasswd, SQL, HTTP headers. */
export function passwordsInLine(line: string, offset: number): Stretch[] {
  const found = readers.flatMap((read) => read(line) ?? []);
  return found.map(({ start, end }) => ({ start: offset + start, end: offset + end }));
}

type Reader = (line: string) => Stretch | undefined;

const readers: readonly Reader[] = [
  directive,
  userPassword,
  redisUser,
  netrc,
  pgpass,
  htpasswd,
  sql,
  constant,
  header,
  bearer,
  basic,
];

/** `requirepass …` of Redis, `bindpw …` of LDAP, `password …` of a .netrc in several lines. */
function directive(line: string): Stretch | undefined {
  const [, before = '', name = '', value = ''] =
    /^(\s*([A-Za-z][\w.-]{1,100})\s+)["']?([^\s"';]{5,200})["']?;?\s*$/u.exec(line) ?? [];
  if (!/\d/u.test(value) || secretKindOf(name) !== 'password') return undefined;
  const start = before.length + (/["']/u.test(line.charAt(before.length)) ? 1 : 0);
  return judged(value, start);
}

/** `user app password …`, of HAProxy (`insecure-password`) and of servers for mail and messages. */
function userPassword(line: string): Stretch | undefined {
  const [, before = '', value = ''] =
    /^(\s*user(?:name)?\s{1,9}\S{1,100}\s{1,9}(?:insecure-)?password\s{1,9}["']?)([^\s"';]{5,200})/u.exec(
      line,
    ) ?? [];
  return /\d/u.test(value) ? judged(value, before.length) : undefined;
}

/** `user default on >password`, of Redis' access list. */
function redisUser(line: string): Stretch | undefined {
  return passwordIn(/^(\s*user\s+\S{1,100}\s[^>\n]{0,200}>)([^\s]{4,200})/u.exec(line));
}

/** `machine git.shop.internal login ci password …`. */
function netrc(line: string): Stretch | undefined {
  return passwordIn(/^(\s*machine\s+\S{1,200}\s+login\s+\S{1,200}\s+password\s+)(\S{1,200})/u.exec(line));
}

/** `host:port:database:user:password`. */
function pgpass(line: string): Stretch | undefined {
  return passwordIn(
    /^([\w.*-]{1,200}:(?:\d{2,5}|\*):[\w*-]{1,100}:[\w*-]{1,100}:)([^\s:]{4,200})\s*$/u.exec(line),
  );
}

/** The value of a line that begins with what stands before it. */
function passwordIn(found: RegExpExecArray | null): Stretch | undefined {
  const [, before = '', value = ''] = found ?? [];
  return judged(value, before.length);
}

/** `user:hash`; who has the hash may try passwords as fast as a computer can. */
function htpasswd(line: string): Stretch | undefined {
  const [all, before = '', value = ''] =
    /^(\s*(?:-\s+)?["']?[\w.@-]{1,100}:)((?:\$(?:apr1|2[aby]|5|6|y)\$|\{SHA\})[\w./$+=]{20,200})["']?,?\s*$/u.exec(
      line,
    ) ?? [];
  return all === undefined ? undefined : { start: before.length, end: before.length + value.length };
}

/** `CREATE USER … IDENTIFIED BY '…'`, `WITH PASSWORD '…'`. */
function sql(line: string): Stretch | undefined {
  const found = /\b(?:IDENTIFIED\s{1,9}BY|PASSWORD)\s{1,9}(?:IS\s{1,9})?'([^'\n]{4,200})'/iu.exec(line);
  const value = found?.[1] ?? '';
  return found === null ? undefined : judged(value, found.index + found[0].length - 1 - value.length);
}

/** `define('DB_PASSWORD', '…')` and `$config['db_password'] = '…'` of PHP. */
function constant(line: string): Stretch | undefined {
  return namedValue(
    /^(.{0,100}?(?:\bdefine\(\s{0,9}|\[)["'])([A-Za-z][\w.-]{1,100})(["']\s{0,9}(?:,|\]\s{0,9}=>?)\s{0,9}["'])([^"'\n]{4,200})["']/u.exec(
      line,
    ),
  );
}

/** `proxy_set_header X-Api-Key "…"`, `add_header …`, `RequestHeader set …` of servers for the web. */
function header(line: string): Stretch | undefined {
  return namedValue(
    /^(\s*(?:\w{1,30}_header|(?:Request)?Header\s{1,9}(?:set|add|append)|http-request\s{1,9}(?:set|add)-header)\s{1,9}["']?)([A-Za-z][\w-]{1,100})(["']?\s{1,9}["']?)([^\s"';]{6,4096})["']?;?\s*$/u.exec(
      line,
    ),
  );
}

/** The value of a line that begins with what stands before a name, the name, what is between, and the value, if it is a secret by its name. */
function namedValue(found: RegExpExecArray | null): Stretch | undefined {
  const [, before = '', name = '', between = '', value = ''] = found ?? [];
  const kind = secretKindOf(name);
  if (kind === undefined || !isSecretValue(name, kind, value, 'text')) return undefined;
  const start = before.length + name.length + between.length;
  return { start, end: start + value.length };
}

/** `Authorization: Bearer …`, also by the words that other servers want. */
function bearer(line: string): Stretch | undefined {
  const found = /\b(?:Bearer|Authorization["']?[:=]\s?["']?(?:Token|ApiKey))\s([\w.~+/=-]{16,4096})/iu.exec(
    line,
  );
  if (found === null) return undefined;
  const { 0: all, 1: value = '', index } = found;
  if (!isRandom(value) || isReference(value) || isPlaceholder(value)) return undefined;
  return { start: index + all.length - value.length, end: index + all.length };
}

/** `Authorization: Basic …`: user and password in base64. */
function basic(line: string): Stretch | undefined {
  const found = /\bBasic\s([A-Za-z0-9+/]{8,1024}={0,2})/iu.exec(line);
  if (found === null) return undefined;
  const { 0: all, 1: value = '', index } = found;
  if (!isBasicCredential(value)) return undefined;
  return { start: index + all.length - value.length, end: index + all.length };
}

/** Whether a text is `user:password` in base64, as in the header of HTTP and in the configuration of Docker. */
export function isBasicCredential(encoded: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/u.test(encoded) || encoded.replaceAll('=', '').length % 4 === 1)
    return false;
  const text = atob(encoded.replaceAll('=', ''));
  const colon = text.indexOf(':');
  const password = text.slice(colon + 1);
  return colon > 0 && /^[\x20-\x7e]+$/u.test(text) && password.length >= 4 && !isPlaceholder(password);
}

function judged(value: string, start: number): Stretch | undefined {
  return isSecretValue('password', 'password', value, 'text')
    ? { start, end: start + value.length }
    : undefined;
}
