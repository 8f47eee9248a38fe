import type { FileSystem } from './file-system.ts';
import { defaultLimits } from './limits.ts';

/** A file system with one more file in its root, which stands nowhere on disk, e.g. standard input. */
export function withFile(fileSystem: FileSystem, path: string, bytes: Uint8Array): FileSystem {
  return withFiles(fileSystem, new Map([[path, bytes]]));
}

/** A file system in which these files, by path, hold something else than below: what an editor or a fix has not saved. */
export function withFiles(fileSystem: FileSystem, files: ReadonlyMap<string, Uint8Array>): FileSystem {
  const held = (path: string): Uint8Array | undefined =>
    files.size === 0 ? undefined : (files.get(path) ?? files.get(fileSystem.realPath(path) ?? path));
  return {
    read: (path) => {
      const bytes = held(path);
      if (bytes === undefined) return fileSystem.read(path);
      return bytes.length > defaultLimits.fileBytes ? 'too-large' : bytes;
    },
    list: (path) => fileSystem.list(path),
    kind: (path) => (held(path) === undefined ? fileSystem.kind(path) : 'file'),
    realPath: (path) => fileSystem.realPath(path) ?? (files.has(path) ? path : undefined),
  };
}
