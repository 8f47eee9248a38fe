import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { join, sep } from 'node:path';
import { exactNames, foldsCase } from './exact-names.ts';
import type { Entry, EntryKind, FileSystem, ReadFailure } from './file-system.ts';
import { type Followed, followLinks, type Look, rememberFolders } from './follow-links.ts';
import { defaultLimits } from './limits.ts';
import { normalisePath } from './path.ts';

/** The files below `root`. Symbolic links are followed component by component and never out of it. */
export function diskFileSystem(root: string, fileBytes = defaultLimits.fileBytes): FileSystem {
  const realRoot = realpathSync(root);
  const seen = rememberLast(lstatAt);
  const listed = newListed();
  const follow = followLinks(lookBelow(realRoot, seen.look, listed), realRoot.replaceAll(sep, '/'));
  const resolveInside = rememberFolders(follow);
  const resolve = (path: string): Followed =>
    normalisePath(path) === undefined ? 'outside' : resolveInside(path);
  const kindOfReal = (real: Followed): EntryKind | undefined => {
    if (typeof real === 'string') return undefined;
    const known = listed.at(real);
    return known === undefined || known === 'link' || known === 'missing'
      ? kindOf(seen.take(join(realRoot, ...real)))
      : known;
  };
  const kindAt = (folder: readonly string[], name: string): EntryKind | undefined =>
    kindOfReal(follow(folder, name));
  return {
    read(path) {
      const real = resolve(path);
      if (typeof real === 'string') return real;
      const file = join(realRoot, ...real);
      return readRegular(file, seen.take(file), fileBytes);
    },
    list(path) {
      const real = resolve(path);
      if (typeof real === 'string') return undefined;
      const entries = direntsAt(join(realRoot, ...real));
      if (entries !== undefined) listed.note(real, entries);
      return entries && listDirectory(entries, (name) => kindAt(real, name));
    },
    kind: (path) => kindOfReal(resolve(path)),
    realPath(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : real.join('/');
    },
  };
}

/** Who follows a path to its end looks at what is there, and then asks what that is. */
function rememberLast<T>(ask: (path: string) => T): { look(path: string): T; take(path: string): T } {
  let last: { readonly path: string; readonly seen: T } | undefined;
  return {
    look(path) {
      const seen = ask(path);
      last = { path, seen };
      return seen;
    },
    take(path) {
      const known = last?.path === path ? last.seen : ask(path);
      last = undefined;
      return known;
    },
  };
}

/** What the folders listed so far have, so that the disk is not asked for each name in them. */
interface Listed {
  note(folder: readonly string[], entries: readonly Dirent[]): void;
  /** Undefined where nobody has listed the folder, or the list does not tell. */
  at(parts: readonly string[]): EntryKind | 'link' | 'missing' | undefined;
}

// Of longer names a disk may say that they are too long, instead of missing.
const longestName = 80;

function newListed(): Listed {
  const folders = new Map<string, ReadonlyMap<string, EntryKind | 'link'>>();
  return {
    note(folder, entries) {
      folders.set(folder.join('/'), new Map(entries.map((entry) => [entry.name, listedKind(entry)])));
    },
    at(parts) {
      const name = parts.at(-1) ?? '';
      const entries = folders.get(parts.slice(0, -1).join('/'));
      const missing = name.length <= longestName ? 'missing' : undefined;
      return entries && name !== '' ? (entries.get(name) ?? missing) : undefined;
    },
  };
}

function lookBelow(realRoot: string, statOf: typeof lstatAt, listed: Listed): Look {
  const look: Look = (parts) => lookAt(join(realRoot, ...parts), statOf);
  const namesIn = (parts: readonly string[]): readonly string[] => namesAt(join(realRoot, ...parts));
  if (foldsCase(namesIn([]), (name) => look([name]) !== 'missing')) return exactNames(look, namesIn);
  return (parts) => {
    const known = listed.at(parts);
    if (known === undefined || known === 'link') return look(parts);
    return known === 'missing' ? 'missing' : 'no-link';
  };
}

function namesAt(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function lookAt(path: string, statOf: typeof lstatAt): ReturnType<Look> {
  const stat = statOf(path);
  if (typeof stat === 'string') return stat;
  if (!stat.isSymbolicLink()) return 'no-link';
  const target = linkTarget(path);
  return target === undefined ? 'unreadable' : { target };
}

function linkTarget(link: string): string | undefined {
  try {
    const target = readlinkSync(link);
    return sep === '\\' ? target.replaceAll('\\', '/') : target;
  } catch {
    return undefined;
  }
}

function lstatAt(path: string): Stats | ReadFailure {
  try {
    return lstatSync(path);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function kindOf(stat: Stats | ReadFailure): EntryKind | undefined {
  if (typeof stat === 'string') return undefined;
  if (stat.isFile()) return 'file';
  return stat.isDirectory() ? 'directory' : 'other';
}

function direntsAt(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

function listDirectory(
  entries: readonly Dirent[],
  kindOfLink: (name: string) => EntryKind | undefined,
): readonly Entry[] {
  return entries
    .map((entry): Entry => {
      const kind = listedKind(entry);
      return { name: entry.name, kind: kind === 'link' ? (kindOfLink(entry.name) ?? 'other') : kind };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listedKind(entry: Dirent): EntryKind | 'link' {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'other';
}

/** Opens without following a link and without waiting for a FIFO's writer, and judges what was opened, not what was named. */
function readRegular(path: string, before: Stats | ReadFailure, fileBytes: number): Uint8Array | ReadFailure {
  if (typeof before === 'string') return before;
  if (!before.isFile()) return 'not-a-file';
  let descriptor: number;
  try {
    descriptor = openSync(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch {
    return 'unreadable';
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return 'not-a-file';
    if (stat.size > fileBytes) return 'too-large';
    return readAll(descriptor, stat.size, fileBytes);
  } catch {
    return 'unreadable';
  } finally {
    closeSync(descriptor);
  }
}

/** Reads to the end, whatever the size was said to be: files of /proc say 0, and a file may grow. */
function readAll(descriptor: number, size: number, fileBytes: number): Uint8Array | ReadFailure {
  let buffer = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
    if (length > fileBytes) return 'too-large';
    if (length === buffer.length) {
      const larger = new Uint8Array(buffer.length * 2 + 1024);
      larger.set(buffer);
      buffer = larger;
    }
  }
}
