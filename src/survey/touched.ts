import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { EntryPoints } from './entry-points.ts';
import type { Reach } from './reach.ts';

/**
 * What of the entry points reads one of the touched files, told without building them. CRDs stay, because they say what the
 * fields of other objects are.
 */
export function touchedOnly(
  sources: Sources,
  found: EntryPoints,
  touched: readonly string[],
  reachOf: (directory: string) => Reach,
): EntryPoints {
  const folders = new Set(touched.map(directoryOf));
  const isKept = (file: string): boolean =>
    touched.includes(file) || mentions(sources, file, 'CustomResourceDefinition');
  return {
    ...found,
    roots: found.roots.filter(({ root }) => mayRead(reachOf(root), touched)),
    plainFiles: found.plainFiles.filter((file) => folders.has(directoryOf(file))),
    kustomizedFiles: found.kustomizedFiles.filter(isKept),
    kustomizations: found.kustomizations.filter((file) => touched.includes(file)),
  };
}

/** Whether what reaches so far may read one of the files. */
export function mayRead(reach: Reach, files: readonly string[]): boolean {
  return reach === undefined || files.some((file) => reach.has(file));
}

function mentions(sources: Sources, file: string, word: string): boolean {
  const bytes = sources.bytes(file);
  return typeof bytes !== 'string' && new TextDecoder('latin1').decode(bytes).includes(word);
}
