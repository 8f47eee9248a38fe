import { matchesGlob } from '../../source/glob.ts';
import { openPatternIndex, type SegmentPattern } from '../../source/pattern-index.ts';

/** Whether a path of the repository is left out of the artifact that a source makes of it. */
export type IsIgnored = (path: string) => boolean;

const always = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'];
const byDefault = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * What source-controller leaves out (fluxcd/pkg/sourceignore): the patterns of `.sourceignore` at the root and of
 * `spec.ignore`; they take the place of the default ones. The last one that speaks of a file decides (gitignore of go-git 5.13), so that
 * other than in Git a file comes back below a directory that is left out.
 */
export function sourceIgnore(texts: readonly (string | undefined)[]): IsIgnored {
  const own = texts
    .flatMap((text) => (text ?? '').split(/\r?\n/u))
    .filter((line) => /^[^#\s]/u.test(line.trim()));
  // Of lines that say the same the last one counts.
  const lines = [...new Set([...always, ...(own.length > 0 ? own : byDefault)].reverse())].reverse();
  const patterns = lines.map(parsePattern);
  const candidatesFor = openPatternIndex(patterns);
  return (path) => {
    const segments = path.split('/');
    return candidatesFor(segments).findLast((pattern) => speaksOf(pattern, segments))?.isIncluding === false;
  };
}

interface SourcePattern extends SegmentPattern {
  readonly isIncluding: boolean;
  readonly isOfDirectories: boolean;
}

function parsePattern(line: string): SourcePattern {
  const isIncluding = line.startsWith('!');
  const text = (isIncluding ? line.slice(1) : line).trimEnd();
  const isOfDirectories = text.endsWith('/');
  const segments = (isOfDirectories ? text.slice(0, -1) : text).split('/');
  return { segments, anchored: segments.length > 1, isIncluding, isOfDirectories };
}

/** Whether a pattern speaks of a file or of a directory above it. */
function speaksOf(pattern: SourcePattern, path: readonly string[]): boolean {
  const { segments, isOfDirectories } = pattern;
  const [name = ''] = segments;
  if (segments.length > 1) return leadsTo(pattern, path);
  const at = path.findIndex((part) => matchesGlob(name, part));
  return at >= 0 && !(isOfDirectories && at === path.length - 1);
}

function leadsTo({ segments, isOfDirectories }: SourcePattern, path: readonly string[]): boolean {
  let left = path;
  let mayGoOn = false;
  let isMatched = false;
  for (const [index, segment] of segments.entries()) {
    if (segment === '') mayGoOn = false;
    else if (segment === '**' && index < segments.length - 1) mayGoOn = true;
    else if (segment !== '**') {
      if (left.length === 0 || segment.includes('**')) return false;
      const at = mayGoOn ? left.findIndex((part) => matchesGlob(segment, part)) : 0;
      isMatched = at >= 0 && matchesGlob(segment, left[at] ?? '');
      if (!isMatched && !mayGoOn) return false;
      left = at < 0 ? [] : left.slice(at + 1);
      mayGoOn = false;
    }
  }
  return isMatched && !(isOfDirectories && left.length === 0);
}
