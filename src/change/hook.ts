import { differencesOf } from '../admit/update/equal.ts';
import type { Resource } from '../object/resource.ts';
import { ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';
import { causeOf } from './cause.ts';
import { severityOfRecreation } from './deletion.ts';
import type { Effect, Held } from './effect.ts';
import { fieldChanges } from './field-changes.ts';
import { causeOfLeaving, type Leaving } from './leaving-cause.ts';
import { annotationList } from './marks.ts';

const argoHooks: ReadonlySet<string> = new Set([
  'PreSync',
  'Sync',
  'PostSync',
  'SyncFail',
  'PreDelete',
  'PostDelete',
]);
const helmHooks: ReadonlySet<string> = new Set([
  'pre-install',
  'post-install',
  'pre-upgrade',
  'post-upgrade',
  'pre-delete',
  'post-delete',
]);

/**
 * Whether an owner runs an object as a hook: it is deleted before it is created again, and nobody prunes it. Argo CD takes its own
 * annotation before Helm's (gitops-engine 3.6, hook.IsHook), a release of Helm knows Helm's alone.
 */
export function isHook({ object }: Resource, { by, kind }: Reconciliation): boolean {
  const ofHelm = annotationList(object, 'helm.sh/hook');
  if (kind === 'HelmRelease') return ofHelm.length > 0;
  if (by !== 'argocd') return false;
  const own = annotationList(object, 'argocd.argoproj.io/hook');
  return own.length > 0 ? own.some((one) => argoHooks.has(one)) : ofHelm.some((one) => helmHooks.has(one));
}

/** What happens to a hook; undefined for what is none, or goes with its owner. */
export function effectOfHook(
  base: Held | undefined,
  head: Held | undefined,
  leaving: Leaving,
): Effect | undefined {
  const { cluster } = leaving;
  if (head !== undefined) {
    if (!isHook(head.resource, head.owner) || head.owner.suspend) return undefined;
    return base === undefined ? undefined : effectOfRun(base, head, leaving);
  }
  if (base === undefined || !isHook(base.resource, base.owner)) return undefined;
  if (leaving.fateOf(base.owner).is !== 'stays') return undefined;
  const cause = causeOfLeaving(base, leaving);
  return {
    cluster,
    held: base,
    actions: ['orphan'],
    reason: 'hook',
    severity: 'silent',
    what: 'nothing prunes a hook',
    ...(cause === undefined ? {} : { cause }),
  };
}

// What the sync compares is gone, which is a difference, and is pruned.
const becomesHook = 'it was not a hook before';

function effectOfRun(base: Held, head: Held, { cluster, edits }: Leaving): Effect | undefined {
  const [path] = differencesOf(base.resource.object, head.resource.object, [], 1);
  if (path === undefined) return undefined;
  const inputs = [...new Set([...head.owner.build.inputs, ...base.owner.build.inputs])];
  const cause = causeOf(path, { base: base.resource, head: head.resource, inputs }, edits);
  const wasHook = isHook(base.resource, base.owner);
  return {
    cluster,
    held: head,
    actions: ['delete', 'create'],
    reason: 'hook',
    changed: fieldChanges(base.resource, head.resource),
    severity: wasHook ? 'changes' : severityOfRecreation(base.resource),
    ...(wasHook ? {} : { what: becomesHook }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Hooks of Applications that get nothing else: a hook makes no difference that a sync would start for (argo-cd 3.6, compareAppState). */
export function withoutIdleHooks(effects: readonly Effect[]): readonly Effect[] {
  const synced = new Set(
    effects.flatMap(({ held, actions }) =>
      isHook(held.resource, held.owner) || actions.includes('no-op') ? [] : [ownerKey(held.owner.id)],
    ),
  );
  return effects.map((effect) => {
    const { held, actions, details = [] } = effect;
    const isIdle =
      held.owner.by === 'argocd' &&
      isHook(held.resource, held.owner) &&
      actions.includes('create') &&
      effect.what !== becomesHook &&
      !synced.has(ownerKey(held.owner.id));
    if (!isIdle) return effect;
    const words = 'it waits until something else is synced: a hook alone does not start a sync';
    return {
      ...effect,
      actions: actions[0] === 'create' ? actions : ['no-op'],
      severity: 'silent',
      details: [...details, words],
    };
  });
}
