import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import type { Entry } from '../source/file-system.ts';
import type { Sources } from '../source/load.ts';

/** A search for files, and how far it is. */
export interface Search {
  readonly sources: Sources;
  readonly files: ReadonlySet<string>;
  readonly kustomizations: ReadonlyMap<string, string>;
  readonly diagnostics: Diagnostic[];
  readonly looked: { entries: number };
}

/** Whether nobody means all of it to be checked: a whole disk, or the home directory of someone. */
export function isTooMuch({ sources: { limits }, looked, files, kustomizations }: Search): boolean {
  return looked.entries > limits.totalEntries || files.size + kustomizations.size > limits.totalFiles;
}

const maxDepth = 64;

/**
 * The entries of a directory, and the directories that these stand in, links followed; `above` are those of the directory itself.
 * Undefined where it is not searched: because the search is too much, because there is nothing new, or because of what is said of it.
 */
export function enterDirectory(
  search: Search,
  directory: string,
  above: readonly string[],
): { readonly entries: readonly Entry[]; readonly within: readonly string[] } | undefined {
  const { fileSystem } = search.sources;
  const real = fileSystem.realPath(directory) ?? directory;
  // A link to a directory above itself shows nothing new, and has no end.
  if (above.includes(real)) return undefined;
  const entries = fileSystem.list(directory);
  if (entries !== undefined) search.looked.entries += entries.length;
  if (isTooMuch(search)) return undefined;
  if (entries !== undefined && above.length <= maxDepth) return { entries, within: [...above, real] };
  search.diagnostics.push(entries === undefined ? unreadable(directory) : tooDeep(directory));
  return undefined;
}

export const namePath = 'use a file or a directory inside the repository';

/** That there is neither a file nor a directory that can be read. */
export function unreadable(path: string): Diagnostic {
  return ofPath(path, `${path} is not a readable file or directory`, namePath);
}

function tooDeep(path: string): Diagnostic {
  return ofPath(path, `${path} is nested too deeply to search`, 'list the directories to check');
}

function ofPath(path: string, message: string, help: string): Diagnostic {
  return {
    rule: 'file-unreadable',
    severity: 'error',
    message,
    help,
    span: startOf({ path, text: '' }),
    related: [],
    unchecked: path,
  };
}
