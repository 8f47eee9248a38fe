import { type At, type Check, invalid } from './check.ts';

/** Reports a path that leaves its directory or is absolute. */
export function checkRelativePath(check: Check, at: At, path: string): void {
  if (path.startsWith('/'))
    invalid(check, at, path, 'must be a relative path', `write "${path.replace(/^\/+/, '')}"`);
  checkNoBacksteps(check, at, path);
}

/** Reports a path with ".." in it. */
export function checkNoBacksteps(check: Check, at: At, path: string): void {
  if (path.includes('..') && path.split('/').includes('..'))
    invalid(check, at, path, 'must not contain ".."');
}

/** Reports a path for a file of a volume: relative, inside, and not beginning with "..", which kubelet keeps for itself. */
export function checkVolumeFilePath(check: Check, at: At, path: string): void {
  checkRelativePath(check, at, path);
  if (path.startsWith('..') && !path.startsWith('../') && path !== '..')
    invalid(check, at, path, 'must not begin with ".."');
}
