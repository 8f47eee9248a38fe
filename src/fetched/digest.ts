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

function addLines(sources: Sources, root: string, directory: string, lines: string[]): boolean {
  const entries = sources.fileSystem.list(directory === '' ? root : `${root}/${directory}`);
  return (
    entries?.every(({ name, kind }) => {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (name === '.git') return true;
      if (kind === 'directory') return addLines(sources, root, path, lines);
      const bytes = sources.bytes(`${root}/${path}`);
      if (typeof bytes === 'string' || lines.length > maximumFiles) return false;
      lines.push(`${sha256OfBytes(bytes)}  ${path}\n`);
      return true;
    }) === true
  );
}
