import type { FileSystem } from '../source/file-system.ts';

/** A file of the folder that may be a packed chart. */
export interface ArchiveFile {
  readonly path: string;
  /** The directory that it lies in, from the folder on. */
  readonly directory: string;
  readonly fileName: string;
}

/** What lies in the folder of what was fetched. */
export interface FolderContent {
  readonly archives: readonly ArchiveFile[];
  /** Directories with a Chart.yaml. */
  readonly charts: readonly string[];
  /** OCI layouts. */
  readonly layouts: readonly string[];
}

const maximumDepth = 10;
const maximumEntries = 50_000;

/** Looks through the folder; checkouts of repositories are no place for packed charts. */
export function contentOf(fileSystem: FileSystem, folder: string): FolderContent {
  const content = {
    archives: [] as ArchiveFile[],
    charts: [] as string[],
    layouts: [] as string[],
    entries: 0,
  };
  lookInto(fileSystem, folder, '', content, 0);
  return content;
}

interface Looking {
  readonly archives: ArchiveFile[];
  readonly charts: string[];
  readonly layouts: string[];
  entries: number;
}

function lookInto(
  fileSystem: FileSystem,
  folder: string,
  directory: string,
  found: Looking,
  depth: number,
): void {
  const own = join(folder, directory);
  const entries = fileSystem.list(own) ?? [];
  found.entries += entries.length;
  if (depth > maximumDepth || found.entries > maximumEntries) return;
  const has = (name: string): boolean => entries.some((one) => one.name === name && one.kind === 'file');
  if (has('oci-layout')) found.layouts.push(own);
  else if (has('Chart.yaml')) found.charts.push(own);
  else
    for (const { name, kind } of entries) {
      if (kind === 'file') found.archives.push({ path: join(own, name), directory, fileName: name });
      else if (kind === 'directory' && name !== '.git' && !/.@/u.test(name))
        lookInto(fileSystem, folder, join(directory, name), found, depth + 1);
    }
}

function join(directory: string, name: string): string {
  return directory === '' ? name : name === '' ? directory : `${directory}/${name}`;
}
