import { isTrueAt, textAt } from '../../object/object-field.ts';
import { getAt, type Tracked } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path } from '../../source/value.ts';
import { relative } from '../flux/flux-source.ts';
import { chartOf } from './application-source.ts';
import { filesMatching } from './git-generator.ts';

interface MissingValueFile {
  readonly text: string;
  /** The way to it in the source. */
  readonly at: Path;
  readonly reason: string;
  /** Where a file of that name is, and how it is written. */
  readonly help?: string;
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
  const own = isHere(textAt(source.value, 'repoURL') ?? '') && chartOf(source.value) === undefined;
  const directory = relative(textAt(source.value, 'path') ?? '');
  return files.flatMap((file, index) => {
    if (typeof file !== 'string' || /^[a-z]+:\/\//u.test(file)) return [];
    const at = ['helm', 'valueFiles', index];
    const [name = '', ...rest] = file.split('/');
    const isReference = name.startsWith('$') && !name.startsWith('$ARGOCD_');
    const reference = references.get(name);
    if (isReference && reference === undefined)
      return [{ text: file, at, reason: `refers to ${name}, but no source has that ref` }];
    // What the repo-server's environment puts in is known to it alone.
    if (rest.join('/').includes('$') || (name.startsWith('$') && !isReference)) return [];
    const inReference = reference !== undefined && isHere(reference.url) ? rest.join('/') : undefined;
    const inSource = file.startsWith('/') ? file.slice(1) : `${directory}/${file}`;
    const place = isReference ? inReference : own ? inSource : undefined;
    const path = place === undefined ? undefined : normalisePath(place);
    if (path === undefined || isThere(fileSystem, path)) return [];
    const base = isReference ? { name, path: reference?.path ?? '' } : { name: '', path: directory };
    return [
      { text: file, at, reason: 'is not a file of this repository', ...helpFor(file, base, fileSystem) },
    ];
  });
}

interface Base {
  /** `$ref`, or nothing for the source itself. */
  readonly name: string;
  readonly path: string;
}

/** Paths behind a `$ref` count from the root of its repository, whatever `path` its source has; others from that of the source. */
function helpFor(file: string, base: Base, fileSystem: FileSystem): { readonly help?: string } {
  const rest = base.name === '' ? file : file.slice(base.name.length + 1);
  const other = normalisePath(base.name === '' ? rest : `${base.path}/${rest}`);
  if (base.path === '' || other === undefined || !isThere(fileSystem, other)) return {};
  return base.name === ''
    ? { help: `paths are relative to the path of the source, ${base.path}: write /${other}` }
    : {
        help: `paths after ${base.name} are relative to the root of its repository: write ${base.name}/${other}`,
      };
}

export interface Reference {
  readonly url: string;
  readonly path: string;
}

/** The sources that others refer to, by `$ref`. */
export function referencesOf(declaration: Resource): Map<string, Reference> {
  const several = getAt(trackedObject(declaration), ['spec', 'sources'])?.value;
  return new Map(
    (isSequence(several) ? several : []).flatMap((one): [string, Reference][] => {
      const ref = isMapping(one) ? textAt(one, 'ref') : undefined;
      if (ref === undefined || !isMapping(one)) return [];
      const path = relative(textAt(one, 'path') ?? '');
      return [[`$${ref}`, { url: textAt(one, 'repoURL') ?? '', path }]];
    }),
  );
}

function isThere(fileSystem: FileSystem, path: string): boolean {
  return /[*?[]/u.test(path)
    ? filesMatching(fileSystem, path).paths.length > 0
    : fileSystem.kind(path) === 'file';
}
