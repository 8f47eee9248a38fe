import type { Entry, EntryKind, FileSystem, ReadFailure } from './file-system.ts';
import { defaultLimits } from './limits.ts';
import { normalisePath } from './path.ts';

/** Files held in memory, by path; directories are what the paths imply. For tests and editors. */
export function memoryFileSystem(
  files: Readonly<Record<string, string | Uint8Array>>,
  fileBytes = defaultLimits.fileBytes,
): FileSystem {
  const contents = new Map<string, string | Uint8Array>();
  const directories = new Map<string, Map<string, EntryKind>>([['', new Map()]]);
  for (const [name, content] of Object.entries(files)) {
    const path = normalisePath(name);
    if (path === undefined || path === '') throw new Error(`not a path inside the root: ${name}`);
    contents.set(path, content);
    addToParents(directories, path);
  }
  const kind = (path: string): EntryKind | undefined => {
    if (contents.has(path)) return 'file';
    return directories.has(path) ? 'directory' : undefined;
  };
  return {
    read(path) {
      const inside = normalisePath(path);
      if (inside === undefined) return 'outside';
      const content = contents.get(inside);
      if (content === undefined) return directories.has(inside) ? 'not-a-file' : 'missing';
      return limited(typeof content === 'string' ? new TextEncoder().encode(content) : content, fileBytes);
    },
    list(path) {
      const entries = directories.get(normalisePath(path) ?? '..');
      return entries && [...entries].map(toEntry).sort(compareEntries);
    },
    kind(path) {
      const inside = normalisePath(path);
      return inside === undefined ? undefined : kind(inside);
    },
    realPath(path) {
      const inside = normalisePath(path);
      return inside === undefined || kind(inside) === undefined ? undefined : inside;
    },
  };
}

function limited(bytes: Uint8Array, fileBytes: number): Uint8Array | ReadFailure {
  return bytes.length > fileBytes ? 'too-large' : bytes;
}

function addToParents(directories: Map<string, Map<string, EntryKind>>, path: string): void {
  let child = path;
  let kind: EntryKind = 'file';
  while (child !== '') {
    const slash = child.lastIndexOf('/');
    const parent = slash < 0 ? '' : child.slice(0, slash);
    const entries = directories.get(parent) ?? new Map<string, EntryKind>();
    directories.set(parent, entries.set(child.slice(slash + 1), kind));
    child = parent;
    kind = 'directory';
  }
}

function toEntry([name, kind]: [string, EntryKind]): Entry {
  return { name, kind };
}

function compareEntries(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : 1;
}
