import { FunctionError } from '../template-error.ts';
import { knownValue, newMap } from '../value/datum.ts';
import { computes } from '../value/go-function.ts';
import { kindOf } from '../value/kind.ts';
import type { Functions, GoMap } from '../value/model.ts';
import { escapeFragment, escapePath, parseUrl } from '../value/url.ts';

/** The functions of sprig 3.3 for paths and URLs. */
export const addressFunctions: Functions = {
  base: computes(['text'], baseOf),
  osBase: computes(['text'], baseOf),
  dir: computes(['text'], directoryOf),
  osDir: computes(['text'], directoryOf),
  clean: computes(['text'], cleanPath),
  osClean: computes(['text'], cleanPath),
  ext: computes(['text'], extensionOf),
  osExt: computes(['text'], extensionOf),
  isAbs: computes(['text'], (path) => path.startsWith('/')),
  osIsAbs: computes(['text'], (path) => path.startsWith('/')),
  urlParse: computes(['text'], partsOfUrl),
  urlJoin: computes(['map'], joinUrl),
};

/** As path.Base of Go. */
export function baseOf(path: string): string {
  if (path === '') return '.';
  const plain = path.replace(/\/+$/u, '');
  return plain === '' ? '/' : plain.slice(plain.lastIndexOf('/') + 1);
}

function directoryOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

function extensionOf(path: string): string {
  return /\.[^./]*$/u.exec(path)?.[0] ?? '';
}

/** As path.Clean of Go. */
export function cleanPath(path: string): string {
  if (path === '') return '.';
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push('..');
  }
  return isAbsolute ? `/${kept.join('/')}` : kept.join('/') || '.';
}

function partsOfUrl(text: string): GoMap {
  const url = parseUrl(text);
  if (typeof url === 'string') throw new FunctionError(`unable to parse url: ${url}`);
  const { host, ...others } = url;
  const hostname = host.replace(/:\d*$/u, '').replace(/^\[(.*)\]$/u, '$1');
  return newMap(
    Object.entries({ ...others, host, hostname }).map(([key, value]) => [key, knownValue(value)]),
  );
}

function joinUrl(map: GoMap): string {
  const field = (key: string): string => {
    const value = map.entries.get(key)?.value ?? '';
    if (typeof value === 'string') return value;
    throw new FunctionError(`unable to parse ${key} key, must be of type string, but ${kindOf(value)} found`);
  };
  const [scheme, host, path, userinfo] = [field('scheme'), field('host'), field('path'), field('userinfo')];
  const start = scheme === '' ? '' : `${scheme}:`;
  const query = field('query') === '' ? '' : `?${field('query')}`;
  const fragment = field('fragment') === '' ? '' : `#${escapeFragment(field('fragment'))}`;
  if (field('opaque') !== '') return `${start}${field('opaque')}${query}${fragment}`;
  const isHosted = scheme !== '' || host !== '' || userinfo !== '';
  const authority =
    isHosted && (host !== '' || path !== '' || userinfo !== '')
      ? `//${userinfo === '' ? '' : `${userinfo}@`}${host}`
      : '';
  const slash = path !== '' && !path.startsWith('/') && host !== '' ? '/' : '';
  return `${start}${authority}${slash}${escapePath(path)}${query}${fragment}`;
}
