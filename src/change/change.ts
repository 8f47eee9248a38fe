import type { RunBudgets } from '../admit/policy/run-budget.ts';
import { type ChangeSeverity, changeSeverities } from '../diagnostic/change-severity.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { rendersLess } from '../reconcile/reconciliation.ts';
import type {
  Action,
  ChangedPlace,
  ChangeReport,
  ChangeRow,
  ClusterChange,
  ObjectChange,
  RevisionName,
} from '../report/change-report.ts';
import { editedDocument } from './cause.ts';
import { type ClusterPair, counterpart, isSameOwner, pairClusters } from './cluster-pair.ts';
import { withData } from './data.ts';
import { type Edits, editsBetween } from './edits.ts';
import type { Effect, Held } from './effect.ts';
import { effectsOfUpdate } from './effects-of-update.ts';
import { type Fate, fatesIn } from './fate.ts';
import { goesWith } from './goes-with.ts';
import { effectOfHook, isHook, withoutIdleHooks } from './hook.ts';
import { effectOfLeaving, effectOfMove, refusedToRender } from './leave.ts';
import { causeOfCreation, type Leaving } from './leaving-cause.ts';
import { isKnownToLack } from './owner.ts';
import { stagesOf, withOutOfOrder } from './promotion.ts';
import { compareRows, objectChanges, rowsOf } from './rows.ts';
import { gravest } from './severity.ts';
import type { Side } from './side.ts';
import { effectsOfStopping } from './stopped.ts';
import { withSyncWaiting } from './sync-waves.ts';
import { effectsTogether } from './together/together.ts';
import { twinsIn } from './twins.ts';
import { rowsOfUnrendered } from './unrendered.ts';
import { newPlaying, type Playing } from './updates.ts';
import { withWaiting } from './waiting.ts';
import { compareBuilds, rowsUnread, rowsWithoutEffect } from './without-effect.ts';

/** What a change is compared with. */
export interface Compared {
  readonly names: { readonly base: RevisionName; readonly head: RevisionName };
  readonly budgets: RunBudgets;
  readonly digest: (text: string) => string;
}

/** Says what the way from one revision to another does to each cluster, one row for each cause. */
export function changeBetween(
  base: Side,
  head: Side,
  { names, budgets, digest }: Compared,
): Omit<ChangeReport, 'secrets'> {
  const edits = editsBetween(base, head);
  const clusters = pairClusters(base, head);
  const fateOf = fatesIn(clusters);
  const stages = stagesOf(clusters, head.promotion);
  const playing = newPlaying(budgets);
  const effects = clusters
    .flatMap((cluster) => effectsIn(cluster, { edits, fateOf, playing }))
    .map((effect) => withOutOfOrder(effect, clusters, stages));
  const builds = compareBuilds(base, head);
  const rows = [
    ...rowsOf(effects, { stages, digest, edits }),
    ...rowsWithoutEffect(builds, edits, digest),
    ...rowsUnread(base, head, edits, digest),
    ...rowsOfUnrendered(base, head, edits, digest),
  ]
    .sort(compareRows)
    .map((row) => withNear(row, edits));
  return {
    ...names,
    rows,
    objects: objectChanges(effects),
    clusters: clusterChanges(clusters, effects),
    builds: { all: builds.all, changed: builds.changed.length },
    summary: countSeverities(rows),
  };
}

/** What is said of two revisions of which one is not known at all. */
export function nothingCompared(
  names: Compared['names'],
  problems: readonly Diagnostic[] = [],
): Omit<ChangeReport, 'secrets'> {
  const builds = { all: 0, changed: 0 };
  return {
    ...names,
    ...(problems.length === 0 ? {} : { problems }),
    rows: [],
    objects: [],
    clusters: [],
    builds,
    summary: countSeverities([]),
  };
}

function withNear(row: ChangeRow, edits: Edits): ChangeRow {
  const { place, further } = row;
  return {
    ...row,
    ...(place === undefined ? {} : { place: placeNear(place, edits) }),
    ...(further === undefined ? {} : { further: further.map((one) => placeNear(one, edits)) }),
  };
}

function placeNear(place: ChangedPlace, edits: Edits): ChangedPlace {
  const near = place.revision === 'base' ? (edits.near(place.span) ?? place.near) : undefined;
  return near === undefined ? place : { ...place, near };
}

interface Context {
  readonly edits: Edits;
  readonly fateOf: (owner: Held['owner']) => Fate;
  readonly playing: Playing;
}

