import { joinPath } from '../../build/loader.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { matchesPart } from '../../source/path-match.ts';

const maximumMatches = 5_000;
const maximumDepth = 64;
const maximumEntries = 200_000;

/** What a pattern matches, and whether there is more than was looked at. */
export interface Matched {
  readonly paths: readonly string[];
  readonly isPart: boolean;
}

/** The directories whose paths a pattern of a Git generator matches as it stands, slashes at its ends included (path.Match). */
export function directoriesMatching(fileSystem: FileSystem, pattern: string): Matched {
  const segments = pattern.split('/');
  const found = new Set<string>();
  let entries = 0;
  let isPart = false;
  const walk = (path: string, at: number): void => {
    const segment = segments[at];
    if (segment === undefined || isPart) return;
    for (const { name, kind } of fileSystem.list(path) ?? []) {
      // Two links to the directory that they stand in double the paths with each segment.
      entries += 1;
      isPart ||= entries > maximumEntries || found.size > maximumMatches;
      if (isPart) return;
      if (name.startsWith('.') || kind !== 'directory' || !matchesPart(segment, name)) continue;
      const below = joinPath(path, name);
      if (at + 1 === segments.length) found.add(below);
      else walk(below, at + 1);
    }
  };
  walk('', 0);
  return { paths: [...found], isPart };
}

/** The files that a pattern of a Git generator matches as `git ls-files` does: a star goes over slashes (3.6, unless new globbing is on). */
export function filesMatching(fileSystem: FileSystem, pattern: string): Matched {
  const wanted = pattern.replace(/^(?:\.?\/)+/u, '');
  const fixed = wanted.split('/').slice(0, -1);
  const wild = fixed.findIndex((segment) => /[*?[]/u.test(segment));
  const start = (wild < 0 ? fixed : fixed.slice(0, wild)).join('/');
  if (!/[*?[]/u.test(wanted))
    return { paths: fileSystem.kind(wanted) === 'file' ? [wanted] : [], isPart: false };
  const found: string[] = [];
  let entries = 0;
  let isPart = false;
  const walk = (path: string, depth: number): void => {
    for (const { name, kind } of fileSystem.list(path) ?? []) {
      entries += 1;
      isPart ||= entries > maximumEntries || depth > maximumDepth || found.length > maximumMatches;
      if (name === '.git' || isPart) continue;
      const below = joinPath(path, name);
      if (kind === 'directory') walk(below, depth + 1);
      else if (kind === 'file' && matchesPart(wanted, below)) found.push(below);
    }
  };
  walk(start, 0);
  return { paths: found, isPart };
}
