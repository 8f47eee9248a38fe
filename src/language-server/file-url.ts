import { normalisePath } from '../source/path.ts';

/** The path of a file below the root; undefined for what stands elsewhere or has no path. Editors escape as they like. */
export function pathInside(root: string, uri: string): string | undefined {
  const [above, path] = [decodedPath(root), decodedPath(uri)];
  if (above === undefined || path === undefined) return undefined;
  const folder = above.endsWith('/') ? above : `${above}/`;
  return path.startsWith(folder) ? normalisePath(path.slice(folder.length)) : undefined;
}

export function urlOf(root: string, path: string): string {
  return `${root.replace(/\/$/u, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function decodedPath(uri: string): string | undefined {
  try {
    const { protocol, host, pathname } = new URL(uri);
    return protocol === 'file:' ? `//${host}${decodeURIComponent(pathname)}` : undefined;
  } catch {
    return undefined;
  }
}
