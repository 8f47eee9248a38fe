import { locateField, type StepKind } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

/** Fields of a kustomization whose transformers run after its patches (target/kusttarget_configplugin.go of v5.8). */
const later: ReadonlySet<StepKind> = new Set([
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
] as const);

/** A part of a target that an object has only once its kustomization is done, and the field that sets it. */
export interface SetLater {
  readonly part: string;
  readonly by: StepKind;
}

/** What of a target, its parts in words by name, comes too late for the patches, where a rendered object has all of it. */
export function findSetLater(
  wanted: ReadonlyMap<string, string>,
  resources: readonly Resource[],
): SetLater | undefined {
  const found = resources.find((resource) => hasAll(resource, wanted));
  if (found === undefined) return undefined;
  for (const [part, value] of wanted) {
    for (const path of pathsOf(part, value)) {
      const by = locateField(trackedObject(found), path).steps.find((step) => later.has(step.by))?.by;
      if (by !== undefined) return { part, by };
    }
  }
  return undefined;
}

function hasAll(resource: Resource, wanted: ReadonlyMap<string, string>): boolean {
  const { object } = resource;
  return [...wanted].every(([part, value]) => {
    if (part === 'kind') return object['kind'] === value;
    if (part === 'name') return nameOf(object) === value;
    if (part === 'namespace') return namespaceOf(object) === value;
    const pairs = pairsOf(part, value);
    return pairs.every(([path, text]) => valueText(valueAt(object, path)) === text);
  });
}

function pathsOf(part: string, value: string): readonly Path[] {
  if (part === 'name' || part === 'namespace') return [['metadata', part]];
  return pairsOf(part, value).map(([path]) => path);
}

/** The entries that a selector of equalities asks for; none of any other selector. */
function pairsOf(part: string, value: string): [path: Path, text: string][] {
  const map = part === 'labelSelector' ? 'labels' : part === 'annotationSelector' ? 'annotations' : undefined;
  if (map === undefined) return [];
  return value.split(',').flatMap((requirement) => {
    const [, key, text] = /^\s*([^\s=!]+)\s*==?\s*(\S*)\s*$/u.exec(requirement) ?? [];
    return key === undefined || text === undefined
      ? []
      : [[['metadata', map, key] as Path, text] as [Path, string]];
  });
}
