import { isTrueAt, textAt } from '../../object/object-field.ts';
import { getAt, type Tracked } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path } from '../../source/value.ts';
import { relative } from '../flux/flux-source.ts';
import { filesMatching } from './git-generator.ts';

interface MissingValueFile {
  readonly text: string;
  /** The way to it in the source. */
  readonly at: Path;
  readonly reason: string;
}

interface ValueFileContext {
  readonly fileSystem: FileSystem;
  readonly isHere: (url: string) => boolean;
}

/** The `helm.valueFiles` of a source that are looked for in this repository, and are not there. */
export function missingValueFiles(
  declaration: Resource,
  source: Tracked<Mapping>,
  { fileSystem, isHere }: ValueFileContext,
): MissingValueFile[] {
  const files = getAt(source, ['helm', 'valueFiles'])?.value;
  const { helm } = source.value;
  if (!isSequence(files) || (isMapping(helm) && isTrueAt(helm, 'ignoreMissingValueFiles'))) return [];
  const references = referencesOf(declaration);
  const own = isHere(textAt(source.value, 'repoURL') ?? '') && textAt(source.value, 'chart') === undefined;
  const directory = relative(textAt(source.value, 'path') ?? '');
  return files.flatMap((file, index) => {
    if (typeof file !== 'string' || /^[a-z]+:\/\//u.test(file)) return [];
    const at = ['helm', 'valueFiles', index];
    const [name = '', ...rest] = file.split('/');
    const isReference = name.startsWith('$') && !name.startsWith('$ARGOCD_');
    if (isReference && !references.has(name))
      return [{ text: file, at, reason: `refers to ${name}, and no source has that ref` }];
    // What the repo-server's environment puts in is known to it alone.
    if (rest.join('/').includes('$') || (name.startsWith('$') && !isReference)) return [];
    const place = isReference
      ? isHere(references.get(name) ?? '')
        ? rest.join('/')
        : undefined
      : own
        ? file.startsWith('/')
          ? file.slice(1)
          : `${directory}/${file}`
        : undefined;
    const path = place === undefined ? undefined : normalisePath(place);
    if (path === undefined || isThere(fileSystem, path)) return [];
    return [{ text: file, at, reason: 'is no file of this repository' }];
  });
}

/** The addresses of sources that others refer to, by `$ref`. */
function referencesOf(declaration: Resource): Map<string, string> {
  const several = getAt(trackedObject(declaration), ['spec', 'sources'])?.value;
  return new Map(
    (isSequence(several) ? several : []).flatMap((one): [string, string][] => {
      const ref = isMapping(one) ? textAt(one, 'ref') : undefined;
      return ref === undefined || !isMapping(one) ? [] : [[`$${ref}`, textAt(one, 'repoURL') ?? '']];
    }),
  );
}

function isThere(fileSystem: FileSystem, path: string): boolean {
  return /[*?[]/u.test(path) ? filesMatching(fileSystem, path).length > 0 : fileSystem.kind(path) === 'file';
}
