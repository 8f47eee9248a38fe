import { textAt } from '../../object/object-field.ts';
import { getAt, type Tracked } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { relative } from '../flux/flux-source.ts';
import { withoutUnusedTools } from './unused-tools.ts';

/** One source of an Application, and the way to it in the object. */
export interface ApplicationSource {
  readonly source: Tracked<Mapping>;
  readonly path: Path;
}

/** Where an Application says what a hydrator renders for it. */
export const drySource: Path = ['spec', 'sourceHydrator', 'drySource'];

/** Whether what an Application applies is rendered beforehand and committed to a branch, where nothing is before. */
function isHydrated({ object }: Resource): boolean {
  return isMapping(valueAt(object, drySource));
}

/**
 * The sources of an Application that bring manifests. With a `sourceHydrator` these are rendered from the dry source, whatever `source`
 * says (GetSource of 3.6).
 */
export function sourcesOf(declaration: Resource): ApplicationSource[] {
  const several = valueAt(declaration.object, ['spec', 'sources']);
  const paths: Path[] = isHydrated(declaration)
    ? [drySource]
    : isSequence(several) && several.length > 0
      ? several.map((_, index) => ['spec', 'sources', index])
      : [['spec', 'source']];
  return paths.flatMap((path) => {
    const source = getAt(trackedObject(declaration), path);
    if (source === undefined || !isMapping(source.value)) return [];
    // A source that others refer to by `ref` brings nothing of its own unless it names a path.
    const isReference =
      textAt(source.value, 'ref') !== undefined && textAt(source.value, 'path') === undefined;
    const named = source as Tracked<Mapping>;
    return isReference ? [] : [{ source: path === drySource ? named : withoutUnusedTools(named), path }];
  });
}

/** The chart of a Helm repository that a source names; an empty name counts as none, as in Go. */
export function chartOf(source: Mapping): string | undefined {
  return textAt(source, 'chart') || undefined;
}

/** The directory that a source names; undefined where it leads out of the repository. */
export function pathIn({ source }: ApplicationSource): string | undefined {
  return normalisePath(relative(textAt(source.value, 'path') ?? ''));
}
