import { matchesGlob } from './glob.ts';

/** A pattern of gitignore's syntax. */
export interface IgnorePattern {
  readonly segments: readonly string[];
  readonly negated: boolean;
  readonly directoriesOnly: boolean;
  /** Only below the directory of the file that says it, and only as a whole path. */
  readonly anchored: boolean;
}

export function parseIgnorePattern(line: string): IgnorePattern {
  const negated = line.startsWith('!');
  const text = (negated ? line.slice(1) : line).trimEnd();
  const body = text.replace(/\/$/u, '');
  return {
    segments: body.replace(/^\//u, '').split('/'),
    negated,
    directoriesOnly: text.endsWith('/'),
    anchored: body.includes('/'),
  };
}

/** The pattern that leaves a path out, if any does: the last that matches it or a directory above it. */
export function ignoringPattern<P extends IgnorePattern>(
  patterns: readonly P[],
  path: string,
  isDirectory: boolean,
): P | undefined {
  const segments = path.split('/');
  // A directory that is left out takes everything below it along.
  for (let length = 1; length <= segments.length; length++) {
    const part = segments.slice(0, length);
    const last = patterns.findLast(
      (pattern) =>
        (!pattern.directoriesOnly || isDirectory || length < segments.length) && matches(pattern, part),
    );
    if (last !== undefined && !last.negated) return last;
  }
  return undefined;
}

function matches({ segments, anchored }: IgnorePattern, path: readonly string[]): boolean {
  const [only = ''] = segments;
  if (!anchored) return matchesGlob(only, path.at(-1) ?? '');
  return matchesFrom(segments, 0, path, 0);
}

function matchesFrom(
  segments: readonly string[],
  at: number,
  path: readonly string[],
  position: number,
): boolean {
  const segment = segments[at];
  if (segment === undefined) return position === path.length;
  if (segment === '**') {
    for (let next = position; next <= path.length; next++)
      if (matchesFrom(segments, at + 1, path, next)) return true;
    return false;
  }
  const name = path[position];
  return (
    name !== undefined && matchesGlob(segment, name) && matchesFrom(segments, at + 1, path, position + 1)
  );
}
