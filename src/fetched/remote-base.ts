import type { WantedCheckout, WantedFile } from './wanted.ts';

/** What a remote entry of a kustomization comes from, and the path inside of it. */
export interface RemoteBase {
  readonly wanted: WantedCheckout | WantedFile;
  readonly path: string;
}

/**
 * Reads a remote entry as kustomize 5.8.2 does (api/internal/git/repospec.go): a repository, `//` or the end of its name, a path and
 * `?ref=`. An address of a YAML file is one file.
 */
export function remoteBaseOf(text: string): RemoteBase | undefined {
  const [address = '', query = ''] = text.split('?', 2);
  if (/^https?:\/\//u.test(address) && /\.(?:ya?ml|json)$/u.test(address) && query === '')
    return { wanted: { kind: 'file', repository: address, version: '' }, path: '' };
  const parameters = new URLSearchParams(query);
  const version = parameters.get('ref') ?? parameters.get('version') ?? '';
  const split = splitAddress(withProtocol(address));
  return split && { wanted: { kind: 'checkout', repository: split.repository, version }, path: split.path };
}

function withProtocol(address: string): string {
  if (/^gh:/iu.test(address)) return `https://github.com/${address.slice(3)}`;
  return /^(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/iu.test(address)
    ? `https://${address.replace(/^([^/:]+):/u, '$1/')}`
    : address.replace(/^git::/u, '');
}

interface Split {
  readonly repository: string;
  readonly path: string;
}

function splitAddress(address: string): Split | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//iu.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length);
  const marked = rest.indexOf('//');
  if (marked > 0)
    return { repository: scheme + withoutSlash(rest.slice(0, marked)), path: pathOf(rest.slice(marked)) };
  const ended = rest.indexOf('.git');
  const isEnd = ended > 0 && /^\.git(?:\/|$)/u.test(rest.slice(ended));
  if (isEnd) return { repository: scheme + rest.slice(0, ended + 4), path: pathOf(rest.slice(ended + 4)) };
  // Without a mark the first two steps behind the host are the repository.
  const [host = '', ...steps] = rest.split(scheme === '' ? /[:/]/u : '/');
  const at = scheme === '' ? rest[host.length] : '/';
  if (host === '' || steps.length === 0) return undefined;
  return {
    repository: withoutSlash(`${scheme}${host}${at}${steps.slice(0, 2).join('/')}`),
    path: pathOf(steps.slice(2).join('/')),
  };
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/u, '');
}

function pathOf(text: string): string {
  return text.replace(/^\/+|\/+$/gu, '');
}
