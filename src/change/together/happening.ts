import type { RunBudgets } from '../../admit/policy/run-budget.ts';
import type { Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import type { Path } from '../../source/value.ts';
import { type Cause, causeOf } from '../cause.ts';
import type { ClusterPair } from '../cluster-pair.ts';
import type { Edits } from '../edits.ts';
import type { Effect } from '../effect.ts';

/** All that happens to single objects of a cluster. */
export interface Together {
  readonly cluster: ClusterPair;
  readonly effects: readonly Effect[];
  readonly edits: Edits;
  readonly budgets: RunBudgets;
  /** What happens to an object. */
  readonly on: (resource: Resource) => readonly Effect[];
}

/** Whether one of the effects on an object really happens: it is neither refused nor held back. */
export function happens(effects: readonly Effect[]): boolean {
  return (
    effects.length > 0 &&
    !effects.some(({ actions }) =>
      actions.some((one) => one === 'refused' || one === 'freeze' || one === 'unknown'),
    )
  );
}

/** What happens to the object of some effects besides, for the reason that it happens. */
export function besides(
  effects: readonly Effect[],
  more: Omit<Effect, 'cluster' | 'held' | 'actions' | 'cause'>,
  cause?: Cause,
): Effect[] {
  const [first] = effects;
  if (first === undefined) return [];
  const known = cause ?? effects.find((one) => one.cause !== undefined)?.cause;
  return [
    {
      cluster: first.cluster,
      held: first.held,
      actions: [...new Set(effects.flatMap(({ actions }) => actions))].filter((one) => one !== 'rollout'),
      ...(known === undefined ? {} : { cause: known }),
      ...more,
    },
  ];
}

/** The edited line of a field of an object, in whatever revision. */
export function causeAt(
  resource: Resource,
  path: Path,
  { base, head }: Pick<ClusterPair, 'base' | 'head'>,
  edits: Edits,
): Cause | undefined {
  const key = inventoryKey(resource);
  const [[old], [now]] = [base.inventory.get(key) ?? [], head.inventory.get(key) ?? []];
  return causeOf(
    path,
    {
      inputs: [],
      ...(old === undefined ? {} : { base: old.resource }),
      ...(now === undefined ? {} : { head: now.resource }),
    },
    edits,
  );
}
