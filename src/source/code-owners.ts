import { type IgnorePattern, ignoringPattern, parseIgnorePattern } from './ignore-pattern.ts';

/** Where GitHub and GitLab look for it, in their order. */
export const codeOwnersPaths = [
  '.github/CODEOWNERS',
  '.gitlab/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
] as const;

interface OwnedPattern extends IgnorePattern {
  readonly owners: readonly string[];
}

/** Who owns a path: the last pattern of a CODEOWNERS file that matches it says so. */
export function readCodeOwners(text: string): (path: string) => readonly string[] {
  const patterns = text.split('\n').flatMap((line): OwnedPattern[] => {
    const [pattern, ...owners] = line
      .replace(/(?:^|\s)#.*$/u, '')
      .trim()
      .split(/\s+/u);
    // A section of GitLab, which groups patterns and matches nothing.
    if (pattern === undefined || pattern === '' || /^\^?\[/u.test(pattern)) return [];
    const read = parseIgnorePattern(pattern);
    return [{ ...read, anchored: read.anchored || pattern.startsWith('/'), owners }];
  });
  return (path) => ignoringPattern(patterns, path, false)?.owners ?? [];
}
