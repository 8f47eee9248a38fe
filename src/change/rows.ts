import { grouped } from '../diagnostic/grouped.ts';
import { groupVersionKind, nameOf, type Resource } from '../object/resource.ts';
import { inventoryKey, namespaceInCluster } from '../reconcile/cluster.ts';
import { ownerKey } from '../reconcile/reconciliation.ts';
import type { Action, ChangeRow, ObjectChange, SafeStep } from '../report/change-report.ts';
import { valueText } from '../source/value-text.ts';
import { fileOf } from './cluster-pair.ts';
import type { Edits } from './edits.ts';
import type { Effect } from './effect.ts';
import { foldEffects } from './fold.ts';
import { ownerWords } from './owner.ts';
import { reachesAllAtOnce, type Stages } from './promotion.ts';
import { reasonIds, reasonOf } from './reasons.ts';
import { effectsByCause, furtherLines, placesOf } from './row-causes.ts';
import { gravest, rank } from './severity.ts';
import { objectWords } from './twins.ts';

/** What rows are told with, beside the effects. */
export interface Telling {
  readonly stages: Stages;
  readonly digest: (text: string) => string;
  readonly edits: Edits;
}

/** What a row is about, and what is told along with it. */
interface Told {
  readonly effects: readonly Effect[];
  readonly along: readonly Effect[];
}

/** One row for each cause. */
export function rowsOf(effects: readonly Effect[], telling: Telling): ChangeRow[] {
  const { mains, along } = foldEffects(effects, telling.edits);
  return effectsByCause(mains, telling.edits).map((group) =>
    rowOf({ effects: group, along: group.flatMap(along) }, telling),
  );
}

/** The gravest first, then what leaves a cluster before what comes, then what reaches most. */
export function compareRows(a: ChangeRow, b: ChangeRow): number {
  return (
    rank(a.severity) - rank(b.severity) ||
    reasonIds.indexOf(a.reason) - reasonIds.indexOf(b.reason) ||
    b.objects.length - a.objects.length
  );
}

function rowOf({ effects, along }: Told, { stages, digest }: Telling): ChangeRow {
  const [first] = effects as readonly [Effect, ...Effect[]];
  const all = [...effects, ...along];
  const { why, link } = { link: undefined, ...reasonOf(first.reason) };
  const [place, ...further] = placesOf(all);
  const clusters = [...new Map(effects.map(({ cluster }) => [cluster.key, cluster])).values()];
  const severity = gravest(all);
  const atOnce = severity === 'silent' ? undefined : reachesAllAtOnce(clusters, stages);
  return {
    digest: digest(consequenceText({ effects, along })).slice(0, 12),
    reason: first.reason,
    severity,
    title: titleOf(effects),
    ...(place === undefined ? {} : { place }),
    ...(further.length === 0 ? {} : { further }),
    clusters: clusters.map(({ name }) => name),
    objects: byObject(all, objectKey).map(objectChange),
    pods: countPods(all),
    details: [
      ...new Set([
        ...furtherLines(further, place?.span.file.path),
        ...effects.flatMap(({ details = [] }) => details),
        ...alongWords(along.filter((one) => !isOwnDeletion(one, first))),
        ...(atOnce === undefined ? [] : [atOnce]),
      ]),
    ],
    why,
    ...(link === undefined ? {} : { link }),
    safe: safeWayOf(all),
  };
}

/** The steps for the first object, in the words for all of those that have such steps. */
function safeWayOf(effects: readonly Effect[]): SafeStep[] {
  const withSteps = effects.filter(({ safe = [] }) => safe.length > 0);
  const count = distinct(withSteps).length;
  return (withSteps[0]?.safe ?? []).map(({ forAll, ...step }) =>
    forAll === undefined || count === 1 ? step : { ...step, text: forAll(count) },
  );
}

/** Pods that start anew, those of each workload once. */
function countPods(effects: readonly Effect[]): number {
  const pods = new Map<string, number>();
  for (const { cluster, held, pods: own = 0 } of effects) {
    const key = `${cluster.key} ${inventoryKey(held.resource)}`;
    pods.set(key, Math.max(own, pods.get(key) ?? 0));
  }
  return [...pods.values()].reduce((sum, count) => sum + count, 0);
}

/** What an acknowledgement is for: it means nothing any more as soon as more happens, or elsewhere. */
function consequenceText({ effects, along }: Told): string {
  const besides = new Set(along);
  const lines = byObject([...effects, ...along], copyKey).map((group) => {
    const [{ cluster, held }] = group;
    const happens = group
      .map((one) => {
        const { what = '', pods = 0, reason, headline = '' } = one;
        return `${what} ${pods}${besides.has(one) ? ` ${reason} ${headline}` : ''}`;
      })
      .sort();
    return JSON.stringify([cluster.key, inventoryKey(held.resource), ...actionsOf(group), ...happens]);
  });
  return [effects[0]?.reason, ...lines.sort()].join('\n');
}

