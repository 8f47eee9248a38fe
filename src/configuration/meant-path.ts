import type { FileSystem } from '../source/file-system.ts';
import { nearest } from './nearest.ts';

/** The path that somebody probably meant by one that is not there; undefined where no name is close. */
export function meantPath(fileSystem: FileSystem, path: string): string | undefined {
  if (path.startsWith('..')) return undefined;
  const meant: string[] = [];
  for (const part of path.split('/').filter((one) => one !== '' && one !== '.')) {
    const names = fileSystem.list(meant.join('/'))?.map(({ name }) => name) ?? [];
    const name = names.includes(part) ? part : nearest(part, names);
    if (name === undefined) return undefined;
    meant.push(name);
  }
  return meant.join('/');
}

/** What to do about a path that is not there. */
export function helpForPath(fileSystem: FileSystem, path: string, otherwise: string): string {
  const meant = meantPath(fileSystem, path);
  return meant === undefined ? otherwise : `did you mean "${meant}"?`;
}
