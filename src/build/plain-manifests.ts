import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { getAt, itemsOf, originOfDocument, type Tracked } from './provenance.ts';
import type { Resource } from './resource.ts';

export interface PlainManifests {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The objects of files that reach the API server as they are. Documents that are no Kubernetes objects are left alone. */
export function readPlainManifests(sources: Sources, files: readonly string[]): PlainManifests {
  const resources: Resource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const loaded = sources.load(file, 'api-server');
    diagnostics.push(...loaded.diagnostics);
    for (const { value, positions } of loaded.documents)
      resources.push(...objectsOf({ value, origin: originOfDocument('resources', positions) }));
  }
  return { resources, diagnostics };
}

/**
 * Of files that stand in a kustomization's directory and that no build reads: which are manifests, and what is wrong with
 * them. Those below `unused`, directories of kustomizations that no build takes, are named by the directory.
 */
export function undeployedManifests(
  sources: Sources,
  files: readonly string[],
  unused: readonly string[],
): { readonly places: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const loaded = files.map((file) => sources.load(file, 'kustomize'));
  const manifests = loaded.filter(({ documents }) => documents.some(({ value }) => isManifest(value)));
  const placeOf = (path: string): string =>
    unused.find((directory) => path.startsWith(`${directory}/`)) ?? path;
  return {
    places: [...new Set(manifests.map(({ file }) => placeOf(file.path)))],
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Whether a document is a Kubernetes object, by the two fields that every one has. */
export function isManifest(value: Value | undefined): value is Mapping {
  return isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

// `kubectl apply` sends the items of any kind that ends in List and has items, one by one.
function objectsOf(document: Tracked): Resource[] {
  const { value, origin } = document;
  if (!isManifest(value)) return [];
  if (!/List$/u.test(String(value['kind'])) || !isSequence(value['items']))
    return [{ object: value, origin }];
  const items = getAt(document, ['items']);
  if (items === undefined) return [];
  return itemsOf(items).flatMap((item) =>
    isMapping(item.value) ? [{ object: item.value, origin: item.origin }] : [],
  );
}
