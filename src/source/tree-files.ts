import type { Entry, EntryKind, FileSystem, ReadFailure } from './file-system.ts';
import { type Followed, followLinks, type Look, rememberFolders } from './follow-links.ts';
import type { TreeEntry } from './git-answers.ts';
import { normalisePath } from './path.ts';

/** What tells the contents of a tree. */
export interface TreeContents {
  /** The bytes of a file. */
  read(entry: TreeEntry): Uint8Array | ReadFailure;
  /** Where links lead to, by id; asked once for all of them. */
  targets(ids: readonly string[]): ReadonlyMap<string, Uint8Array | ReadFailure>;
  /** How absolute links name the root. */
  readonly rootPath: string;
}

type Directory = Map<string, TreeEntry | 'directory'>;

/** The files of a tree of Git. Links lead through the tree alone; a submodule is a directory of which nothing is known. */
export function treeFileSystem(entries: readonly TreeEntry[], contents: TreeContents): FileSystem {
  const directories = directoriesOf(entries);
  const at = (parts: readonly string[]): TreeEntry | 'directory' | undefined =>
    parts.length === 0 ? 'directory' : directories.get(parts.slice(0, -1).join('/'))?.get(parts.at(-1) ?? '');
  const targetOf = openTargets(entries, contents);
  const isInSubmodule = (parts: readonly string[]): boolean =>
    parts.some((_, index) => isSubmodule(at(parts.slice(0, index))));
  const look: Look = (parts) => {
    const found = at(parts);
    if (found === undefined) return isInSubmodule(parts) ? 'not-fetched' : 'missing';
    return found !== 'directory' && found.kind === 'link' ? targetOf(found) : 'no-link';
  };
  const follow = followLinks(look, contents.rootPath);
  const followInside = rememberFolders(follow);
  const resolve = (path: string): Followed =>
    normalisePath(path) === undefined ? 'outside' : followInside(path);
  const kindAt = (real: Followed): EntryKind | undefined =>
    typeof real === 'string' ? undefined : kindOf(at(real));
  return {
    read(path) {
      const real = resolve(path);
      const found = typeof real === 'string' ? real : (at(real) ?? 'missing');
      if (typeof found === 'string') return found === 'directory' ? 'not-a-file' : found;
      // A name that is no text has lost what would tell it from others.
      if (found.path.includes('\uFFFD')) return 'unreadable';
      return found.kind === 'submodule' ? 'not-a-file' : contents.read(found);
    },
    list(path) {
      const real = resolve(path);
      const directory = typeof real === 'string' ? undefined : directories.get(real.join('/'));
      const entry = ([name, found]: [string, TreeEntry | 'directory']): Entry => {
        const isLink = found !== 'directory' && found.kind === 'link';
        const kind = isLink ? kindAt(follow(typeof real === 'string' ? [] : real, name)) : kindOf(found);
        return { name, kind: kind ?? 'other' };
      };
      return directory && [...directory].map(entry).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    kind: (path) => kindAt(resolve(path)),
    realPath(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : real.join('/');
    },
  };
}

function kindOf(found: TreeEntry | 'directory' | undefined): EntryKind | undefined {
  if (found === undefined) return undefined;
  return found === 'directory' || found.kind === 'submodule' ? 'directory' : 'file';
}

function isSubmodule(found: TreeEntry | 'directory' | undefined): boolean {
  return found !== undefined && found !== 'directory' && found.kind === 'submodule';
}

function directoriesOf(entries: readonly TreeEntry[]): ReadonlyMap<string, Directory> {
  const directories = new Map<string, Directory>([['', new Map()]]);
  for (const entry of entries) {
    let { path } = entry;
    for (let found: TreeEntry | 'directory' = entry; path !== ''; found = 'directory') {
      const slash = path.lastIndexOf('/');
      const parent = path.slice(0, Math.max(0, slash));
      const known = directories.get(parent);
      directories.set(parent, (known ?? new Map()).set(path.slice(slash + 1), found));
      // What is above is there already.
      if (known !== undefined) break;
      path = parent;
    }
  }
  return directories;
}

// Longer than any path may be that a system takes.
const longestTarget = 4096;

function openTargets(
  entries: readonly TreeEntry[],
  { targets }: TreeContents,
): (link: TreeEntry) => ReturnType<Look> {
  let known: ReadonlyMap<string, Uint8Array | ReadFailure> | undefined;
  return ({ id }) => {
    known ??= targets(entries.filter(({ kind }) => kind === 'link').map((one) => one.id));
    const bytes = known.get(id) ?? 'unreadable';
    if (typeof bytes === 'string') return bytes;
    if (bytes.length > longestTarget) return 'unreadable';
    return { target: new TextDecoder().decode(bytes) };
  };
}
