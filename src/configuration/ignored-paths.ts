import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { type IgnorePattern, ignoringPattern, parseIgnorePattern } from '../source/ignore-pattern.ts';
import { directoryOf, isBelow } from '../source/path.ts';

/** A pattern of what is not looked through, and the line that says so. */
export interface Ignored extends IgnorePattern {
  readonly text: string;
  readonly span: Span;
}

/** What the configuration leaves out of the search for manifests, and what of it was met. */
export interface IgnoredPaths {
  readonly patterns: readonly Ignored[];
  /** The directory that patterns are relative to: that of the configuration. */
  readonly folder: string;
  /** What was left out, with the pattern that did it. */
  readonly met: Map<string, Ignored>;
}

export function newIgnored(text: string, span: Span): Ignored {
  return { ...parseIgnorePattern(text), text, span };
}

export function ignoredPaths(patterns: readonly Ignored[], configurationFile = ''): IgnoredPaths {
  const folder = directoryOf(configurationFile);
  return { patterns, folder, met: new Map() };
}

/** Whether a path is left out; it is remembered. */
export function leavesOut(
  { patterns, folder, met }: IgnoredPaths,
  path: string,
  isDirectory: boolean,
): boolean {
  if (patterns.length === 0 || path === folder || !isBelow(path, folder)) return false;
  const relative = folder === '' ? path : path.slice(folder.length + 1);
  const pattern = ignoringPattern(patterns, relative, isDirectory);
  if (pattern !== undefined) met.set(path, pattern);
  return pattern !== undefined;
}

/** Patterns that left nothing out, where all was looked through that they speak of. */
export function unusedIgnores(
  { patterns, folder, met }: IgnoredPaths,
  paths: readonly string[],
): Diagnostic[] {
  if (!paths.some((path) => isBelow(folder, path))) return [];
  const used = new Set(met.values());
  return patterns
    .filter((pattern) => !pattern.negated && !used.has(pattern))
    .map(({ text, span }) => ({
      rule: 'ignore-unused',
      severity: 'warning',
      message: `"${text}" matches nothing`,
      help: 'remove the pattern, or correct it; it is relative to this file, in the syntax of .gitignore',
      span,
      related: [],
    }));
}
