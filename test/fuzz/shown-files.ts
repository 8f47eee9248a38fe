import type { FileSystem } from '../../src/source/file-system.ts';

/** What a file system shows at a path. */
export interface Shown {
  readonly path: string;
  readonly isFolder: boolean;
  /** The bytes as Latin-1, or why there are none. */
  readonly content: string;
}

/** Everything that a file system shows below its root without following links to folders; throws where two of its answers contradict each other. */
export function shownFiles(files: FileSystem): readonly Shown[] {
  const shown: Shown[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const { name, kind } of files.list(folder) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const real = files.realPath(path);
      const told = files.kind(path);
      if ((told ?? 'other') !== kind) throw new Error(`${path} is listed as ${kind}, but is ${told}`);
      if (real !== undefined && files.realPath(real) !== real)
        throw new Error(`${path} leads to ${real}, which leads on`);
      const bytes = files.read(path);
      if (typeof bytes !== 'string' && told !== 'file')
        throw new Error(`${path} has content, but is ${told}`);
      const isFolder = told === 'directory' && real === path;
      shown.push({
        path,
        isFolder,
        content: typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1'),
      });
      if (isFolder) folders.push(path);
    }
  return shown;
}
