/** What Go's net/url.ParseRequestURI takes apart, with the parts as they are written. */
export interface RequestUri {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** Reads an absolute URL or an absolute path; undefined where Go refuses it. A fragment is left out. */
export function parseRequestUri(text: string): RequestUri | undefined {
  const [whole = ''] = text.split('#');
  if (whole === '' || /[\x00-\x1f\x7f]/.test(whole)) return undefined;
  if (whole === '*') return { scheme: '', host: '', path: '*', query: '' };
  const colon = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):|([^a-zA-Z/?*][^/?]*:|:))/.exec(whole);
  if (colon?.[2] !== undefined) return undefined;
  const scheme = colon?.[1]?.toLowerCase() ?? '';
  const rest = whole.slice(colon === null ? 0 : colon[0].length);
  const mark = rest.indexOf('?');
  const [before, query] = mark < 0 ? [rest, ''] : [rest.slice(0, mark), rest.slice(mark + 1)];
  if (!before.startsWith('/')) return scheme === '' ? undefined : { scheme, host: '', path: '', query };
  const hasHost = before.startsWith('//') && (scheme !== '' || !before.startsWith('///'));
  if (!hasHost) return isEncoded(before) ? { scheme, host: '', path: before, query } : undefined;
  const slash = before.indexOf('/', 2);
  const authority = before.slice(2, slash < 0 ? undefined : slash);
  const path = slash < 0 ? '' : before.slice(slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const isUser = /^(?:[\w.~!$&'()*+,;=%:-]*@)?$/.test(authority.slice(0, authority.length - host.length));
  return isUser && isHost(host) && isEncoded(path) ? { scheme, host, path, query } : undefined;
}

function isHost(host: string): boolean {
  const port = /^(?:\[[^\]]*\](?::\d*)?|[^:]*(?::\d*)?)$/.test(host);
  // What Go lets stand unescaped in a host; everything beyond ASCII as well.
  return port && /^(?:[\w.~!$&'()*+,;=:[\]<>"-]|%25|[^\x00-\x7f])*$/.test(host);
}

function isEncoded(path: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(path);
}

/** Go's URL.EscapedPath: as it is written where that is a valid encoding, else encoded anew. */
export function escapedPath({ path }: RequestUri): string {
  if (path === '*' || /^(?:[\w.~!$&'()*+,;=:@/[\]-]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return decodePath(path).replace(/[^\w.~$&+,/:;=@-]/gsu, (char) =>
    Array.from(
      new TextEncoder().encode(char),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
