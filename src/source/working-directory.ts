import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createFile, createFolder } from './create-file.ts';
import { diskFileSystem } from './disk.ts';
import type { FileSystem, ReadFailure } from './file-system.ts';
import { defaultLimits } from './limits.ts';
import type { Base, BaseProblem } from './open-base.ts';
// Loaded when called: only a comparison asks Git.
import { changedFiles, checkoutOf, commitOf, committedAmong, openBase } from './open-base.ts';
import { replaceFile } from './replace-file.ts';
import { type Watcher, watchFolders } from './watch.ts';

/** A repository, and how the paths that people type look from its root. */
export interface Repository {
  /** The root as a `file:` URL. */
  readonly url: string;
  readonly fileSystem: FileSystem;
  /** Whether there is a Git repository, and not a folder alone. */
  readonly isGit: boolean;
  /** What another run of the tool wrote, which may be larger than what a person writes. */
  large(path: string): Uint8Array | ReadFailure;
  /** A path as typed, relative to the root and POSIX. */
  inside(path: string): string;
  /** Puts `after` in the place of `before` in a file of the repository; says why where it cannot. */
  replace(path: string, before: Uint8Array, after: Uint8Array): string | undefined;
  /** Where a path of the repository is on the disk. */
  outside(path: string): string;
  /** The files as they are now, where the file system has remembered what a path leads to. */
  reopen(): FileSystem;
  watch(): Watcher;
  /** Where the clone comes from, and what is checked out, as far as Git says. */
  checkout(): { readonly remote?: string; readonly commit?: string; readonly branch?: string };
  /** What the commit to be changes, or a range of commits, relative to the root; undefined where Git does not say. */
  changed(range?: { readonly from: string; readonly to: string }): readonly string[] | undefined;
  /** Those of the paths that are committed, as far as Git says. */
  committed(paths: readonly string[]): readonly string[];
  /** The commit that a revision is now; undefined where there is no such one. */
  commit(revision: string): string | undefined;
  /** What a change is compared with: a revision, or a folder as typed; see `openBase`. */
  base(given?: string): Base | BaseProblem;
}

/** What commands see of the disk: paths as they are typed, relative to where the tool was started. */
export interface WorkingDirectory {
  kind(path: string): 'file' | 'directory' | undefined;
  /** The path behind a `file:` URL; undefined for another one. */
  pathOf(url: string): string | undefined;
  /** The repository that `path` belongs to, or the one at `root`. */
  repository(path: string, root?: string): Repository;
  /** Writes a file into a folder that is there; says why where it cannot. */
  write(path: string, text: string): string | undefined;
  makeFolder(path: string): string | undefined;
}

/** What is below a folder, or beside it, for whoever works in it: by default the folder that the process was started in. */
export function openWorkingDirectory(here: string = process.cwd()): WorkingDirectory {
  const at = (path: string): string => resolve(here, path);
  // What a pull request can have put links into.
  const own = repositoryRoot(here, here);
  return {
    pathOf: filePath,
    kind: (path) => (isFolder(at(path)) ? 'directory' : existsSync(at(path)) ? 'file' : undefined),
    repository(path, given) {
      const root = given === undefined ? repositoryRoot(here, at(path)) : at(given);
      return {
        url: pathToFileURL(root).href,
        fileSystem: diskFileSystem(root),
        isGit: folderWithGit(root) !== undefined,
        large: (path) => diskFileSystem(root, defaultLimits.totalBytes).read(path),
        inside: (typed) => relative(root, at(typed)).split(sep).join('/'),
        replace: (path, before, after) => replaceFile({ root, path, before, after }),
        outside: (path) => join(root, path),
        reopen: () => diskFileSystem(root),
        watch: () => watchFolders(root),
        commit: (revision) => commitOf(root, revision),
        base: (typed) => openBase(root, typed, here),
        committed: (paths) => committedAmong(root, paths),
        changed: (range) => changedFiles(root, range),
        checkout: () => checkoutOf(root),
      };
    },
    write: (path, text) =>
      isFolder(at(path))
        ? 'it is a directory, not a file'
        : isFolder(dirname(at(path)))
          ? createFile(own, at(path), text)
          : `there is no directory ${dirname(path)}: create it first`,
    makeFolder: (path) => createFolder(own, at(path)),
  };
}

function filePath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** The nearest folder with .git above the working directory or else above `start`; without one the working directory. */
function repositoryRoot(here: string, start: string): string {
  for (const from of [here, start]) {
    const root = folderWithGit(from);
    if (root !== undefined && isInside(root, start)) return root;
  }
  if (isInside(here, start) || !existsSync(start)) return here;
  return isDirectory(start) ? start : dirname(start);
}

function folderWithGit(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(resolve(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && isDirectory(path);
}

function isDirectory(path: string): boolean {
  return statSync(path).isDirectory();
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
