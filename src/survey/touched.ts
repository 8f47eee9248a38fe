import type { Span } from '../diagnostic/span.ts';
import type { Build } from '../object/build.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { wordsOf } from '../source/decode-text.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, normalisePath } from '../source/path.ts';
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
    roots: found.roots.filter(({ root }) => mayConcern(reachOf(root), touched)),
    plainFiles: found.plainFiles.filter((file) => folders.has(directoryOf(file))),
    kustomizedFiles: found.kustomizedFiles.filter(isKept),
    kustomizations: found.kustomizations.filter((file) => touched.includes(file)),
  };
}

/**
 * Whether one of the files may have to do with a build that reaches so far: it may read it, or have read it before it was deleted or
 * renamed, which only building tells where it stands below one of the kustomizations.
 */
export function mayConcern(reach: Reach, files: readonly string[]): boolean {
  if (reach === undefined || files.some((file) => reach.has(file) || isKustomizationOf(file, reach)))
    return true;
  return [...reach].some((path) => isKustomizationPath(path) && isAboveAny(path, files));
}

/** Whether a file makes or made a directory that is named something to build. */
function isKustomizationOf(file: string, reach: ReadonlySet<string>): boolean {
  return isKustomizationPath(file) && reach.has(directoryOf(file));
}

/** Whether a build reads one of the files, or lacks something that a kustomization names: one of them, or what may have been one. */
export function concerns(
  { inputs, unrendered = [], complete, diagnostics }: Build,
  files: readonly string[],
): boolean {
  if (inputs.some((file) => files.includes(file))) return true;
  if (unrendered.some((path) => files.some((file) => isBelow(file, path)))) return true;
  return (
    !complete &&
    diagnostics.some(
      ({ rule, span }) => missing.has(rule) && (isAboveAny(span.file.path, files) || isNamedAt(span, files)),
    )
  );
}

/** Whether the entry at a place of a kustomization names one of the files, or a directory above one. */
function isNamedAt({ file, start, end }: Span, files: readonly string[]): boolean {
  const entry = file.text.slice(start, end).replace(/^.*[:=]\s*/u, '');
  const directory = directoryOf(file.path);
  const path = entry.replaceAll(/^["']|["']$/gu, '');
  const named = normalisePath(directory === '' ? path : `${directory}/${path}`);
  return named !== undefined && files.some((one) => isBelow(one, named));
}

const missing: ReadonlySet<string> = new Set(['file-missing', 'kustomization-missing', 'file-unreadable']);

/** Whether one of the files stands below the directory of a kustomization. */
export function isAboveAny(kustomization: string, files: readonly string[]): boolean {
  const directory = directoryOf(kustomization);
  return files.some((file) => isBelow(file, directory));
}

function mentions(sources: Sources, file: string, word: string): boolean {
  const bytes = sources.bytes(file);
  return typeof bytes !== 'string' && wordsOf(bytes).includes(word);
}
