import { sourcesOf } from '../../reconcile/argocd/application-source.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import type { Path } from '../../source/value.ts';

/** Where an owner's declaration names the directory that it applies. */
export function pathFieldOf({ by, declaration }: Reconciliation): Path {
  if (by !== 'argocd' || declaration === undefined) return ['spec', 'path'];
  return [...(sourcesOf(declaration)[0]?.path ?? ['spec', 'source']), 'path'];
}
