import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { objectKey } from './object-key.ts';

// The name of the file or of a folder; and what stands in a folder `kustomize` that holds no kustomization.
const patchFile = /(?:^|[-_./])patch(?:es)?(?:[-_./]|$)|(?:^|\/)kustomize\/[^/]+$/iu;

/**
 * In files that are called patches and that nothing here uses, an object without what every one of its kind needs is a part of one
 * that stands elsewhere: what a server would say of it is a note. A whole object is judged as any other.
 */
export function withoutPatchErrors(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const missing = diagnostics.filter(({ rule }) => rule === 'required-field-missing');
  const without = (field: RegExp): Set<string> =>
    new Set(missing.filter((one) => field.test(one.field ?? '')).flatMap(placeKey));
  const imageless = without(/\.image$/u);
  const partial = new Set([
    ...missing.filter(({ span }) => patchFile.test(span.file.path)).flatMap(placeKey),
    // Containers that have names alone, of a workload without a selector: it is merged into another one, whatever its file is called.
    ...[...without(/^spec\.selector$/u)].filter((key) => imageless.has(key)),
  ]);
  if (partial.size === 0) return [...diagnostics];
  return diagnostics.map((diagnostic) =>
    diagnostic.severity !== 'note' && placeKey(diagnostic).some((key) => partial.has(key))
      ? { ...diagnostic, severity: 'note' }
      : diagnostic,
  );
}

/** Whether an object lacks what every one of its kind needs in a file that is called a patch: what a command applies is merged into what is there. */
export function isOfPatchFile({ rule, span }: Diagnostic): boolean {
  return rule === 'required-field-missing' && patchFile.test(span.file.path);
}

function placeKey({ object, span }: Diagnostic): string[] {
  return object === undefined ? [] : [`${span.file.path} ${objectKey(object, undefined)}`];
}

/** What Flux patches wherever it applies it may lack in a file what every object of its kind needs: that is a note, too. */
export function withoutCompletedErrors(
  diagnostics: readonly Diagnostic[],
  kinds: ReadonlySet<string>,
): Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    diagnostic.rule === 'required-field-missing' && kinds.has(diagnostic.object?.kind ?? '')
      ? { ...diagnostic, severity: 'note' }
      : diagnostic,
  );
}

/** What `argocd` and `flux` install: whoever applies an object by one of these has it in its cluster. */
const controllers =
  /^(?:argocd-(?:application-controller|applicationset-controller|dex-server|notifications-controller|redis|repo-server|server)|(?:helm|image-automation|image-reflector|kustomize|notification|source)-controller)$/u;

/** Whether an object that lacks what its kind requires is a part of the controller that applies it, into which an apply merges it. */
export function isOfControllerItself({ rule, object }: Diagnostic): boolean {
  return (
    rule === 'required-field-missing' &&
    (object?.kind === 'Deployment' || object?.kind === 'StatefulSet') &&
    controllers.test(object.name)
  );
}
