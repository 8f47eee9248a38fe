import type { FileSystem } from '../../source/file-system.ts';
import { matchesGlob } from '../../source/glob.ts';

const maximumMatches = 5_000;

/** The directories that a pattern of a Git generator matches; a star stays within one part of the path. */
export function directoriesMatching(fileSystem: FileSystem, pattern: string): string[] {
  return matching(fileSystem, pattern, 'directory');
}

/** The files that a pattern of a Git generator matches; two stars stand for any directories. */
export function filesMatching(fileSystem: FileSystem, pattern: string): string[] {
  return matching(fileSystem, pattern, 'file');
}

function matching(fileSystem: FileSystem, pattern: string, wanted: 'file' | 'directory'): string[] {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  const found = new Set<string>();
  const walk = (path: string, at: number): void => {
    const segment = segments[at];
    if (segment === undefined || found.size > maximumMatches) return;
    if (segment === '**') walk(path, at + 1);
    for (const { name, kind } of fileSystem.list(path) ?? []) {
      const below = path === '' ? name : `${path}/${name}`;
      if (name.startsWith('.')) continue;
      if (segment === '**') {
        if (at + 1 === segments.length && kind === wanted) found.add(below);
        if (kind === 'directory') walk(below, at);
        continue;
      }
      if (!matchesGlob(segment, name)) continue;
      if (at + 1 === segments.length) {
        if (kind === wanted) found.add(below);
      } else if (kind === 'directory') walk(below, at + 1);
    }
  };
  walk('', 0);
  return [...found];
}
