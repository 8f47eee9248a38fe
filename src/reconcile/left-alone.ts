import { textAt } from '../object/object-field.ts';
import type { Resource } from '../object/resource.ts';

const marks = [
  ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/ssa', 'IfNotPresent'],
  ['kustomize.toolkit.fluxcd.io/ssa', 'Merge'],
  ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
] as const;

/**
 * Whether an object asks Flux or Argo CD not to delete or overwrite it, by annotation or label. The same Namespace with prune off on
 * both sides is a common and harmless way to make sure that it is there.
 */
export function isLeftAlone({ object }: Resource): boolean {
  const options = textAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options') ?? '';
  if (/(?:^|,)\s*Prune=false\s*(?:,|$)/u.test(options)) return true;
  return marks.some(([key, value]) =>
    ['annotations', 'labels'].some((field) => textAt(object, 'metadata', field, key) === value),
  );
}
