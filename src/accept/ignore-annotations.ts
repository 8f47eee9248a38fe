import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { objectKey, type Suppression, suppressionsOf } from '../diagnostic/suppression.ts';
import { locateField } from '../object/provenance.ts';
import { objectReference, type Resource, trackedObject } from '../object/resource.ts';
import { valueAt } from '../source/value.ts';

export const ignoreAnnotation = 'cdb-lint.dev/ignore';
// More than there are reasons; what comes after accepts nothing.
const maxTexts = 100;
const path = ['metadata', 'annotations', ignoreAnnotation];

/** What annotations of objects accept: findings about the object, in the build that it stands in. */
export function ignoreAnnotations(
  resources: readonly Resource[],
  entryPoint: string | undefined,
): { readonly suppressions: readonly Suppression[]; readonly diagnostics: readonly Diagnostic[] } {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  const covers = ({ entryPoint: other }: Diagnostic): boolean => other === undefined || other === entryPoint;
  for (const resource of resources) {
    const value = valueAt(resource.object, path);
    if (typeof value !== 'string') continue;
    const { span } = locateField(trackedObject(resource), path);
    if (span === undefined) continue;
    const key = objectKey(objectReference(resource.object));
    const texts = value.split(/[\n;]/u).filter((part) => part.trim() !== '');
    for (const text of texts.slice(0, maxTexts)) {
      const found = suppressionsOf(text, { by: 'annotation', span, key, covers });
      suppressions.push(...found.suppressions);
      diagnostics.push(...found.diagnostics);
    }
  }
  return { suppressions, diagnostics };
}
