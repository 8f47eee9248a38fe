import { joinPath } from '../../build/loader.ts';
import { isTrueAt, textAt } from '../../object/object-field.ts';
import { wordsOf } from '../../source/decode-text.ts';
import { matchesGlob } from '../../source/glob.ts';
import type { Sources } from '../../source/load.ts';
import type { Mapping } from '../../source/value.ts';

const skipMark = '+argocd:skip-file-rendering';
const maximumEntries = 50_000;
const maximumDepth = 64;

/** The files that Argo CD applies of a directory without a tool (reposerver getPotentiallyValidManifests), and what it would run. */
export function directoryFiles(
  sources: Sources,
  directory: string,
  options: Mapping | undefined,
): { readonly manifests: readonly string[]; readonly programs: readonly string[]; readonly isPart: boolean } {
  const recurse = options !== undefined && isTrueAt(options, 'recurse');
  const include = options === undefined ? undefined : textAt(options, 'include');
  const exclude = options === undefined ? undefined : textAt(options, 'exclude');
  const takesAll = options !== undefined && isTrueAt(options, 'disableExtensionFilter');
  const manifests: string[] = [];
  const programs: string[] = [];
  let entries = 0;
  let isPart = false;
  const walk = (path: string, depth: number): void => {
    const list = sources.fileSystem.list(path) ?? [];
    entries += list.length;
    isPart ||= entries > maximumEntries || depth > maximumDepth;
    if (isPart) return;
    for (const { name, kind } of list) {
      const below = joinPath(path, name);
      if (kind === 'directory' && recurse) walk(below, depth + 1);
      const shown = directory === '' ? below : below.slice(directory.length + 1);
      if (kind !== 'file' || !(takesAll || /\.(?:ya?ml|json|jsonnet)$/u.test(name))) continue;
      if (exclude !== undefined && matchesAny(exclude, shown)) continue;
      if (include !== undefined && !matchesAny(include, shown)) continue;
      if (name.endsWith('.jsonnet')) programs.push(below);
      else if (!isSkipped(sources, below)) manifests.push(below);
    }
  };
  walk(directory, 0);
  return { manifests, programs, isPart };
}

/** A pattern with alternatives in braces; a star crosses slashes here (gobwas/glob without separators). */
function matchesAny(pattern: string, path: string, depth = 0): boolean {
  const open = pattern.indexOf('{');
  const close = pattern.indexOf('}', open);
  if (open < 0 || close < 0 || depth > 3) return matchesGlob(pattern, path);
  return pattern
    .slice(open + 1, close)
    .split(',')
    .slice(0, 100)
    .some((choice) =>
      matchesAny(pattern.slice(0, open) + choice + pattern.slice(close + 1), path, depth + 1),
    );
}

function isSkipped(sources: Sources, path: string): boolean {
  const bytes = sources.bytes(path);
  return typeof bytes !== 'string' && wordsOf(bytes).includes(skipMark);
}
