import type { Entry, EntryKind, FileSystem, ReadFailure } from './file-system.ts';
import { directoryOf } from './path.ts';

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
  const realPath = (path: string): string | undefined =>
    remember(reals, path, () => fileSystem.realPath(path));

  /** Whether what is known of a path is another now; bytes that are equal stay the same array, and so what was parsed of them. */
  function differs(path: string): boolean {
    const bytes = reads.get(path);
    const list = lists.get(path);
    const now = bytes === undefined ? undefined : fileSystem.read(path);
    const isSame =
      (now === undefined || bytes === undefined || equalReads(bytes, now)) &&
      (!lists.has(path) || JSON.stringify(list) === JSON.stringify(fileSystem.list(path))) &&
      (!kinds.has(path) || kinds.get(path) === fileSystem.kind(path)) &&
      (!reals.has(path) || reals.get(path) === fileSystem.realPath(path));
    if (isSame) return false;
    for (const known of [reads, lists, kinds, reals]) known.delete(path);
    if (now !== undefined) reads.set(path, bytes !== undefined && equalReads(bytes, now) ? bytes : now);
    return true;
  }

  return {
    read: (path) => remember(reads, path, () => fileSystem.read(path)),
    list: (path) => remember(lists, path, () => fileSystem.list(path)),
    kind: (path) => remember(kinds, path, () => fileSystem.kind(path)),
    realPath,
    refresh(paths) {
      fileSystem = open();
      const changed = new Set(paths.flatMap((path) => [path, directoryOf(path)]));
      const isTouched = (path: string): boolean => {
        const real = reals.get(path) ?? path;
        return [path, real].some(
          (one) => changed.has(one) || paths.some((other) => one.startsWith(`${other}/`)),
        );
      };
      const known = new Set([...reads, ...lists, ...kinds, ...reals].map(([path]) => path));
      return [...known].filter(isTouched).map(differs).includes(true);
    },
    folders() {
      const listed = [...lists].flatMap(([path, entries]) => (entries === undefined ? [] : [path]));
      const read = [...reads].flatMap(([path, bytes]) =>
        typeof bytes === 'string' ? [] : [directoryOf(path)],
      );
      const real = [...new Set([...listed, ...read])].map((path) => realPath(path === '.' ? '' : path));
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

function remember<T>(known: Map<string, T>, path: string, ask: () => T): T {
  if (known.has(path)) return known.get(path) as T;
  const answer = ask();
  known.set(path, answer);
  return answer;
}

function equalReads(a: Uint8Array | ReadFailure, b: Uint8Array | ReadFailure): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : equalBytes(a, b);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
}
