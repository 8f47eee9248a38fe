import { looseBytes, looseText } from '../../source/loose-text.ts';
import { quoteGo } from './quote.ts';

/** The parts of an address, or why it is none (net/url of Go 1.26, Parse). */
export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly opaque: string;
  readonly fragment: string;
  readonly userinfo: string;
}

const nothing: Url = { scheme: '', host: '', path: '', query: '', opaque: '', fragment: '', userinfo: '' };

/** Why a text is no address, in Go's words. */
class UrlError extends Error {}

/** The parts of an address; a text says why it is none. */
export function parseUrl(text: string): Url | string {
  try {
    const [plain, fragment] = cut(text, '#');
    return { ...parseWithoutFragment(plain), fragment: unescapeUrl(fragment, 'path') };
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    return `parse ${quoteGo(text)}: ${error.message}`;
  }
}

function parseWithoutFragment(text: string): Url {
  if (/[\0-\x1f\x7f]/u.test(text)) throw new UrlError('net/url: invalid control character in URL');
  if (text === '*') return { ...nothing, path: '*' };
  const [written, afterScheme] = schemeOf(text);
  const scheme = written.toLowerCase();
  const [rest, query] = cut(afterScheme, '?');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...nothing, scheme, query, opaque: rest };
    if (cut(rest, '/')[0].includes(':')) throw new UrlError('first path segment in URL cannot contain colon');
  }
  if ((scheme === '' && rest.startsWith('///')) || !rest.startsWith('//'))
    return { ...nothing, scheme, query, path: unescapeUrl(rest, 'path') };
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const path = unescapeUrl(slash < 0 ? '' : rest.slice(slash), 'path');
  return { ...nothing, ...parseAuthority(authority, scheme), scheme, query, path };
}

function cut(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function schemeOf(text: string): readonly [scheme: string, rest: string] {
  if (text.startsWith(':')) throw new UrlError('missing protocol scheme');
  const [whole = '', scheme = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):/u.exec(text) ?? [];
  return [scheme, text.slice(whole.length)];
}

function parseAuthority(authority: string, scheme: string): Pick<Url, 'host' | 'userinfo'> {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1), scheme);
  const userinfo = at < 0 ? '' : authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/u.test(userinfo)) throw new UrlError('net/url: invalid userinfo');
  const [name, password] = cut(userinfo, ':').map((part) => escapeUser(unescapeUrl(part, 'path')));
  return { host, userinfo: userinfo.includes(':') ? `${name}:${password}` : (name ?? '') };
}

function parseHost(host: string, scheme: string): string {
  const [open, close] = [host.lastIndexOf('['), host.lastIndexOf(']')];
  if (open > 0) throw new UrlError('invalid IP-literal');
  if (open === 0 && close < 0) throw new UrlError("missing ']' in host");
  const first = host.indexOf(':');
  const isWeb = scheme === 'http' || scheme === 'https';
  const at = open === 0 ? close + 1 : isWeb ? first : host.lastIndexOf(':');
  const port = at < 0 ? '' : host.slice(at);
  if (!/^(?::[0-9]*)?$/u.test(port)) throw new UrlError(`invalid port ${quoteGo(port)} after host`);
  return unescapeUrl(host, 'host');
}

/** What stands in an address for itself, in a host and in a name. */
const plainInHost = /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\x80-\u{10ffff}]/u;
const plainInUser = /[A-Za-z0-9\-_.~$&+,;=]/u;

function unescapeUrl(text: string, where: 'path' | 'host'): string {
  const broken = /%(?![0-9A-Fa-f]{2}).{0,2}/su.exec(text)?.[0];
  if (broken !== undefined) throw new UrlError(`invalid URL escape ${quoteGo(broken)}`);
  const foreign =
    where === 'host' ? [...text].find((one) => one !== '%' && !plainInHost.test(one)) : undefined;
  const ascii = where === 'host' ? /%(?!25)[0-7][0-9A-Fa-f]/u.exec(text)?.[0] : undefined;
  if (ascii !== undefined) throw new UrlError(`invalid URL escape ${quoteGo(ascii)}`);
  if (foreign !== undefined) throw new UrlError(`invalid character ${quoteGo(foreign)} in host name`);
  if (!text.includes('%')) return text;
  const bytes = [...looseBytes(text)];
  const made: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const isEscape = bytes[at] === 0x25;
    made.push(
      isEscape ? Number.parseInt(String.fromCharCode(...bytes.slice(at + 1, at + 3)), 16) : (bytes[at] ?? 0),
    );
    if (isEscape) at += 2;
  }
  return looseText(Uint8Array.from(made));
}

function escapeUser(text: string): string {
  return escapeAllBut(text, plainInUser);
}

/** A path as Go writes it in an address (EscapedPath). */
export function escapePath(text: string): string {
  return escapeAllBut(text, /[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]]/u);
}

/** A fragment as Go writes it (EscapedFragment). */
export function escapeFragment(text: string): string {
  return escapeAllBut(text, /[A-Za-z0-9\-_.~$&+,/:;=?@!'()*[\]]/u);
}

function escapeAllBut(text: string, plain: RegExp): string {
  return [...text]
    .map((one) =>
      plain.test(one)
        ? one
        : [...looseBytes(one)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    )
    .join('');
}
