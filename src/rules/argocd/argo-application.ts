import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { isSequence, type Mapping, valueAt } from '../../source/value.ts';

/** An Application with what it applies, and the object that declares it. */
export interface Application extends Reconciliation {
  readonly declaration: Resource;
}

export function applicationsOf({ reconciliations }: Cluster): Application[] {
  return reconciliations.filter(isApplication);
}

export function isApplication(one: Reconciliation): one is Application {
  return one.kind === 'Application' && one.declaration !== undefined;
}

/** The options that an Application gives for every sync. */
export function syncOptionsOf({ declaration }: Application): string[] {
  const options = valueAt(declaration.object, ['spec', 'syncPolicy', 'syncOptions']);
  return isSequence(options) ? options.filter((one) => typeof one === 'string') : [];
}

/** What a list with commas in an annotation of Argo CD holds. */
export function annotationList(object: Mapping, name: string): string[] {
  const text = textAt(object, 'metadata', 'annotations', `argocd.argoproj.io/${name}`) ?? '';
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether an option holds for an object, by its annotation or by the Application; the annotation may take it back. */
export function hasSyncOption(application: Application, { object }: Resource, name: string): boolean {
  const own = annotationList(object, 'sync-options');
  if (own.includes(`${name}=false`)) return false;
  return own.includes(`${name}=true`) || syncOptionsOf(application).includes(`${name}=true`);
}

/** Whether an object is applied as a step of a sync, and no part of what is there between syncs. */
export function isHook({ object }: Resource): boolean {
  const hooks = annotationList(object, 'hook');
  return hooks.length > 0 && !hooks.includes('Skip');
}
