import type { Entry, EntryKind, FileSystem, ReadFailure } from './file-system.ts';
import { directoryOf, isBelowAny, lastPartOf, pathBelow } from './path.ts';

/** A file system that is asked once for each path, until it is told that something changed. */
export interface RememberedFiles extends FileSystem {
  /** Looks again at what changed, at what lies below it and at the folder around it; whether anything of it was known and differs. */
  refresh(paths: readonly string[]): boolean;
  /** The folders whose changes matter, with symbolic links followed. */
  folders(): readonly string[];
}

/** Remembers what `open` shows; it is opened anew with each change, since it may remember links itself. */
export function rememberFiles(open: () => FileSystem): RememberedFiles {
  let fileSystem = open();
  const reads = new Map<string, Uint8Array | ReadFailure>();
  const lists = new Map<string, readonly Entry[] | undefined>();
  const kinds = new Map<string, EntryKind | undefined>();
  const reals = new Map<string, string | undefined>();
  const realPath = (path: string): string | undefined => remember(reals, path, fileSystem.realPath);

  /** Where something stands, or would stand, with symbolic links followed. */
  function realPlace(path: string): string {
    return realPath(path) ?? (path === '' ? '' : pathBelow(realPlace(directoryOf(path)), lastPartOf(path)));
  }

  function differs(path: string): boolean {
    return [
      renew(reads, path, fileSystem.read, equalReads),
      renew(lists, path, fileSystem.list, equalLists),
      renew(kinds, path, fileSystem.kind),
      renew(reals, path, fileSystem.realPath),
    ].includes(true);
  }

  return {
    read: (path) => remember(reads, path, fileSystem.read),
    list: (path) => remember(lists, path, fileSystem.list),
    kind: (path) => remember(kinds, path, fileSystem.kind),
    realPath,
    refresh(paths) {
      const changed = new Set(paths);
      const around = new Set(paths.map(directoryOf));
      const isTouched = (path: string): boolean => around.has(path) || isBelowAny(path, changed);
      const known = new Set([...reads, ...lists, ...kinds, ...reals].map(([path]) => path));
      const touched = [...known].filter((path) => isTouched(path) || isTouched(realPlace(path)));
      fileSystem = open();
      return touched.map(differs).includes(true);
    },
    folders() {
      const listed = [...lists].flatMap(([path, entries]) => (entries === undefined ? [] : [path]));
      const read = [...reads].flatMap(([path, bytes]) =>
        typeof bytes === 'string' ? [] : [directoryOf(path)],
      );
      const real = [...listed, ...read].map(realPath);
      return [...new Set(real.filter((path) => path !== undefined))];
    },
  };
}

/** Shows what another file system does; bytes that are those of an earlier read are the same array, kept in `known`. */
export function withKnownBytes(fileSystem: FileSystem, known: Map<string, Uint8Array>): FileSystem {
  return {
    ...fileSystem,
    read(path) {
      const bytes = fileSystem.read(path);
      const before = known.get(path);
      if (before !== undefined && equalReads(before, bytes)) return before;
      if (typeof bytes === 'string') known.delete(path);
      else known.set(path, bytes);
      return bytes;
    },
  };
}

function remember<T>(known: Map<string, T>, path: string, ask: (path: string) => T): T {
  if (known.has(path)) return known.get(path) as T;
  const answer = ask(path);
  known.set(path, answer);
  return answer;
}

/** Asks again for what is known of a path; whether it is another now. What is equal stays the same array, and so what was parsed of it. */
function renew<T>(
  known: Map<string, T>,
  path: string,
  ask: (path: string) => T,
  isEqual: (before: T, now: T) => boolean = Object.is,
): boolean {
  if (!known.has(path)) return false;
  const now = ask(path);
  if (isEqual(known.get(path) as T, now)) return false;
  known.set(path, now);
  return true;
}

function equalReads(a: Uint8Array | ReadFailure, b: Uint8Array | ReadFailure): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : equalBytes(a, b);
}

function equalLists(a: readonly Entry[] | undefined, b: readonly Entry[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
}
