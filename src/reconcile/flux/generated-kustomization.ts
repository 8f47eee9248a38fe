import { kustomizationIn } from '../../object/kustomization-path.ts';
import type { FileSystem } from '../../source/file-system.ts';
import type { IsIgnored } from './source-ignore.ts';

const maximumDepth = 64;
const maximumEntries = 50_000;

/**
 * The entries of the kustomization that kustomize-controller makes for a directory without one (scanManifests): every YAML
 * file below it; a directory with a kustomization of its own is one entry. Undefined where there is too much to look through.
 */
export function manifestsBelow(
  fileSystem: FileSystem,
  directory: string,
  isIgnored: IsIgnored,
): string[] | undefined {
  const found: string[] = [];
  let entries = 0;
  let isTooMuch = false;
  const walk = (path: string, name: string, depth: number): void => {
    const list = fileSystem.list(path) ?? [];
    entries += list.length;
    isTooMuch ||= depth > maximumDepth || entries > maximumEntries;
    if (isTooMuch) return;
    for (const entry of list) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      const shown = `${name}/${entry.name}`;
      // What is left out of a directory does not leave out all that is below.
      if (entry.kind !== 'directory' && isIgnored(below)) continue;
      if (entry.kind === 'file' && /\.ya?ml$/u.test(entry.name)) found.push(shown);
      if (entry.kind !== 'directory') continue;
      if (hasKustomization(fileSystem, below, isIgnored)) found.push(shown);
      else walk(below, shown, depth + 1);
    }
  };
  walk(directory, '.', 0);
  return isTooMuch ? undefined : found;
}

/** Whether kustomize finds a kustomization in a directory. */
export function hasKustomization(
  fileSystem: FileSystem,
  directory: string,
  isIgnored: IsIgnored = () => false,
): boolean {
  return (
    kustomizationIn(directory, (path) => fileSystem.kind(path) === 'file' && !isIgnored(path)) !== undefined
  );
}
