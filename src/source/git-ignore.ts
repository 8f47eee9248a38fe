import { ignoringPattern, parseIgnorePattern } from './ignore-pattern.ts';
import type { Sources } from './load.ts';
import { directoriesAbove } from './path.ts';

/** Whether a `.gitignore` of the repository keeps a path out of Git, so that a clone never has what a working copy may have. */
export function isGitIgnored(sources: Pick<Sources, 'file'>, path: string): boolean {
  return directoriesAbove(path).some((directory) => {
    const prefix = directory === '' ? '' : `${directory}/`;
    const text = sources.file(`${prefix}.gitignore`)?.text ?? '';
    const patterns = text
      .split(/\r?\n/u)
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map(parseIgnorePattern);
    return patterns.length > 0 && ignoringPattern(patterns, path.slice(prefix.length), false) !== undefined;
  });
}
