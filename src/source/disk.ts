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
import type { Entry, EntryKind, FileSystem, ReadFailure } from './file-system.ts';
import { defaultLimits } from './limits.ts';
import { normalisePath } from './path.ts';

// As many as Linux follows before ELOOP.
const maxLinks = 40;

/** The files below `root`. Symbolic links are followed component by component and never out of it. */
export function diskFileSystem(root: string, fileBytes = defaultLimits.fileBytes): FileSystem {
  const realRoot = realpathSync(root);
  const resolve = pathResolver(realRoot);
  return {
    read(path) {
      const real = resolve(path);
      return typeof real === 'string' ? real : readRegular(join(realRoot, ...real), fileBytes);
    },
    list(path) {
      const real = resolve(path);
      return typeof real === 'string' ? undefined : listDirectory(realRoot, real);
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

type Resolved = readonly string[] | ReadFailure;

// Most paths share their folder with others, whose links are followed once.
function pathResolver(realRoot: string): (path: string) => Resolved {
  const folders = new Map<string, Resolved>();
  const resolveFolder = (folder: string): Resolved => {
    let known = folders.get(folder);
    if (known === undefined) {
      known = resolveFrom(realRoot, [], folder);
      folders.set(folder, known);
    }
    return known;
  };
  return (path) => {
    if (normalisePath(path) === undefined) return 'outside';
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? [] : resolveFolder(path.slice(0, slash));
    return typeof folder === 'string' ? folder : resolveFrom(realRoot, folder, path.slice(slash + 1));
  };
}

/** The components of `path`, seen from `start`, with every symbolic link resolved, or why there are none. */
function resolveFrom(realRoot: string, start: readonly string[], path: string): Resolved {
  const todo = path.split('/').reverse();
  const done = [...start];
  let links = 0;
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (done.pop() === undefined) return 'outside';
      continue;
    }
    const stat = lstatAt(join(realRoot, ...done, part));
    if (typeof stat === 'string') return stat;
    if (!stat.isSymbolicLink()) {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > maxLinks) return 'unreadable';
    const target = linkTarget(realRoot, join(realRoot, ...done, part));
    if (target === undefined) return 'unreadable';
    if (target === 'outside') return 'outside';
    if (target.absolute) done.length = 0;
    todo.push(...target.parts.reverse());
  }
  return done;
}

function linkTarget(
  realRoot: string,
  link: string,
): { parts: string[]; absolute: boolean } | 'outside' | undefined {
  let target: string;
  try {
    target = readlinkSync(link);
  } catch {
    return undefined;
  }
  if (sep === '\\') target = target.replaceAll('\\', '/');
  const prefix = realRoot === '/' ? '/' : `${realRoot.replaceAll(sep, '/')}/`;
  if (target.startsWith(prefix)) return { parts: target.slice(prefix.length).split('/'), absolute: true };
  if (target.startsWith('/') || /^[A-Za-z]:/.test(target)) return 'outside';
  return { parts: target.split('/'), absolute: false };
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

function listDirectory(realRoot: string, parts: readonly string[]): readonly Entry[] | undefined {
  try {
    return readdirSync(join(realRoot, ...parts), { withFileTypes: true })
      .map((entry): Entry => {
        if (!entry.isSymbolicLink()) return { name: entry.name, kind: direntKind(entry) };
        const real = resolveFrom(realRoot, parts, entry.name);
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
