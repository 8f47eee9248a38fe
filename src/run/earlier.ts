import { locateField } from '../object/provenance.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource, trackedObject } from '../object/resource.ts';
import { isBelow, lastPartOf } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';

/** The new files and the old ones, as files or folders of the repository. */
export interface Trees {
  readonly paths: readonly string[];
  readonly old: string;
}

/** What stood in the cluster before each object: that of the same group, kind, namespace and name in the same file of the old tree. */
export function earlierObjects(
  resources: readonly Resource[],
  earlier: readonly Resource[],
  { paths, old }: Trees,
): ReadonlyMap<Resource, Mapping> {
  const known = new Map<string, Mapping>();
  for (const resource of earlier)
    for (const file of filesBelow(fileOf(resource), old)) known.set(keyOf(resource, file), resource.object);
  const found = new Map<Resource, Mapping>();
  for (const resource of resources) {
    const files = paths.flatMap((path) => filesBelow(fileOf(resource), path));
    const before = files.map((file) => known.get(keyOf(resource, file))).find((one) => one !== undefined);
    if (before !== undefined) found.set(resource, before);
  }
  return found;
}

function fileOf(resource: Resource): string {
  return locateField(trackedObject(resource), []).span?.file.path ?? '';
}

/** How a file is called below a path; one that is named itself stands for any other, and for its own name in a folder. */
function filesBelow(file: string, path: string): readonly string[] {
  if (file === path) return ['', lastPartOf(file)];
  if (!isBelow(file, path)) return [];
  return [path === '' ? file : file.slice(path.length + 1)];
}

function keyOf({ object }: Resource, file: string): string {
  const { group, kind } = groupVersionKind(object);
  return JSON.stringify([file, group, kind, namespaceOf(object), nameOf(object)]);
}