/** Whether an effect is the deletion of the owner that the row is about. */
function isOwnDeletion({ reason }: Effect, first: Effect): boolean {
  return reason === 'pruned' && first.reason === 'owner-deleted';
}

/** What happens besides, a sentence for each reason, with what is known of it. */
function alongWords(along: readonly Effect[]): string[] {
  const groups = grouped(along, ({ reason, headline = '' }) => `${reason} ${headline}`).values();
  return [...groups].flatMap((group) => [titleOf(group), ...group.flatMap(({ details = [] }) => details)]);
}

function titleOf(effects: readonly Effect[]): string {
  const [first] = effects as readonly [Effect, ...Effect[]];
  if (first.headline !== undefined) return first.headline;
  const { one, many } = reasonOf(first.reason);
  const resources = distinct(effects);
  const whats = [...new Set(effects.flatMap(({ what }) => what ?? []))];
  const more = whats.length > 2 ? ` and ${whats.length - 2} more` : '';
  const lines = placesOf(effects).length;
  const by = lines < 2 ? '' : ` (${lines} edited lines)`;
  const what = whats.length === 0 ? '' : `: ${whats.slice(0, 2).join('; ')}${more}`;
  const [only] = resources;
  const subject =
    resources.length === 1 && only !== undefined
      ? `${objectWords(only)} ${one}`
      : `${countKinds(resources)} ${many}`;
  return subject + what + by;
}

function distinct(effects: readonly Effect[]): Resource[] {
  const found = new Map<string, Resource>();
  for (const { held } of effects) found.set(inventoryKey(held.resource), held.resource);
  return [...found.values()];
}

/** `2 PersistentVolumeClaims, 9 Deployments and 30 others`. */
export function countKinds(resources: readonly Resource[]): string {
  const counts = new Map<string, number>();
  for (const { object } of resources) {
    const kind = valueText(object['kind']);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].map(([kind, count]) => `${count} ${count === 1 ? kind : pluralKind(kind)}`);
  if (kinds.length <= 3) return joined(kinds);
  const others = [...counts.values()].slice(2).reduce((sum, count) => sum + count, 0);
  return joined([...kinds.slice(0, 2), `${others} others`]);
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function pluralKind(kind: string): string {
  if (/(?:s|x|ch)$/u.test(kind)) return kind.endsWith('Endpoints') ? kind : `${kind}es`;
  return /[^aeiou]y$/u.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

/** Each object of each cluster and owner once, with all that happens to it; of copies in files of no kustomization each of them. */
export function objectChanges(effects: readonly Effect[]): ObjectChange[] {
  return byObject(effects, copyKey).map(objectChange);
}

function byObject(
  effects: readonly Effect[],
  keyOf: (effect: Effect) => string,
): (readonly [Effect, ...Effect[]])[] {
  return [...grouped(effects, keyOf).values()] as (readonly [Effect, ...Effect[]])[];
}

function objectKey({ cluster, held }: Effect): string {
  return JSON.stringify([cluster.key, ownerKey(held.owner.id), inventoryKey(held.resource)]);
}

function copyKey(effect: Effect): string {
  const { held } = effect;
  return held.owner.by === 'manifests' ? `${objectKey(effect)} ${fileOf(held)}` : objectKey(effect);
}

function objectChange(effects: readonly Effect[]): ObjectChange {
  const gravity = gravest(effects);
  const main = (effects.find(({ severity }) => severity === gravity) ?? effects[0]) as Effect;
  const { resource, owner } = main.held;
  const changed = effects.find((one) => one.changed !== undefined)?.changed;
  const previousOwner = effects.find((one) => one.previousOwner !== undefined)?.previousOwner;
  const { group, version, kind } = groupVersionKind(resource.object);
  const namespace = namespaceInCluster(resource);
  return {
    cluster: main.cluster.name,
    owner: ownerWords(owner),
    ...(previousOwner === undefined ? {} : { previousOwner: ownerWords(previousOwner) }),
    root: owner.path ?? '',
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    ...(namespace === '' ? {} : { namespace }),
    name: nameOf(resource.object),
    actions: actionsOf(effects),
    reason: main.reason,
    severity: gravity,
    ...(changed === undefined || changed.fields.length === 0 ? {} : { fields: changed.fields }),
    ...(changed === undefined || changed.moreFields === 0 ? {} : { moreFields: changed.moreFields }),
  };
}

/** What is done, in the order in which it is; the same is done once. */
function actionsOf(effects: readonly Effect[]): Action[] {
  const all = new Set(effects.flatMap(({ actions }) => actions));
  if (all.size > 1) all.delete('no-op');
  return [...all];
}
