import { matchesGlob } from './glob.ts';
import { openPatternIndex, type SegmentPattern } from './pattern-index.ts';

/** A pattern of gitignore's syntax. */
export interface IgnorePattern extends SegmentPattern {
  readonly negated: boolean;
  readonly directoriesOnly: boolean;
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

type Candidates = (path: readonly string[]) => readonly IgnorePattern[];

// Thousands of patterns are asked about thousands of paths.
const indexes = new WeakMap<readonly IgnorePattern[], Candidates>();

function candidatesOf<P extends IgnorePattern>(
  patterns: readonly P[],
): (path: readonly string[]) => readonly P[] {
  const known = indexes.get(patterns) ?? openPatternIndex(lastOfEach(patterns));
  indexes.set(patterns, known);
  return known as (path: readonly string[]) => readonly P[];
}

/** Of patterns that say the same the last one counts. */
function lastOfEach<P extends IgnorePattern>(patterns: readonly P[]): P[] {
  const last = new Map<string, P>();
  for (const pattern of patterns) {
    const { segments, negated, directoriesOnly, anchored } = pattern;
    const key = `${negated} ${directoriesOnly} ${anchored} ${segments.join('/')}`;
    last.delete(key);
    last.set(key, pattern);
  }
  return [...last.values()];
}

/** The pattern that leaves a path out, if any does: the last that matches it or a directory above it. */
export function ignoringPattern<P extends IgnorePattern>(
  patterns: readonly P[],
  path: string,
  isDirectory: boolean,
): P | undefined {
  const segments = path.split('/');
  const matched = candidatesOf(patterns)(segments).map((pattern) => ({
    pattern,
    lengths: matchedLengths(pattern, segments),
  }));
  // A directory that is left out takes everything below it along.
  for (let length = 1; length <= segments.length; length++) {
    const last = matched.findLast(
      ({ pattern, lengths }) =>
        lengths.has(length) && (!pattern.directoriesOnly || isDirectory || length < segments.length),
    )?.pattern;
    if (last !== undefined && !last.negated) return last;
  }
  return undefined;
}

/** After how many of its segments a path is matched: each segment of the pattern goes through those of the path once. */
function matchedLengths({ segments, anchored }: IgnorePattern, path: readonly string[]): ReadonlySet<number> {
  const [only = ''] = segments;
  if (!anchored) return new Set(path.flatMap((name, index) => (matchesGlob(only, name) ? [index + 1] : [])));
  let reached = new Set([0]);
  for (const segment of segments) {
    if (reached.size === 0) break;
    const next = new Set<number>();
    if (segment === '**')
      for (let length = Math.min(...reached); length <= path.length; length++) next.add(length);
    else
      for (const length of reached) {
        const name = path[length];
        if (name !== undefined && matchesGlob(segment, name)) next.add(length + 1);
      }
    reached = next;
  }
  return reached;
}
