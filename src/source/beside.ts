import type { FileSystem } from './file-system.ts';

/** A file system in which a folder that it lacks is that of another one: what is in no commit, such as what CI fetched. */
export function withFolderOf(fileSystem: FileSystem, folder: string, other: FileSystem): FileSystem {
  if (fileSystem.kind(folder) !== undefined || other.kind(folder) !== 'directory') return fileSystem;
  const from = (path: string): FileSystem =>
    path === folder || path.startsWith(`${folder}/`) ? other : fileSystem;
  return {
    read: (path) => from(path).read(path),
    list: (path) => from(path).list(path),
    kind: (path) => from(path).kind(path),
    realPath: (path) => from(path).realPath(path),
  };
}
