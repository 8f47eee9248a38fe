import type { FileSystem } from './file-system.ts';
import { directoryOf } from './path.ts';

/** A file system in which these files are not there. */
export function withoutFiles(fileSystem: FileSystem, paths: readonly string[]): FileSystem {
  const hidden = new Set(paths);
  const folders = new Set(paths.map(directoryOf));
  const nameIn = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
  return {
    read: (path) => (hidden.has(path) ? 'missing' : fileSystem.read(path)),
    kind: (path) => (hidden.has(path) ? undefined : fileSystem.kind(path)),
    realPath: (path) => (hidden.has(path) ? undefined : fileSystem.realPath(path)),
    list(path) {
      const entries = fileSystem.list(path);
      return folders.has(path) ? entries?.filter(({ name }) => !hidden.has(nameIn(path, name))) : entries;
    },
  };
}
