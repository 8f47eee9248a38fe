import type { FileSystem } from './file-system.ts';
import { defaultLimits } from './limits.ts';

/** A file system with one more file in its root, which stands nowhere on disk, e.g. standard input. */
export function withFile(fileSystem: FileSystem, path: string, bytes: Uint8Array): FileSystem {
  return {
    read: (wanted) => {
      if (wanted !== path) return fileSystem.read(wanted);
      return bytes.length > defaultLimits.fileBytes ? 'too-large' : bytes;
    },
    list: (wanted) => fileSystem.list(wanted),
    kind: (wanted) => (wanted === path ? 'file' : fileSystem.kind(wanted)),
    realPath: (wanted) => (wanted === path ? path : fileSystem.realPath(wanted)),
  };
}
