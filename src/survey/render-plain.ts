import { locateField } from '../object/provenance.ts';
import { type Rendered, renderedAs } from '../object/renderer.ts';
import type { Resource } from '../object/resource.ts';
import { renderDirectory } from '../reconcile/render-directory.ts';
import { isOfOtherTool } from '../schema/other-tool.ts';
import type { Sources } from '../source/load.ts';
import { type Mapping, valueAt } from '../source/value.ts';

/** An object of a plain file that is no manifest. */
export interface NoManifest {
  readonly file: string;
  readonly why: string;
}

/** Renders files that no kustomization takes: their objects as they stand, without those that nobody would apply. */
export function renderPlain(
  files: readonly string[],
  context: { readonly sources: Sources },
): Rendered & { readonly noManifests: readonly NoManifest[] } {
  const { build } = renderDirectory({ root: '', files, hasTemplates: true }, context);
  const noManifests: NoManifest[] = [];
  const resources = build.resources.filter((resource) => {
    const why = whyLeftOut(resource.object);
    if (why !== undefined) noManifests.push({ file: fileOf(resource), why });
    return why === undefined;
  });
  const kept = new Set(resources.map(fileOf));
  const tools = new Set(noManifests.map(({ file }) => file).filter((file) => !kept.has(file)));
  // What stands beside the configuration of another tool in its file is of that tool as well, as in one for Talos.
  const diagnostics = build.diagnostics.filter(
    ({ rule, span }) => rule !== 'not-admitted' || !tools.has(span.file.path),
  );
  return { ...renderedAs({ ...build, resources, diagnostics }, ...wordsOf(noManifests)), noManifests };
}

function wordsOf(noManifests: readonly NoManifest[]): string[] {
  const counts = new Map<string, number>();
  for (const { file, why } of noManifests) {
    const place = `${file}: ${why}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].map(([place, count]) => `${place} (${count} object${count === 1 ? '' : 's'})`);
}

function whyLeftOut(object: Mapping): string | undefined {
  if (isOfOtherTool(object)) return 'configuration of another tool';
  // A directive of strategic merge patches, which no API server takes in an object.
  if (Object.hasOwn(object, '$patch')) return 'a patch';
  // Of the SyncSets that Hive makes of such files.
  if (typeof object['patch'] === 'string' && typeof object['patchType'] === 'string') return 'a patch';
  const local = valueAt(object, ['metadata', 'annotations', 'config.kubernetes.io/local-config']);
  return local === 'true' ? 'only for tools, because of its annotation local-config' : undefined;
}

function fileOf({ object, origin }: Resource): string {
  return locateField({ value: object, origin }, []).span?.file.path ?? '';
}
