import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { diskFileSystem } from './disk.ts';
import type { FileSystem } from './file-system.ts';
import type { TreeEntry } from './git-answers.ts';
import {
  type Checkout,
  changedPaths,
  checkoutAt,
  committedPaths,
  findCommit,
  idsOnlyIn,
  isContentOf,
  listTree,
  mergeBase,
  messageOf,
  type NoRepository,
  parentsOf,
  readBlobs,
  upstreamName,
  whyNoRepository,
} from './git-tree.ts';
import { equalBytes } from './remembered-files.ts';
import { treeFileSystem } from './tree-files.ts';

/** By the path of each file, link and submodule that is committed, whether the base has the same there. */
export type CommittedFiles = ReadonlyMap<string, boolean>;

/** What a change is compared with. */
export interface Base {
  /** For people: `4f1c2aa HEAD^1`, or the directory as it was named. */
  readonly name: string;
  /** Absent where a directory was named. */
  readonly commit?: string;
  /** The commit that the compared files were checked out from, where it is known. */
  readonly head?: string;
  /** What the last commit of the change says, where it is known: of a merge into the base that of what is merged. */
  readonly message?: string;
  /** The files that HEAD has, and whether each is as it was; absent where a directory was named. */
  committed?(): CommittedFiles;
  /** Its files; where `head` has the same content at the same path, that very array. `head` should remember what it has read. */
  files(head: FileSystem): FileSystem;
}

/** Where a clone comes from, and what is checked out. */
export function checkoutOf(root: string): Checkout {
  return checkoutAt(root);
}

/** The commit that a revision is now; undefined where there is no such one, or no Git. */
export function commitOf(root: string, revision: string): string | undefined {
  return findCommit(root, revision);
}

/** Those of the paths that are committed, as far as Git says. */
export function committedAmong(root: string, paths: readonly string[]): readonly string[] {
  return committedPaths(root, paths);
}

/** What the commit to be changes, or a range of commits: every path, as it was and as it is. Undefined where Git does not say. */
export function changedFiles(
  root: string,
  range?: { readonly from: string; readonly to: string },
): readonly string[] | undefined {
  return changedPaths(root, range);
}

/** Why there is nothing to compare with; the run exits 2. */
export interface BaseProblem {
  readonly problem: string;
  readonly help: string;
}

/**
 * Opens what the files below `root` are compared with: a revision of Git, read from its object store, or a directory. Without either the
 * first parent where HEAD is a merge, else where HEAD left its upstream. Folders count from `here`.
 */
export function openBase(root: string, given: string | undefined, here: string = root): Base | BaseProblem {
  const noRepository = whyNoRepository(root);
  if (given !== undefined && (isFolderName(given) || noRepository === 'no-repository'))
    return openDirectory(resolve(here, given), given);
  if (noRepository !== undefined) return repositoryProblems[noRepository];
  const found = given === undefined ? defaultBase(root) : namedBase(root, given);
  return 'problem' in found ? found : openCommit(root, found);
}

const repositoryProblems: Readonly<Record<NoRepository, BaseProblem>> = {
  'no-git': {
    problem: 'git is not installed, but is needed to find the base',
    help: 'install Git, or use a folder that contains the base: --base ./before',
  },
  'not-trusted': {
    problem: 'Git does not trust the repository, because someone else owns it',
    help: 'run git config --global --add safe.directory "$PWD" first',
  },
  unreadable: {
    problem: 'Git cannot read this repository, or reads the folder as a Git directory',
    help: 'run it in a clone, with the root of the clone as --root',
  },
  'no-repository': {
    problem: 'this is not a Git repository, so there is no base to compare with',
    help: 'use a folder that contains the base: --base ./before',
  },
};

/** In a repository a folder is told from a branch by how it is written: otherwise a change could bring one that is called as the base is. */
function isFolderName(given: string): boolean {
  return isAbsolute(given) || /^\.{1,2}(?:[/\\]|$)|[/\\]$/u.test(given);
}

function openDirectory(folder: string, name: string): Base | BaseProblem {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    return { problem: `${name} is not a directory`, help: 'use a folder that contains the base' };
  return { name, files: (head) => withSameBytes(diskFileSystem(folder), head) };
}

/** Shows what a file system does; a file that another one has just so is the same array. */
function withSameBytes(fileSystem: FileSystem, other: FileSystem): FileSystem {
  return {
    ...fileSystem,
    read(path) {
      const bytes = fileSystem.read(path);
      const known = other.read(path);
      return typeof bytes !== 'string' && typeof known !== 'string' && equalBytes(bytes, known)
        ? known
        : bytes;
    },
  };
}

interface NamedCommit {
  readonly commit: string;
  readonly name: string;
}

const checkOut = 'check out with fetch-depth: 2, or fetch-depth: 0 for the full history';

function namedBase(root: string, revision: string): NamedCommit | BaseProblem {
  const commit = findCommit(root, revision);
  if (commit !== undefined) return { commit, name: revision };
  return { problem: `there is no commit ${revision} in this clone`, help: checkOut };
}

