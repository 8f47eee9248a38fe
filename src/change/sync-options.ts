import type { Resource } from '../object/resource.ts';
import { groupVersionKind } from '../object/resource.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { itemsAt, type Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { annotationList } from './marks.ts';

/** The sync options of an object, by its annotation. */
export function ownOptions(object: Mapping): string[] {
  return annotationList(object, 'argocd.argoproj.io/sync-options');
}

/** The sync options of an Application, for all of its objects. */
export function optionsOfAll(declaration: Mapping | undefined): string[] {
  return itemsAt(declaration, ['spec', 'syncPolicy', 'syncOptions']).map(valueText);
}

/** Whether Argo CD applies an object server-side (gitops-engine 3.6, shouldUseServerSideApply). */
export function isAppliedServerSide({ resource, owner }: Synced): boolean {
  const own = ownOptions(resource.object);
  if (own.includes('ServerSideApply=false')) return false;
  return [...own, ...optionsOfAll(owner.declaration?.object)].includes('ServerSideApply=true');
}

interface Synced {
  readonly resource: Resource;
  readonly owner: Reconciliation;
}

/**
 * How Argo CD forces an update: by an annotation of the old or of the new object alone, and without `Replace=true` not where it applies
 * server-side (gitops-engine 3.6, applyObject). `kubectl replace --force` deletes for good what it cannot create again, `kubectl apply
 * --force` puts the old object back. Namespaces and CRDs are never replaced.
 */
export function forceOfSync(base: Synced, head: Synced): 'replace' | 'apply' | undefined {
  const options = [...ownOptions(base.resource.object), ...ownOptions(head.resource.object)];
  if (!options.includes('Force=true')) return undefined;
  const isReplaced = [...options, ...optionsOfAll(head.owner.declaration?.object)].includes('Replace=true');
  if (!isReplaced) return isAppliedServerSide(head) ? undefined : 'apply';
  const { kind } = groupVersionKind(head.resource.object);
  return kind === 'Namespace' || kind === 'CustomResourceDefinition' ? undefined : 'replace';
}
