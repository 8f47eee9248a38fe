import type { Sources } from '../source/load.ts';
import { sha256, sha256OfBytes } from '../source/sha256.ts';

const maximumFiles = 20_000;

/** The digest of a file, or of a directory by the digests and names of its files; undefined for what cannot be read whole. */
export function digestAt(sources: Sources, path: string): string | undefined {
  if (sources.fileSystem.kind(path) === 'file') {
    const bytes = sources.bytes(path);
    return typeof bytes === 'string' ? undefined : `sha256:${sha256OfBytes(bytes)}`;
  }
  const lines: string[] = [];
  const isWhole = addLines(sources, path, '', lines);
  return isWhole ? `sha256:${sha256(lines.sort().join(''))}` : undefined;
}

/** Adds a line for each file below a directory, with its path behind the prefix; false where something cannot be read, or told apart. */
function addLines(sources: Sources, directory: string, prefix: string, lines: string[]): boolean {
  return (
    sources.fileSystem.list(directory)?.every(({ name, kind }) => {
      const path = `${directory}/${name}`;
      if (name === '.git') return true;
      // A line of its own would be that of another file.
      if (name.includes('\n')) return false;
      if (kind === 'directory') return addLines(sources, path, `${prefix}${name}/`, lines);
      const bytes = sources.bytes(path);
      if (typeof bytes === 'string' || lines.length >= maximumFiles) return false;
      lines.push(`${sha256OfBytes(bytes)}  ${prefix}${name}\n`);
      return true;
    }) === true
  );
}