function defaultBase(root: string): NamedCommit | BaseProblem {
  const head = findCommit(root, 'HEAD');
  if (head === undefined)
    return { problem: 'there is no commit yet, so there is no base to compare with', help: nameOne };
  const [first, second] = parentsOf(root, head);
  if (first !== undefined && second !== undefined)
    return findCommit(root, first) === undefined
      ? { problem: `HEAD is a merge, and its first parent ${short(first)} is not here`, help: checkOut }
      : { commit: first, name: 'HEAD^1' };
  const upstream = upstreamName(root);
  const other = upstream === undefined ? undefined : findCommit(root, upstream);
  if (upstream === undefined || other === undefined)
    return {
      problem: 'HEAD is not a merge and has no upstream branch, so there is no base to compare with',
      help: nameOne,
    };
  const commit = mergeBase(root, head, other);
  return commit === undefined
    ? { problem: `the merge base of HEAD and ${upstream} is not in this clone`, help: checkOut }
    : { commit, name: upstream };
}

const nameOne = 'use a revision: --base origin/main';

function openCommit(root: string, { commit, name }: NamedCommit): Base | BaseProblem {
  const entries = listTree(root, commit);
  if (entries === undefined)
    return {
      problem: `the files of ${short(commit)} cannot be listed: some are not in this clone, or there are too many`,
      help: checkOut,
    };
  const head = findCommit(root, 'HEAD');
  return {
    commit,
    ...(head === undefined ? {} : { head, message: messageOf(root, lastOfChange(root, head, commit)) }),
    name: name.startsWith(short(commit)) ? short(commit) : `${short(commit)} ${name}`,
    committed: () => committedFiles(root, entries),
    files: (current) => commitFiles({ root, commit, entries }, current),
  };
}

function committedFiles(root: string, before: readonly TreeEntry[]): CommittedFiles {
  const keyOf = ({ kind, id }: TreeEntry): string => `${kind} ${id}`;
  const known = new Map(before.map((entry) => [entry.path, keyOf(entry)]));
  const now = listTree(root, 'HEAD') ?? [];
  return new Map(now.map((entry) => [entry.path, known.get(entry.path) === keyOf(entry)]));
}

function lastOfChange(root: string, head: string, base: string): string {
  const [first, second, third] = parentsOf(root, head);
  return first === base && second !== undefined && third === undefined ? second : head;
}

function short(commit: string): string {
  return commit.slice(0, 7);
}

interface CommitTree {
  readonly root: string;
  readonly commit: string;
  readonly entries: readonly TreeEntry[];
}

/** What the working tree has too is taken from there; of all else Git is asked as seldom as can be. */
function commitFiles({ root, commit, entries }: CommitTree, head: FileSystem): FileSystem {
  const blobs = openBlobs(root, commit, entries);
  // Where nobody has checked a submodule out, the files that are judged have an empty folder as well.
  const isAbsent = ({ kind, path }: TreeEntry): boolean =>
    kind === 'submodule' && (head.list(path) ?? []).length === 0;
  return treeFileSystem(
    entries.filter((entry) => !isAbsent(entry)),
    {
      rootPath: realpathSync(root).replaceAll(sep, '/'),
      read({ path, id }) {
        const current = head.read(path);
        return typeof current !== 'string' && isContentOf(current, id) ? current : blobs(id);
      },
      targets: (ids) => readBlobs(root, ids, 4096),
    },
  );
}

type Blob = Uint8Array | 'too-large' | 'not-fetched';

/**
 * Blobs of a commit. What HEAD has otherwise is asked for together. Where working tree and HEAD differ as well, as with other ends of
 * lines, ever more of what follows is asked for at once.
 */
function openBlobs(root: string, commit: string, entries: readonly TreeEntry[]): (id: string) => Blob {
  const known = new Map<string, Blob>();
  const take = (ids: readonly string[]): void => {
    const unknown = ids.filter((id) => !known.has(id));
    for (const [id, bytes] of readBlobs(root, unknown)) known.set(id, bytes);
  };
  let changed: ReadonlySet<string> | undefined;
  let following = 0;
  return (id) => {
    changed ??= changedIn(root, commit, entries);
    if (!known.has(id) && changed.has(id)) take([id, ...changed]);
    if (!known.has(id)) {
      const at = entries.findIndex((entry) => entry.id === id);
      const near = entries.slice(at, at + 1 + following).filter(isRead);
      take([id, ...near.map((entry) => entry.id)]);
      following = Math.min(following * 2 + 1, 1023);
    }
    return known.get(id) ?? 'not-fetched';
  };
}

/** The files of a commit that HEAD has otherwise, as far as they are of a kind that is read. */
function changedIn(root: string, commit: string, entries: readonly TreeEntry[]): ReadonlySet<string> {
  const read = new Set(entries.filter(isRead).map(({ id }) => id));
  return new Set(idsOnlyIn(root, commit).filter((id) => read.has(id)));
}

// What generators read as well.
const readTypes = /\.(?:ya?ml|json|env|properties|conf|ini|toml|txt|sh|tpl)$/u;

function isRead({ path, kind }: TreeEntry): boolean {
  return kind === 'file' && readTypes.test(path);
}
