import type { Build } from '../../object/build.ts';
import { knownBeside } from '../../object/known-once.ts';
import type { FileSystem } from '../../source/file-system.ts';

const namesBeside = knownBeside<Build, readonly string[]>(1);

/** The variables that the files of a build leave to Flux, sorted; what was rendered may have them filled already. */
export function unfilledIn(build: Build, files: FileSystem): readonly string[] {
  return namesBeside(build, [], () => variablesIn(build.inputs, files));
}

/** The variables in some files, sorted. */
export function variablesIn(paths: readonly string[], files: FileSystem): readonly string[] {
  const names = new Set<string>();
  // `$${NAME}` is escaped.
  for (const path of paths)
    for (const document of documentsAt(path, files))
      for (const [, name = ''] of document.matchAll(/(?<!\$)\$\{([A-Za-z_]\w*)/gu)) names.add(name);
  return [...names].sort();
}

/** Those of a file in which Flux puts something, without comments. */
function documentsAt(path: string, files: FileSystem): string[] {
  const bytes = files.read(path);
  if (typeof bytes === 'string' || !bytes.includes(dollar)) return [];
  const documents = new TextDecoder().decode(bytes).split(/^---/mu);
  return documents.filter((one) => !leftAlone.test(one)).map((one) => one.replaceAll(/^\s*#.*$/gmu, ''));
}

const dollar = 0x24;
/** What an object says of itself (fluxcd/pkg/kustomize, kustomize_varsub.go). */
const leftAlone = /kustomize\.toolkit\.fluxcd\.io\/substitute["']?:\s*["']?disabled/u;
