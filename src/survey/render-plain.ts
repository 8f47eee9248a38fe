import { locateField } from '../object/provenance.ts';
import { type Renderer, renderedAs } from '../object/renderer.ts';
import type { Resource } from '../object/resource.ts';
import { renderDirectory } from '../reconcile/render-directory.ts';
import { isOfOtherTool } from '../schema/other-tool.ts';
import type { Sources } from '../source/load.ts';
import { type Mapping, valueAt } from '../source/value.ts';

/** Renders files that no kustomization takes: their objects as they stand, without those that nobody would apply. */
export const renderPlain: Renderer<readonly string[], { readonly sources: Sources }> = (files, context) => {
  const { build } = renderDirectory({ root: '', files }, context);
  const leftOut = new Map<string, number>();
  const resources = build.resources.filter((resource) => {
    const why = whyLeftOut(resource.object);
    const place = why === undefined ? '' : `${fileOf(resource)}: ${why}`;
    if (why !== undefined) leftOut.set(place, (leftOut.get(place) ?? 0) + 1);
    return why === undefined;
  });
  const words = [...leftOut].map(([place, count]) => `${place} (${count} object${count === 1 ? '' : 's'})`);
  return renderedAs({ ...build, resources }, ...words);
};

function whyLeftOut(object: Mapping): string | undefined {
  if (isOfOtherTool(object)) return 'configuration of another tool';
  // A directive of strategic merge patches, which no API server takes in an object.
  if (Object.hasOwn(object, '$patch')) return 'a patch';
  const local = valueAt(object, ['metadata', 'annotations', 'config.kubernetes.io/local-config']);
  return local === 'true' ? 'for tools alone, as its annotation local-config says' : undefined;
}

function fileOf({ object, origin }: Resource): string {
  return locateField({ value: object, origin }, []).span?.file.path ?? '';
}
