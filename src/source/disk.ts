import {
  closeSync,
  constants,
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
  const follow = followLinks(lookBelow(realRoot), realRoot.replaceAll(sep, '/'));
  const resolveInside = rememberFolders(follow);
  const resolve = (path: string): Followed =>
    normalisePath(path) === undefined ? 'outside' : resolveInside(path);
  return {
    read(path) {
      const real = resolve(path);
      return typeof real === 'string' ? real : readRegular(join(realRoot, ...real), fileBytes);
    },
    list(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : listDirectory(realRoot, real, follow);
    },
    kind(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : kindAt(join(realRoot, ...real));
    },
    realPath(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : real.join('/');
    },
  };
}

function lookBelow(realRoot: string): Look {
  const look: Look = (parts) => lookAt(join(realRoot, ...parts));
  const namesIn = (parts: readonly string[]): readonly string[] => namesAt(join(realRoot, ...parts));
  return foldsCase(namesIn([]), (name) => look([name]) !== 'missing') ? exactNames(look, namesIn) : look;
}

function namesAt(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function lookAt(path: string): ReturnType<Look> {
  const stat = lstatAt(path);
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

function kindAt(path: string): EntryKind | undefined {
  const stat = lstatAt(path);
  return typeof stat === 'string' ? undefined : kindOf(stat);
}

function kindOf(stat: Stats): EntryKind {
  if (stat.isFile()) return 'file';
  return stat.isDirectory() ? 'directory' : 'other';
}

function listDirectory(
  realRoot: string,
  parts: readonly string[],
  follow: ReturnType<typeof followLinks>,
): readonly Entry[] | undefined {
  try {
    return readdirSync(join(realRoot, ...parts), { withFileTypes: true })
      .map((entry): Entry => {
        if (!entry.isSymbolicLink()) return { name: entry.name, kind: direntKind(entry) };
        const real = follow(parts, entry.name);
        const kind = typeof real === 'string' ? undefined : kindAt(join(realRoot, ...real));
        return { name: entry.name, kind: kind ?? 'other' };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

function direntKind(entry: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'other';
}

/** Opens without following a link and without waiting for a FIFO's writer, and judges what was opened, not what was named. */
function readRegular(path: string, fileBytes: number): Uint8Array | ReadFailure {
  const before = lstatAt(path);
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