function effectsIn(cluster: ClusterPair, { edits, fateOf, playing }: Context): Effect[] {
  const leaving: Leaving = { cluster, fateOf, edits, twins: twinsIn(cluster) };
  const effects = cluster.objects.flatMap(({ base, head }) => {
    const hook = effectOfHook(base, head, leaving);
    if (hook !== undefined) return [hook];
    const isRun = head !== undefined && isHook(head.resource, head.owner);
    if (isRun && base !== undefined) return [];
    if (base === undefined) return head === undefined ? [] : [effectOfCreation(head, leaving)];
    if (head === undefined) {
      const effect = withContents(effectOfLeaving(base, leaving), leaving);
      return [withData(effect, cluster, leaving.twins.written(base))];
    }
    const updates = updatesOf(base, head, { ...playing, cluster, edits });
    const moves = isSameOwner(base.owner, head.owner) ? [] : [effectOfMove(base, head, leaving)];
    return [...moves, ...updates].map((effect) => withData(effect, cluster, undefined));
  });
  return [
    ...withoutIdleHooks(withSyncWaiting(withWaiting(effects, cluster))),
    ...effectsOfStopping(leaving),
    ...effectsTogether({ cluster, effects, edits, budgets: playing.budgets }),
  ];
}

/** What an update does; of an owner that gives up over an error, that there is none. */
function updatesOf(base: Held, head: Held, around: Parameters<typeof effectsOfUpdate>[2]): readonly Effect[] {
  const updates = effectsOfUpdate(base, head, around);
  const [first] = updates;
  if (first === undefined || head.owner.isRefused !== true) return updates;
  const { cluster, held, cause } = first;
  return [{ cluster, held, ...(cause === undefined ? {} : { cause }), ...refusedToRender(head.owner) }];
}

function withContents(effect: Effect, { cluster }: Leaving): Effect {
  const details = effect.actions.includes('delete') ? goesWith(effect.held, cluster) : [];
  return details.length === 0 ? effect : { ...effect, details: [...(effect.details ?? []), ...details] };
}

function effectOfCreation(held: Held, leaving: Leaving): Effect {
  const unseen = unseenBefore(held, leaving);
  const cause = causeOfCreation(unseen ?? held, leaving);
  const known = { cluster: leaving.cluster, held, ...(cause === undefined ? {} : { cause }) };
  if (unseen !== undefined)
    return { ...known, actions: ['unknown'], reason: 'not-built', severity: 'silent' };
  if (held.owner.isRefused === true) return { ...known, ...refusedToRender(held.owner) };
  if (held.owner.suspend) return { ...known, actions: ['freeze'], reason: 'suspended', severity: 'silent' };
  if (leaving.twins.isRegenerated(held))
    return { ...known, actions: ['create'], reason: 'generated-anew', severity: 'silent' };
  return { ...known, actions: ['create'], reason: 'created', severity: 'changes' };
}

/**
 * What the base does not render and the cluster may have all the same, so that it may have an object of the head as well: the object, whose
 * owner renders less of the base, or what declares its owner, and so on.
 */
function unseenBefore(held: Held, { cluster, edits }: Leaving): Held | undefined {
  const seen = new Set<Held['owner']>();
  for (let one: Held | undefined = held; one !== undefined && !seen.has(one.owner); ) {
    const { owner }: Held = one;
    seen.add(owner);
    const old = counterpart(owner, cluster.base);
    if (old !== undefined) return mayHaveApplied(one, old, edits) ? one : undefined;
    if (owner.declaration === undefined) return undefined;
    const key = inventoryKey(owner.declaration);
    if (owner.kind === 'HelmRelease' && cluster.base.inventory.has(key)) return one;
    if (editedDocument(one.resource, 'head', edits) !== undefined) return undefined;
    [one] = cluster.head.inventory.get(key) ?? [];
  }
  return undefined;
}

/** Whether an owner may have applied an object before, since not all of it was rendered: nothing of the files is new. */
function mayHaveApplied({ resource, owner }: Held, old: Held['owner'], edits: Edits): boolean {
  if (old.isRefused === true) return false;
  const wasUnseen = rendersLess(old, owner) && editedDocument(resource, 'head', edits) === undefined;
  return !isKnownToLack(old, owner) || wasUnseen;
}

function clusterChanges(clusters: readonly ClusterPair[], effects: readonly Effect[]): ClusterChange[] {
  const byCluster = grouped(effects, ({ cluster }) => cluster.key);
  return clusters.map(({ key, name }) => clusterChange(name, objectChanges(byCluster.get(key) ?? [])));
}

function clusterChange(name: string, own: readonly ObjectChange[]): ClusterChange {
  const actions: Partial<Record<Action, number>> = {};
  for (const action of own.flatMap((one) => one.actions)) actions[action] = (actions[action] ?? 0) + 1;
  return { name, actions, ...(own.length === 0 ? {} : { severity: gravest(own) }) };
}

function countSeverities(rows: readonly { readonly severity: ChangeSeverity }[]): ChangeReport['summary'] {
  const counts = Object.fromEntries(changeSeverities.map((one) => [one, 0])) as Record<
    ChangeSeverity,
    number
  >;
  for (const { severity } of rows) counts[severity] += 1;
  return counts;
}
