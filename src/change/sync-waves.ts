import { grouped } from '../diagnostic/grouped.ts';
import type { Resource } from '../object/resource.ts';
import { ownerKey } from '../reconcile/reconciliation.ts';
import type { Effect } from './effect.ts';
import { isHook } from './hook.ts';
import { annotationAt } from './marks.ts';
import { protectionOf, waitsForPerson } from './protection.ts';
import { optionsOfAll, ownOptions } from './sync-options.ts';
import { objectWords } from './twins.ts';

/**
 * Says of all that a sync of Argo CD would do that it waits, for an update that is refused in an earlier wave, or for somebody who
 * confirms a deletion of the same wave or an earlier one (gitops-engine 3.6, getSyncTasks and runTasks).
 */
export function withSyncWaiting(effects: readonly Effect[]): readonly Effect[] {
  const synced = effects.filter(({ held }) => held.owner.by === 'argocd');
  const waiting = new Map<Effect, Effect>();
  for (const group of grouped(synced, (one) => ownerKey(actorOf(one).id)).values())
    for (const [effect, words] of waitingIn(group))
      waiting.set(effect, { ...effect, details: [...(effect.details ?? []), words] });
  return waiting.size === 0 ? effects : effects.map((effect) => waiting.get(effect) ?? effect);
}

/** Whoever deletes an object, or applies it. */
function actorOf({ held, previousOwner, actions }: Effect): Effect['held']['owner'] {
  return isPrune({ actions }) ? (previousOwner ?? held.owner) : held.owner;
}

function isPrune({ actions }: Pick<Effect, 'actions'>): boolean {
  return actions.includes('delete') && !actions.includes('create');
}

function* waitingIn(effects: readonly Effect[]): Generator<[Effect, string]> {
  const waves = wavesOf(effects);
  const waveOf = (effect: Effect): number => waves.get(effect) ?? 0;
  const refused = earliest(effects.filter(isRefused), waveOf);
  const confirmed = earliest(effects.filter(isConfirmed), waveOf);
  for (const effect of effects) {
    if (isIdle(effect)) continue;
    if (confirmed !== undefined && waveOf(effect) >= waveOf(confirmed))
      yield [
        effect,
        `it waits until someone confirms the deletion of ${objectWords(confirmed.held.resource)}`,
      ];
    else if (refused !== undefined && waveOf(effect) > waveOf(refused))
      yield [effect, `it waits while ${objectWords(refused.held.resource)} is refused`];
  }
}

function earliest(effects: readonly Effect[], waveOf: (effect: Effect) => number): Effect | undefined {
  return [...effects].sort((a, b) => waveOf(a) - waveOf(b))[0];
}

function isRefused({ reason }: Effect): boolean {
  return reason === 'refused' || reason === 'refused-by-policy';
}

function isConfirmed({ reason, held: { resource, owner } }: Effect): boolean {
  const mark = reason === 'protected' ? protectionOf(resource, owner) : undefined;
  return mark?.includes('Prune=') === true && waitsForPerson(mark) !== undefined;
}

function isIdle({ actions }: Effect): boolean {
  return actions.some((one) => ['refused', 'no-op', 'orphan', 'freeze', 'unknown'].includes(one));
}

/** The place of each effect in a sync: hooks before and after it, waves, deletions in the reverse order of creation. */
function wavesOf(effects: readonly Effect[]): ReadonlyMap<Effect, number> {
  const prunes = effects.filter((one) => isPrune(one) || isConfirmed(one));
  const own = [...new Set(prunes.map(({ held }) => waveOf(held.resource)))].sort((a, b) => a - b);
  const swapped = new Map(own.map((wave, index) => [wave, own[own.length - 1 - index] ?? wave]));
  const last = Math.max(0, ...effects.map(({ held }) => waveOf(held.resource))) + 1;
  return new Map(
    effects.map((effect) => {
      const wave = waveOf(effect.held.resource);
      if (!prunes.includes(effect)) return [effect, phaseOf(effect) + wave];
      return [effect, isPrunedLast(effect) ? last : (swapped.get(wave) ?? wave)];
    }),
  );
}

function waveOf({ object }: Resource): number {
  const text = annotationAt(object, 'argocd.argoproj.io/sync-wave') ?? '0';
  return /^[+-]?\d+$/u.test(text) ? Number(text) : 0;
}

// Further apart than waves are.
const phase = 1e9;

function phaseOf({ held: { resource, owner } }: Effect): number {
  if (!isHook(resource, owner)) return 0;
  const types = annotationAt(resource.object, 'argocd.argoproj.io/hook') ?? '';
  if (types.includes('PreSync')) return -phase;
  return types.includes('PostSync') ? phase : 0;
}

function isPrunedLast({ held: { resource, owner } }: Effect): boolean {
  const options = [...ownOptions(resource.object), ...optionsOfAll(owner.declaration?.object)];
  return options.includes('PruneLast=true');
}
