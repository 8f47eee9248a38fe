import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Suppression, suppressionsOf } from '../diagnostic/suppression.ts';
import { valueAt } from '../source/value.ts';
import { locateField } from './provenance.ts';
import { objectReference, type Resource, trackedObject } from './resource.ts';

export const ignoreAnnotation = 'cdb-lint.dev/ignore';
const path = ['metadata', 'annotations', ignoreAnnotation];

/** What annotations of objects accept: findings about the object, in the build that it stands in. */
export function ignoreAnnotations(
  resources: readonly Resource[],
  entryPoint: string | undefined,
): { readonly suppressions: readonly Suppression[]; readonly diagnostics: readonly Diagnostic[] } {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const resource of resources) {
    const value = valueAt(resource.object, path);
    if (typeof value !== 'string') continue;
    const { span } = locateField(trackedObject(resource), path);
    if (span === undefined) continue;
    const covers = coversObject(resource, entryPoint);
    for (const text of value.split(/[\n;]/u).filter((part) => part.trim() !== '')) {
      const found = suppressionsOf(text, { by: 'annotation', span, covers });
      suppressions.push(...found.suppressions);
      diagnostics.push(...found.diagnostics);
    }
  }
  return { suppressions, diagnostics };
}

function coversObject(
  resource: Resource,
  entryPoint: string | undefined,
): (diagnostic: Diagnostic) => boolean {
  const own = objectReference(resource.object);
  return ({ object, entryPoint: other }) =>
    object !== undefined &&
    (other === undefined || other === entryPoint) &&
    object.kind === own.kind &&
    object.name === own.name &&
    object.namespace === own.namespace &&
    object.apiVersion === own.apiVersion;
}
