import { joinPath } from '../../build/loader.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Entry, FileSystem } from '../../source/file-system.ts';
import { isBelow, normalisePath } from '../../source/path.ts';
import { matchesPart, pathMatcher } from '../../source/path-match.ts';

const maximumMatches = 5_000;
const maximumDepth = 64;
const maximumEntries = 200_000;

/** What a pattern matches, and whether there is more than was looked at. */
export interface Matched {
  readonly paths: readonly string[];
  readonly isPart: boolean;
}

/** What the patterns of a run look at together. */
const maximumLooks = 4_000_000;
const looksOf = knownOnce((_files: FileSystem) => ({ done: 0 }));

/** The directories whose paths a pattern of a Git generator matches as it stands, slashes at its ends included (path.Match). */
export function directoriesMatching(fileSystem: FileSystem, pattern: string): Matched {
  const segments = pattern.split('/').map(segmentOf);
  const found = new Set<string>();
  const looks = looksOf(fileSystem);
  let entries = 0;
  let isPart = false;
  // Two links to the directory that they stand in double the paths with each segment.
  const isTooMuch = (): boolean => {
    entries += 1;
    looks.done += 1;
    isPart ||= entries >= maximumEntries || found.size > maximumMatches || looks.done > maximumLooks;
    return isPart;
  };
  const walk = (path: string, at: number): void => {
    const segment = segments[at];
    if (segment === undefined || isTooMuch()) return;
    for (const name of namesFor(fileSystem.list(path) ?? noEntries, segment)) {
      if (isTooMuch()) return;
      if (name.startsWith('.') || !segment.matches(name)) continue;
      const below = joinPath(path, name);
      if (at + 1 === segments.length) found.add(below);
      else walk(below, at + 1);
    }
  };
  walk('', 0);
  return { paths: [...found], isPart };
}

/** A part of a pattern between slashes. */
interface Segment {
  /** The only name that it matches; undefined where it has wildcards. */
  readonly name: string | undefined;
  readonly matches: (name: string) => boolean;
}

function segmentOf(pattern: string): Segment {
  if (!/[*?[\\]/u.test(pattern)) return { name: pattern, matches: (name) => name === pattern };
  return { name: undefined, matches: pathMatcher(pattern) ?? (() => false) };
}

const noEntries: readonly Entry[] = [];

/** The directories among the entries of one that a segment may match. */
function namesFor(entries: readonly Entry[], { name }: Segment): Iterable<string> {
  const names = directoryNames(entries);
  return name === undefined ? names : names.has(name) ? [name] : [];
}

const directoryNames = knownOnce(
  (entries: readonly Entry[]): ReadonlySet<string> =>
    new Set(entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name)),
);

/**
 * The files that a pattern of a Git generator matches as `git ls-files` does: a star goes over slashes (3.6, unless new globbing is on), and
 * a path without wildcards is that of a file, or of all below a directory.
 */
export function filesMatching(fileSystem: FileSystem, pattern: string): Matched {
  const wanted = plainPattern(pattern);
  if (wanted === undefined) return { paths: [], isPart: false };
  const isPlain = !wildcards.test(wanted);
  if (isPlain && fileSystem.kind(wanted) === 'file') return { paths: [wanted], isPart: false };
  const glob = wanted.replaceAll('[!', '[^');
  return filesBelow(
    fileSystem,
    isPlain ? wanted : fixedPart(wanted),
    // A path with such characters of its own is found as it stands, too.
    (path) => isPlain || isBelow(path, wanted) || matchesPart(glob, path),
  );
}

/** The same with the new globbing: a star stays within its directory, two of them go through any number, and `{a,b}` is either (doublestar). */
export function filesGlobbed(fileSystem: FileSystem, pattern: string): Matched {
  const wanted = plainPattern(pattern);
  if (wanted === undefined) return { paths: [], isPart: false };
  const globs = alternativesOf(wanted).map((one) => one.split('/'));
  const found = globs.map((glob) =>
    filesBelow(fileSystem, fixedPart(glob.join('/')), (path) => matchesGlob(glob, path.split('/'))),
  );
  return {
    paths: [...new Set(found.flatMap(({ paths }) => paths))],
    isPart: found.some(({ isPart }) => isPart),
  };
}

const maximumAlternatives = 100;

function alternativesOf(pattern: string): string[] {
  const patterns = [pattern];
  for (let at = 0; at < patterns.length && patterns.length < maximumAlternatives; at++) {
    const one = patterns[at] ?? '';
    const braces = /\{([^{}]*)\}/u.exec(one);
    if (braces === null) continue;
    const [whole, choices = ''] = braces;
    patterns.push(...choices.split(',').map((choice) => one.replace(whole, () => choice)));
  }
  return patterns.filter((one) => !/\{[^{}]*\}/u.test(one));
}

function matchesGlob(glob: readonly string[], path: readonly string[]): boolean {
  // What of the pattern is left may begin at any of these parts of the path.
  let starts = new Set([0]);
  for (const part of glob) {
    const next = new Set<number>();
    for (const start of starts) {
      if (part === '**') for (let at = start; at <= path.length; at++) next.add(at);
      else if (start < path.length && matchesPart(part.replaceAll('[!', '[^'), path[start] ?? ''))
        next.add(start + 1);
    }
    starts = next;
  }
  return starts.has(path.length);
}

/** A pattern without detours; undefined where it leaves the repository. Its backslashes escape. */
export function plainPattern(pattern: string): string | undefined {
  return normalisePath(pattern.replace(/^\/+/u, '').replaceAll('\\', '\u{1}'))?.replaceAll('\u{1}', '\\');
}

const wildcards = /[*?[\\]/u;

function fixedPart(pattern: string): string {
  const fixed = pattern.split('/').slice(0, -1);
  const wild = fixed.findIndex((segment) => wildcards.test(segment));
  return (wild < 0 ? fixed : fixed.slice(0, wild)).join('/');
}

function filesBelow(fileSystem: FileSystem, start: string, isWanted: (path: string) => boolean): Matched {
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
      else if (kind === 'file' && isWanted(below)) found.push(below);
    }
  };
  walk(start, 0);
  return { paths: found, isPart };
}
