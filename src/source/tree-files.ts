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

const directory = { kind: 'directory' } as const;
type Found = TreeEntry | typeof directory;
type Directory = Map<string, Found>;

/** The files of a tree of Git. Links lead through the tree alone; a submodule is a directory of which nothing is known. */
export function treeFileSystem(entries: readonly TreeEntry[], contents: TreeContents): FileSystem {
  const directories = directoriesOf(entries);
  const at = (parts: readonly string[]): Found | undefined =>
    parts.length === 0 ? directory : directories.get(parts.slice(0, -1).join('/'))?.get(parts.at(-1) ?? '');
  const targetOf = openTargets(entries, contents);
  const look: Look = (parts) => {
    const found = at(parts);
    if (found === undefined) return at(parts.slice(0, -1))?.kind === 'submodule' ? 'not-fetched' : 'missing';
    return found.kind === 'link' ? targetOf(found) : 'no-link';
  };
  const follow = followLinks(look, contents.rootPath);
  const followInside = rememberFolders(follow);
  const resolve = (path: string): Followed =>
    normalisePath(path) === undefined ? 'outside' : followInside(path);
  const findAt = (real: Followed): Found | ReadFailure =>
    typeof real === 'string' ? real : (at(real) ?? 'missing');
  const kindAt = (real: Followed): EntryKind | undefined => {
    const found = findAt(real);
    if (typeof found === 'string') return undefined;
    return found.kind === 'file' ? 'file' : 'directory';
  };
  return {
    read(path) {
      const found = findAt(resolve(path));
      if (typeof found === 'string') return found;
      if (found.kind !== 'file') return 'not-a-file';
      // A name that is no text has lost what would tell it from others.
      return found.path.includes('\uFFFD') ? 'unreadable' : contents.read(found);
    },
    list(path) {
      const real = resolve(path);
      if (typeof real === 'string') return undefined;
      const names = directories.get(real.join('/'))?.keys();
      return (
        names &&
        [...names].sort().map((name): Entry => ({ name, kind: kindAt(follow(real, name)) ?? 'other' }))
      );
    },
    kind: (path) => kindAt(resolve(path)),
    realPath(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : real.join('/');
    },
  };
}

function directoriesOf(entries: readonly TreeEntry[]): ReadonlyMap<string, Directory> {
  const directories = new Map<string, Directory>([['', new Map()]]);
  for (const entry of entries) {
    let { path } = entry;
    for (let found: Found = entry; path !== ''; found = directory) {
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
