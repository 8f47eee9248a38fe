import type { EntryPoints } from '../configuration/entry-points.ts';
import type { Sources } from '../source/load.ts';
import { normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';

/**
 * What of the entry points reads one of the touched files, told from what kustomizations name, without building them. CRDs
 * stay, because they say what the fields of other objects are.
 */
export function touchedOnly(
  sources: Sources,
  found: EntryPoints,
  touched: readonly string[],
  remotes: Readonly<Record<string, string>>,
): EntryPoints {
  const reads = reachOf(sources, found, new Set(touched), remotes);
  const folders = new Set(touched.map(folderOf));
  const isKept = (file: string): boolean =>
    touched.includes(file) || mentions(sources, file, 'CustomResourceDefinition');
  return {
    ...found,
    roots: found.roots.filter(({ root }) => reads(root)),
    plainFiles: found.plainFiles.filter((file) => folders.has(folderOf(file))),
    kustomizedFiles: found.kustomizedFiles.filter(isKept),
    kustomizations: found.kustomizations.filter((file) => touched.includes(file)),
  };
}

/** Whether the kustomization of a directory, or one that it uses, reads a touched file. */
function reachOf(
  sources: Sources,
  { kustomizations }: EntryPoints,
  touched: ReadonlySet<string>,
  remotes: Readonly<Record<string, string>>,
): (directory: string) => boolean {
  const files = new Map(kustomizations.map((file) => [folderOf(file), file]));
  const known = new Map<string, boolean>();
  const reads = (directory: string): boolean => {
    const answer = known.get(directory);
    if (answer !== undefined) return answer;
    // Whoever comes back here on the way is answered by the one who asked first.
    known.set(directory, false);
    const file = files.get(directory);
    const named = file === undefined ? [] : namedPaths(sources, directory, file, remotes);
    const found =
      (file !== undefined && touched.has(file)) ||
      named.some((path) => touched.has(path)) ||
      named.some((path) => path !== directory && reads(path));
    known.set(directory, found);
    return found;
  };
  return reads;
}

/** Every text of a kustomization taken for a path: a field that is none leads to nothing. */
function namedPaths(
  sources: Sources,
  directory: string,
  file: string,
  remotes: Readonly<Record<string, string>>,
): string[] {
  const texts: string[] = [];
  for (const { value } of sources.load(file, 'kustomize').documents) collectTexts(value, texts, 0);
  return texts.flatMap((text) => {
    // `key=path` of a generator's files.
    const path = text.slice(text.indexOf('=') + 1);
    const inside = normalisePath(directory === '' ? path : `${directory}/${path}`);
    return [
      ...(inside === undefined ? [] : [inside]),
      ...(remotes[text] === undefined ? [] : [remotes[text]]),
    ];
  });
}

const maximumDepth = 64;

function collectTexts(value: Value, texts: string[], depth: number): void {
  if (typeof value === 'string') {
    if (!value.includes('\n')) texts.push(value);
  } else if (depth < maximumDepth && isSequence(value)) {
    for (const item of value) collectTexts(item, texts, depth + 1);
  } else if (depth < maximumDepth && isMapping(value)) {
    for (const key of Object.keys(value)) collectTexts(value[key] ?? null, texts, depth + 1);
  }
}

function mentions(sources: Sources, file: string, word: string): boolean {
  const bytes = sources.bytes(file);
  return typeof bytes !== 'string' && new TextDecoder('latin1').decode(bytes).includes(word);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
