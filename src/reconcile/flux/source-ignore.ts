import { matchesGlob } from './evaluate-template.ts';

/** Whether a path of the repository is left out of the artifact that a source makes of it. */
export type IsIgnored = (path: string) => boolean;

interface Pattern {
  readonly segments: readonly string[];
  readonly negated: boolean;
  readonly directoriesOnly: boolean;
  /** Only below the directory of the file that says it, and only as a whole path. */
  readonly anchored: boolean;
}

const always = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'];
const byDefault = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * What source-controller leaves out (fluxcd/pkg/sourceignore): the patterns of `.sourceignore` at the root and of
 * `spec.ignore`, in gitignore's syntax; they take the place of the default ones.
 */
export function sourceIgnore(texts: readonly (string | undefined)[]): IsIgnored {
  const own = texts
    .flatMap((text) => (text ?? '').split(/\r?\n/u))
    .filter((line) => /^[^#\s]/u.test(line.trim()));
  const patterns = [...always, ...(own.length > 0 ? own : byDefault)].map(parsePattern);
  return (path) => {
    const segments = path.split('/');
    // A directory that is left out takes everything below it along.
    return segments.some((_, index) =>
      isOut(patterns, segments.slice(0, index + 1), index + 1 < segments.length),
    );
  };
}

function isOut(patterns: readonly Pattern[], path: readonly string[], isDirectory: boolean): boolean {
  const last = patterns.findLast(
    (pattern) => (isDirectory || !pattern.directoriesOnly) && matches(pattern, path),
  );
  return last !== undefined && !last.negated;
}

function parsePattern(line: string): Pattern {
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

function matches({ segments, anchored }: Pattern, path: readonly string[]): boolean {
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
