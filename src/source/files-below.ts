import type { FileSystem } from './file-system.ts';
import { pathBelow } from './path.ts';

/** The files at or below a path, without what tools keep there, until so many files and directories were looked at. */
export function filesBelow(
  fileSystem: FileSystem,
  root: string,
  most: number,
): { readonly files: readonly string[]; readonly isWhole: boolean } {
  if (fileSystem.kind(root) === 'file') return { files: [root], isWhole: true };
  const files: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    for (const { name, kind } of fileSystem.list(folder) ?? []) {
      const path = pathBelow(folder, name);
      if (kind === 'file') files.push(path);
      else if (kind === 'directory' && name !== '.git' && name !== 'node_modules') folders.push(path);
    }
    if (files.length + folders.length > most) return { files, isWhole: false };
  }
  return { files, isWhole: true };
}
