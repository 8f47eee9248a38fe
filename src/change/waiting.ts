import { groupVersionKind, type Resource } from '../object/resource.ts';
import { ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Effect } from './effect.ts';
import { dependants } from './owner.ts';
import { objectWords } from './twins.ts';

/**
 * Says of all else that an owner does, and those that wait for it, that it waits for an update that is refused: one refused dry run
 * stops its stage, and without it nothing is pruned (fluxcd/pkg ssa, ApplyAllStaged).
 */
export function withWaiting(effects: readonly Effect[], { head }: ClusterPair): readonly Effect[] {
  const blockers = new Map<string, Blocker>();
  for (const { held, reason } of effects)
    if ((reason === 'refused' || reason === 'refused-by-policy') && held.owner.by === 'flux') {
      add(blockers, held.owner, { resource: held.resource, stage: stageOf(held.resource) });
      for (const one of dependants(held.owner, head.all))
        add(blockers, one, { resource: held.resource, stage: 0 });
    }
  return blockers.size === 0 ? effects : effects.map((effect) => waitingFor(effect, blockers));
}

interface Blocker {
  readonly resource: Resource;
  /** The first stage of its owner that does not happen. */
  readonly stage: number;
}

function add(blockers: Map<string, Blocker>, owner: Reconciliation, blocker: Blocker): void {
  const key = ownerKey(owner.id);
  const known = blockers.get(key);
  if (known === undefined || blocker.stage < known.stage) blockers.set(key, blocker);
}

function waitingFor(effect: Effect, blockers: ReadonlyMap<string, Blocker>): Effect {
  const { held, previousOwner, actions, details = [] } = effect;
  const isDeletion = actions.includes('delete') && !actions.includes('create');
  const owner = isDeletion ? (previousOwner ?? held.owner) : held.owner;
  const blocker = blockers.get(ownerKey(owner.id));
  const isIdle = actions.some((one) => ['refused', 'no-op', 'orphan', 'freeze', 'unknown'].includes(one));
  if (blocker === undefined || isIdle || (!isDeletion && stageOf(held.resource) < blocker.stage))
    return effect;
  return {
    ...effect,
    details: [...details, `it waits while ${objectWords(blocker.resource)} is refused`],
  };
}

/** The stages in which an owner applies objects, utils.IsClusterDefinition and IsClassDefinition of fluxcd/pkg ssa. */
function stageOf({ object }: Resource): number {
  const { kind } = groupVersionKind(object);
  if (kind === 'CustomResourceDefinition' || kind === 'Namespace' || kind === 'ClusterRole') return 1;
  return kind.endsWith('Class') ? 2 : 3;
}
